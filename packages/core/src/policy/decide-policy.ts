/** What may happen to a policy: put, deleted, confirmed. Each decision is a list of facts, or a CodedError that says why not. */
import { equalJson } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import type { PolicyName } from '@accord/proto/ids';
import type { PolicySpec } from '@accord/proto/policy';
import type { Anchor } from '@accord/proto/subjects';
import { fanOutMax } from '../desired/fan-out.ts';
import { requiredBy } from '../fleet/wanted-documents.ts';
import { chooseAnchors } from '../labels/choose-anchors.ts';
import { layOut } from './lay-out.ts';
import { mostObjects } from './overrides.ts';
import { draft, type Draft } from '../registry/draft.ts';
import type { Meta, PolicyFact } from '../registry/facts.ts';
import { clusterRecord, type Recorded, type Registry } from '../registry/registry.ts';

export interface PolicyWrite {
  readonly name: PolicyName;
  readonly meta: Meta;
  /** Parsed, with all defaults. */
  readonly spec: PolicySpec;
  /** Fresh, used only for a new policy. */
  readonly uid: string;
  readonly nowMs: number;
}

/** Creates or changes a policy; an empty list when nothing would change. Only a changed spec makes a revision. */
export function decidePutPolicy(registry: Registry, { name, meta, spec, uid, nowMs }: PolicyWrite): readonly Draft[] {
  const current = registry.policies.get(name);
  if (current === undefined || current.body.deletedAtMs !== undefined) {
    // Revisions never restart for a name that is used again: a spoke that still has the old ones would ignore the new.
    const revision = (current?.body.revision ?? 0) + 1;
    const body: PolicyFact = { name, uid, revision, step: 0, createdAtMs: nowMs, meta, spec, anchors: anchorsFor(registry, spec) };
    return [draft('policy', name, 'PolicyCreated', body, current?.seq ?? 0, `${name}@${revision}`)];
  }
  const before = current.body;
  const keepsSpec = equalJson(before.spec, spec);
  if (keepsSpec && equalJson(before.meta, meta)) return [];
  if (keepsSpec) return [draft('policy', name, 'PolicyChanged', { ...before, meta }, current.seq, current.change.id)];
  const keepsSelector = equalJson(before.spec.clusterSelector ?? null, spec.clusterSelector ?? null);
  const { removalsMax: _allowedForTheOldRevision, removalsConfirmed: _confirmedForIt, ...kept } = before;
  const revision = before.revision + 1;
  const body: PolicyFact = { ...kept, meta, spec, revision, step: 0, anchors: keepsSelector ? before.anchors : anchorsFor(registry, spec) };
  return [draft('policy', name, 'PolicyChanged', body, current.seq, `${name}@${revision}`)];
}

/** Buries a policy. What clusters remove then follows their own table, with its brake. */
export function decideDeletePolicy(current: Recorded<PolicyFact>, nowMs: number): readonly Draft[] {
  const { removalsMax: _allowedBefore, removalsConfirmed: _confirmedBefore, ...before } = current.body;
  if (before.deletedAtMs !== undefined) return [];
  const revision = before.revision + 1;
  // Whoever deletes a policy means what is in it, and not what others have in its namespaces; the brake is for what nobody named.
  const removalsMax = mostObjects(before, (variant) => sum(layOut(variant).map(({ isEach }) => (isEach === true ? fanOutMax : 1))));
  const body: PolicyFact = { ...before, revision, step: 0, deletedAtMs: nowMs, removalsMax };
  return [draft('policy', before.name, 'PolicyDeleted', body, current.seq, `${before.name}@${revision}`)];
}

export interface RemovalConfirmation {
  readonly revision: number;
  readonly count: number;
  /** A cluster knows of what was confirmed before, and waits all the same: for it that has served. */
  readonly isAskedAgain?: boolean;
}

/** A person looked at what would be removed and says yes, for this revision and at most this many objects per cluster. */
export function decideConfirmRemoval(
  current: Recorded<PolicyFact>,
  { revision, count, isAskedAgain = false }: RemovalConfirmation,
): readonly Draft[] {
  const before = current.body;
  if (before.revision !== revision) {
    throw new CodedError('conflict', `${before.name} is at revision ${before.revision}, not ${revision}`, {
      help: `Look again: accord get policy ${before.name}`,
    });
  }
  // Where removals follow the namespaces of a cluster each confirmation is used up, and the next one is for others.
  const servesOnce = requiredBy(before.spec).includes('eachNamespace');
  const { removalsMax = 0, removalsConfirmed = 0 } = before;
  // A deletion allows without a person who looked; facts from before this was told apart are of one who did.
  const confirmed = before.deletedAtMs === undefined ? removalsMax : removalsConfirmed;
  if (confirmed >= count && !servesOnce && !isAskedAgain) return [];
  const allowed = servesOnce && before.deletedAtMs === undefined ? count : Math.max(count, removalsMax);
  const most = servesOnce ? count : Math.max(count, removalsConfirmed);
  const body: PolicyFact = { ...before, step: before.step + 1, removalsMax: allowed, removalsConfirmed: most };
  return [draft('policy', before.name, 'RemovalConfirmed', body, current.seq, `${before.name}@${revision}`)];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function anchorsFor(registry: Registry, spec: PolicySpec): readonly Anchor[] {
  const records = [...registry.clusters.values()].map(({ body }) => clusterRecord(body));
  return chooseAnchors(spec.clusterSelector, (key, value) => records.filter(({ labels }) => labels[key] === value).length);
}
