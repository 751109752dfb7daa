/** Whether somebody may write what was decided: each fact is looked at, before and after. What nobody thought of is refused. */
import type { AccessBinding, DeclaredLabels, Role } from '@accord/proto/access';
import type { Draft } from '../registry/draft.ts';
import type { ClusterFact, PolicyFact } from '../registry/facts.ts';
import type { Registry } from '../registry/registry.ts';
import { bindingsFor, highestRole, isAtLeast, type Access } from './access.ts';
import { clusterActs, type ClusterAct } from './cluster-acts.ts';
import { clusterRecord } from '../registry/registry.ts';
import { coversName } from '../labels/covers-name.ts';
import { matchSelector } from '../labels/match-selector.ts';
import { policyOutside } from './policy-outside.ts';
import { takesRisks } from './takes-risks.ts';

export interface WriteAsked {
  readonly access: Access;
  /** The least role that the operation demands. */
  readonly role: Role;
  /** As it is before the write. */
  readonly registry: Registry;
  readonly declared: DeclaredLabels;
  readonly nowMs: number;
}

/** What is missing, as a sentence without its subject; undefined when nothing is. */
export function missingFor(asked: WriteAsked, drafts: readonly Draft[]): string | undefined {
  for (const draft of drafts) {
    const missing = missingForOne(asked, draft);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function missingForOne(asked: WriteAsked, draft: Draft): string | undefined {
  const { registry } = asked;
  if (draft.kind === 'policy')
    return missingForPolicy(asked, registry.policies.get(draft.id as PolicyFact['name'])?.body, draft.body as PolicyFact);
  if (draft.kind === 'cluster')
    return missingForCluster(asked, registry.clusters.get(draft.id as ClusterFact['id'])?.body, draft.body as ClusterFact);
  return isAtLeast(asked.access.whole, asked.role) ? undefined : `facts of the kind ${draft.kind} belong to the whole fleet`;
}

/** Content before and after must each lie inside of one binding. What a deleted policy of the name held may still be there. */
function missingForPolicy(asked: WriteAsked, before: PolicyFact | undefined, after: PolicyFact): string | undefined {
  const role = takesRisks(before?.spec, after.spec) ? 'admin' : asked.role;
  if (isAtLeast(asked.access.whole, role)) return undefined;
  const bindings = bindingsFor(asked.access, role);
  if (bindings.length === 0) return needsRole(asked.access, role, role === asked.role ? '' : 'a policy that acknowledges risks');
  for (const [content, prefix] of [
    [after, ''],
    [before, `as it is now, ${after.name} has `],
  ] as const) {
    const outside = content === undefined ? undefined : leastOutside(content, bindings);
    if (outside !== undefined) return `${prefix}outside of every binding: ${outside}`;
  }
  return undefined;
}

/** By the binding that comes closest; undefined when one holds all of it. */
function leastOutside(policy: PolicyFact, bindings: readonly AccessBinding[]): string | undefined {
  const [least = []] = bindings.map((binding) => policyOutside(policy, binding)).toSorted((a, b) => a.length - b.length);
  const shown = least.slice(0, shownMax).join('; ');
  return least.length === 0 ? undefined : least.length > shownMax ? `${shown}; and ${least.length - shownMax} more` : shown;
}

const shownMax = 5;

/** Every act must be in one binding that reaches the cluster by its labels before and after. */
function missingForCluster(asked: WriteAsked, before: ClusterFact | undefined, after: ClusterFact): string | undefined {
  const { access, declared, nowMs } = asked;
  const acts = clusterActs(before, after, { declared, nowMs });
  for (const act of acts) {
    const role = act.act === 'protected' ? 'admin' : asked.role;
    if (isAtLeast(access.whole, role)) continue;
    const bindings = bindingsFor(access, role);
    if (bindings.length === 0) return needsRole(access, role, sayAct(act));
    const missing = missingForAct(asked, act, bindings, [before, after]);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function missingForAct(
  { registry }: WriteAsked,
  act: ClusterAct,
  bindings: readonly AccessBinding[],
  [before, after]: readonly [ClusterFact | undefined, ClusterFact],
): string | undefined {
  if (before === undefined || act.act === 'other') return `${sayAct(act)}: that takes a role for the whole fleet`;
  const doing = bindings.filter((binding) => gives(binding, act));
  if (doing.length === 0)
    return `${sayAct(act)}: no binding gives ${act.act === 'policy' ? `policies called ${act.policy}` : 'the part clusters'}`;
  for (const [{ name, labels }, words] of [
    [clusterRecord(before), ''],
    [clusterRecord(after), ' with its new labels'],
  ] as const) {
    if (!doing.some(({ clusters }) => matchSelector(clusters, labels).matches))
      return `no binding for this reaches cluster ${name}${words}`;
  }
  if (act.act !== 'policy') return undefined;
  const policy = registry.policies.get(act.policy as PolicyFact['name'])?.body;
  const outside = policy === undefined ? undefined : leastOutside(policy, doing);
  return outside === undefined ? undefined : `as it is now, ${act.policy} has outside of every binding: ${outside}`;
}

function gives({ policies, parts }: AccessBinding, act: ClusterAct): boolean {
  return act.act === 'policy' ? coversName(policies, act.policy) : parts.includes('clusters');
}

function sayAct(act: ClusterAct): string {
  switch (act.act) {
    case 'protected':
      return `label ${act.label} is protected`;
    case 'edit':
      return `to change ${act.field}`;
    case 'freeze':
      return 'to hold everything on a cluster';
    case 'policy':
      return `to hold or confirm ${act.policy} on a cluster`;
    case 'other':
      return `to change ${act.field} of a cluster`;
  }
}

function needsRole(access: Access, role: Role, what: string): string {
  return `${what === '' ? '' : `${what}, which takes `}role ${role}, and the highest role is ${highestRole(access) ?? 'none'}`;
}
