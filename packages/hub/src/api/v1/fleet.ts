import { countRows, rowsOfPolicy, type RowSources } from '@accord/core/status/policy-rows';
import { states } from '@accord/core/status/states';
import { fleetSchema, type Fleet } from '@accord/proto/api';
import type { PolicyName } from '@accord/proto/ids';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { rememberedSources, rowBody } from '../row-body.ts';
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
      run: (request) => fleetOf({ projection: deps.views.of(request).projection, alarms: deps.alarms }),
    }),
  ];
}

/** Also what the metrics are made from. */
export function fleetOf({ projection, alarms }: { readonly projection: RowSources; readonly alarms: ResourceDeps['alarms'] }): Fleet {
  const sources = rememberedSources(projection);
  const { registry, reported, shows } = sources;
  const ids = [...registry.clusters.keys()];
  const count = (state: string): number => ids.filter((id) => sources.connectionOf(id).state === state).length;
  const rows = [...registry.policies.values()].flatMap((policy) => rowsOfPolicy(sources, policy));
  return {
    clusters: {
      total: ids.length,
      live: count('live'),
      offline: count('offline'),
      unknown: count('unknown'),
      behind: ids.filter((id) => sources.syncOf(id) === 'behind').length,
    },
    policies: [...registry.policies.values()].filter(({ body }) => body.deletedAtMs === undefined).length,
    epoch: registry.epoch?.body.epoch ?? 0,
    rows: countRows(rows),
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
    problems: rows
      .filter(({ state }) => states[state].stalled)
      .slice(0, problemsMax)
      .map(rowBody),
    // They name clusters and keys.
    alarms: shows === undefined ? [...alarms.of(undefined)] : [],
  };
}
