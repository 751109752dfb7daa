import type { Registry } from '@accord/core/registry/registry';
import type { RowSources } from '@accord/core/status/policy-rows';
import { states } from '@accord/core/status/states';
import type { HealSeen } from '@accord/core/view/reported';
import { fleetSchema, type Fleet } from '@accord/proto/api';
import type { PolicyName } from '@accord/proto/ids';
import { countClusters, countPolicies, countStates, rowsIn } from '../count-fleet.ts';
import { timeIn, timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { rowBody, settledSources } from '../row-body.ts';
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
        return fleetOf({ projection, alarms: deps.alarms, busServers: deps.busServers, rows });
      },
    }),
  ];
}

interface FleetSources {
  readonly projection: RowSources;
  readonly alarms: ResourceDeps['alarms'];
  readonly busServers: readonly string[];
  /** Settled. */
  readonly rows: SeenRows;
}

/** Nothing for a heal whose times are none: one spoke must not keep everybody from reading the fleet. */
function healBody(heal: HealSeen, registry: Registry): Fleet['heals'] {
  const { cluster, policy, object, cause, manager, operation: how, reportedMs } = heal;
  const [seenAt, healedAt, writtenAt] = [heal.seenMs, heal.healedMs, heal.writtenMs].map(timeIn);
  if (seenAt === undefined || healedAt === undefined) return [];
  const name = registry.clusters.get(cluster)?.body.name ?? cluster;
  const written = writtenAt === undefined ? {} : { writtenAt };
  return [{ cluster: name, policy, object, cause, manager, operation: how, ...written, seenAt, healedAt, reportedAt: timeOf(reportedMs) }];
}

function fleetOf({ projection, alarms, busServers, rows }: FleetSources): Fleet {
  const sources = settledSources(projection, rows);
  const { registry, reported, shows } = sources;
  const { total, connections, syncs } = countClusters(rows);
  return {
    clusters: { total, ...connections, behind: syncs.behind, stuck: syncs.stuck },
    policies: countPolicies(registry),
    epoch: registry.epoch?.body.epoch ?? 0,
    rows: { ...countStates(sources, rows) },
    heals: reported.heals
      .filter(({ policy, cluster }) => shows?.(policy as PolicyName, cluster) !== false)
      .slice(-healsMax)
      .toReversed()
      .flatMap((heal) => healBody(heal, registry)),
    problems: rowsIn(sources, rows, { is: (state) => states[state].stalled, max: problemsMax }).map(rowBody),
    // They name clusters and keys.
    alarms: shows === undefined ? [...alarms.of(undefined)] : [],
    busServers: [...busServers],
  };
}
