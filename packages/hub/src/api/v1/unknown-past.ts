import { nearestName } from '@accord/core/policy/nearest-name';
import type { ClusterFact } from '@accord/core/registry/facts';
import type { Database } from '../../history/database.ts';
import { clusterAt, knownObjects, revisionsOf, type PastFact } from '../../history/past-objects.ts';
import { pastChange, pastChanges, type PastChange } from '../../history/past-changes.ts';
import { Refusal } from '../refusal.ts';
import type { SeenPast } from '../seen-past.ts';

const changesMax = 2_000;

/** Rejects with `not-found` for a change that nobody made, or that the caller does not see. */
export function requirePastChange(database: Database, seen: SeenPast, id: string): PastChange {
  const change = pastChange(database, id);
  if (change !== undefined && seen.object(change.kind, change.object)) return change;
  throw unknownChange(database, seen, id);
}

/** Says which one was probably meant. */
function unknownChange(database: Database, seen: SeenPast, id: string): Refusal {
  const [, policy = ''] = /^(.*)@\d+$/.exec(id) ?? [];
  const [last] = policy !== '' && seen.object('policy', policy) ? revisionsOf(database, policy) : [];
  const recent = pastChanges(database, { limit: changesMax }).filter(({ kind, object }) => seen.object(kind, object));
  const near = nearestName(
    id,
    recent.map((change) => change.id),
  );
  const help =
    last !== undefined
      ? `Revisions of ${policy} go up to ${last.revision}; see: accord get revisions ${policy}`
      : near !== undefined
        ? `Did you mean ${near}?`
        : 'See what there is: accord audit, or GET /v1/changes';
  return new Refusal('not-found', `there is no change "${id}"`, { help });
}

/** The cluster that had the name then. Rejects with `not-found`; of clusters that are gone the past is known. */
export function requirePastCluster(
  database: Database,
  seen: SeenPast,
  { name, atMs }: { readonly name: string; readonly atMs: number },
): PastFact<ClusterFact> {
  const found = clusterAt(database, name, atMs);
  if (found !== undefined && seen.object('cluster', found.body.id)) return found;
  throw new Refusal('not-found', `there never was a cluster "${name}"`, { help: didYouMean(database, seen, { kind: 'cluster', name }) });
}

/** Rejects with `not-found` for a policy that never was; one that is deleted has a past. */
export function requirePastPolicy(database: Database, seen: SeenPast, name: string): ReturnType<typeof revisionsOf> {
  const revisions = seen.object('policy', name) ? revisionsOf(database, name) : [];
  if (revisions.length > 0) return revisions;
  throw new Refusal('not-found', `there never was a policy "${name}"`, { help: didYouMean(database, seen, { kind: 'policy', name }) });
}

function didYouMean(
  database: Database,
  seen: SeenPast,
  { kind, name }: { readonly kind: 'policy' | 'cluster'; readonly name: string },
): string {
  const known = knownObjects(database, kind).filter(({ object }) => seen.object(kind, object));
  const near = nearestName(
    name,
    known.map((one) => one.name),
  );
  return near !== undefined ? `Did you mean ${near}?` : `See what there is: accord get ${kind === 'policy' ? 'policies' : 'clusters'}`;
}
