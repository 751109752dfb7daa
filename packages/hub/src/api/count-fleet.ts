/** A whole fleet in numbers, out of the table of all rows: only rows that somebody has to look at are worked out. */
import type { CountedState, StateCounts } from '@accord/core/status/counted-state';
import { rowOf, type PolicyRow, type RowSources } from '@accord/core/status/policy-rows';
import type { PolicyState } from '@accord/core/status/states';
import type { Connection } from '@accord/core/view/presence';
import type { SyncState } from '@accord/proto/sync-state';
import type { SeenRows } from './seen-rows.ts';

export interface ClusterCounts {
  readonly total: number;
  readonly connections: Readonly<Record<Connection['state'], number>>;
  readonly syncs: Readonly<Record<SyncState, number>>;
}

/** `rows` has to be settled. */
export function countClusters(rows: SeenRows): ClusterCounts {
  const connections = { live: 0, offline: 0, unknown: 0 };
  const syncs = { current: 0, behind: 0, stuck: 0, unknown: 0 };
  const slots = rows.clusters();
  for (const slot of slots) {
    connections[rows.connectionAt(slot)] += 1;
    syncs[rows.syncAt(slot)] += 1;
  }
  return { total: slots.length, connections, syncs };
}

/** Without those that are deleted and still somewhere. */
export function countPolicies({ policies }: RowSources['registry']): number {
  return [...policies.values()].filter(({ body }) => body.deletedAtMs === undefined).length;
}

/** Over all policies; `rows` has to be settled. */
export function countStates({ registry }: RowSources, rows: SeenRows): StateCounts {
  const counts: Partial<Record<CountedState, number>> = {};
  for (const name of registry.policies.keys())
    for (const [state, count] of Object.entries(rows.countsOfPolicy(name)) as [CountedState, number][])
      counts[state] = (counts[state] ?? 0) + count;
  return counts;
}

/** The first rows in such a state, by policy and cluster; `rows` has to be settled. */
export function rowsIn(
  sources: RowSources,
  rows: SeenRows,
  { is, max }: { readonly is: (state: PolicyState) => boolean; readonly max: number },
): readonly PolicyRow[] {
  const found: PolicyRow[] = [];
  for (const policy of sources.registry.policies.values()) {
    if (found.length >= max) break;
    const { slots, stateOf } = rows.columnOf(policy.body.name);
    const wanted = slots.filter((slot) => is(stateOf(slot) ?? 'Applied')).slice(0, max - found.length);
    found.push(...wanted.flatMap((slot) => rowOf(sources, policy, rows.clusterAt(slot).id) ?? []));
  }
  return found;
}
