import type { SeededRandom } from '../chaos/seeded-random.ts';
import { parts, sides, type Draft, type Part, type Side } from './kill-policies.ts';

/** A policy as it is at the hub. It is selected when it is there and the label of the cluster is on. */
export interface Policy extends Draft {
  readonly isWritten: boolean;
  readonly isLabelled: boolean;
  readonly revision: number;
}

export type Policies = Readonly<Record<Side, Policy>>;

export const changeKinds = ['apply', 'hand-over', 'removal'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface Change {
  /** For people, when it ends badly. */
  readonly what: string;
  readonly policies: Policies;
}

const wholeParts: ReadonlySet<Part> = new Set(parts);
/** What both policies want, so that it goes over when its owner lets it go. */
const sharedParts: ReadonlySet<Part> = new Set(['clusterRole', 'role', 'settings', 'lent', 'runner', 'deny']);
const priorityMax = 1000;

/** What people do next: after an apply both policies are there and whole, which a hand-over needs. */
export function drawChange(kind: ChangeKind, policies: Policies, random: SeededRandom): Change {
  switch (kind) {
    case 'apply':
      return drawApply(policies, random);
    case 'hand-over':
      return drawHandOver(policies, random);
    case 'removal':
      return drawRemoval(policies, random);
  }
}

function drawApply(policies: Policies, random: SeededRandom): Change {
  const missing = sides.filter((side) => !isWhole(policies[side]));
  const chosen = missing.length > 0 ? missing : [pick(sides, random)];
  const next = chosen.map((side) =>
    selected({ ...policies[side], isWritten: true, isLabelled: true, parts: wholeParts, version: policies[side].version + 1 }),
  );
  return { what: `a new version of ${chosen.join(' and ')}`, policies: withPolicies(policies, ...next) };
}

function drawHandOver(policies: Policies, random: SeededRandom): Change {
  const [owner, other] =
    policies.left.priority > policies.right.priority ? [policies.left, policies.right] : [policies.right, policies.left];
  const raised = other.priority < priorityMax - 1 ? { ...other, priority: owner.priority + 1 } : { ...owner, priority: other.priority - 1 };
  const kept = new Set(parts.filter((part) => !sharedParts.has(part)));
  const how = pick(['priority', 'priority', 'delete', 'relabel', 'shrink'] as const, random);
  const next = { priority: raised, delete: deleted(owner), relabel: relabelled(owner), shrink: { ...owner, parts: kept } }[how];
  return { what: `${owner.side} loses what it owns by ${how}`, policies: withPolicies(policies, next) };
}

function drawRemoval(policies: Policies, random: SeededRandom): Change {
  const policy =
    policies[
      pick(
        sides.filter((side) => policies[side].isSelected),
        random,
      )
    ];
  const keeps = pick(parts, random);
  const fewer = new Set([...policy.parts].filter((part) => part !== keeps && random.below(2) === 0));
  const how = pick(['delete', 'relabel', 'shrink'] as const, random);
  const next = { delete: deleted(policy), relabel: relabelled(policy), shrink: { ...policy, parts: fewer } }[how];
  return { what: `${policy.side} removed by ${how}`, policies: withPolicies(policies, next) };
}

function isWhole({ isSelected, parts: has }: Policy): boolean {
  return isSelected && has.size === parts.length;
}

const selected = (policy: Policy): Policy => ({ ...policy, isSelected: policy.isWritten && policy.isLabelled });
const deleted = (policy: Policy): Policy => selected({ ...policy, isWritten: false });
const relabelled = (policy: Policy): Policy => selected({ ...policy, isLabelled: false });

function withPolicies(policies: Policies, ...changed: readonly Policy[]): Policies {
  return { ...policies, ...Object.fromEntries(changed.map((policy) => [policy.side, policy])) };
}

export function pick<Value>(values: readonly Value[], random: SeededRandom): Value {
  const value = values[random.below(values.length)];
  if (value === undefined) throw new RangeError('there is nothing to pick from');
  return value;
}
