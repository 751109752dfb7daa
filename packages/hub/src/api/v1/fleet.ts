import type { CountedState, StateCounts, Sync } from '@accord/core/status/counted-state';
import { countRows, rowOf, rowsOfPolicy, type PolicyRow, type RowSources } from '@accord/core/status/policy-rows';
import { states } from '@accord/core/status/states';
import { fleetSchema, type Fleet } from '@accord/proto/api';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { rememberedSources, rowBody } from '../row-body.ts';
import type { SeenRows } from '../seen-rows.ts';
import { operation, type AnyOperation } from './operation.ts';

const healsMax = 100;
const problemsMax = 100;

export function fleetOperations(deps: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/fleet',
      summary: 'The whole fleet in numbers, with what needs a person and what was healed last.',
      role: 'viewer',
      scope: 'limited',
      status: 200,
      answer: fleetSchema,
      run: async (request) => {
        const { projection, rows } = deps.views.of(request);
        await rows.settled();
        return fleetOf({ projection, alarms: deps.alarms, rows });
      },
    }),
  ];
}

interface FleetSources {
  readonly projection: RowSources;
  readonly alarms: ResourceDeps['alarms'];
  /** Settled. Without them every row is worked out, which takes seconds where there are a million. */
  readonly rows?: SeenRows;
}

/** Also what the metrics are made from. */
export function fleetOf({ projection, alarms, rows }: FleetSources): Fleet {
  const remembered = rememberedSources(projection);
  const sources = rows === undefined ? remembered : { ...remembered, syncOf: (id: ClusterId) => rows.syncOf(id) };
  const { registry, reported, shows } = sources;
  const { counts, problems } = rows === undefined ? walkRows(sources) : countedRows(sources, rows);
  return {
    clusters: countClusters(sources, rows),
    policies: [...registry.policies.values()].filter(({ body }) => body.deletedAtMs === undefined).length,
    epoch: registry.epoch?.body.epoch ?? 0,
    rows: { ...counts },
    heals: reported.heals
      .filter(({ policy, cluster }) => shows?.(policy as PolicyName, cluster) !== false)
      .slice(-healsMax)
      .toReversed()
      .map(({ cluster, policy, object, manager, operation: how, seenMs, healedMs, reportedMs }) => ({
        cluster: registry.clusters.get(cluster)?.body.name ?? cluster,
        policy,
        object,
        manager,
        operation: how,
        seenAt: timeOf(seenMs),
        healedAt: timeOf(healedMs),
        reportedAt: timeOf(reportedMs),
      })),
    problems: problems.map(rowBody),
    // They name clusters and keys.
    alarms: shows === undefined ? [...alarms.of(undefined)] : [],
  };
}

function countClusters({ registry, connectionOf, syncOf }: RowSources, rows: SeenRows | undefined): Fleet['clusters'] {
  const counts = { total: 0, live: 0, offline: 0, unknown: 0, behind: 0 };
  const add = (connection: 'live' | 'offline' | 'unknown', sync: Sync): void => {
    counts.total += 1;
    counts[connection] += 1;
    if (sync === 'behind') counts.behind += 1;
  };
  if (rows === undefined) for (const id of registry.clusters.keys()) add(connectionOf(id).state, syncOf(id));
  else for (const slot of rows.clusters()) add(rows.connectionAt(slot), rows.syncAt(slot));
  return counts;
}

interface CountedRows {
  readonly counts: StateCounts;
  readonly problems: readonly PolicyRow[];
}

function walkRows(sources: RowSources): CountedRows {
  const rows = [...sources.registry.policies.values()].flatMap((policy) => rowsOfPolicy(sources, policy));
  return { counts: countRows(rows), problems: rows.filter(({ state }) => states[state].stalled).slice(0, problemsMax) };
}

/** Only the rows that are shown are worked out. */
function countedRows(sources: RowSources, rows: SeenRows): CountedRows {
  const problems: PolicyRow[] = [];
  const counts: Partial<Record<CountedState, number>> = {};
  for (const policy of sources.registry.policies.values()) {
    const { name } = policy.body;
    for (const [state, count] of Object.entries(rows.countsOfPolicy(name)) as [CountedState, number][])
      counts[state] = (counts[state] ?? 0) + count;
    if (problems.length >= problemsMax) continue;
    const { slots, stateOf } = rows.columnOf(name);
    const stalled = slots.filter((slot) => states[stateOf(slot) ?? 'Applied'].stalled).slice(0, problemsMax - problems.length);
    problems.push(...stalled.flatMap((slot) => rowOf(sources, policy, rows.clusterAt(slot).id) ?? []));
  }
  return { counts, problems };
}
