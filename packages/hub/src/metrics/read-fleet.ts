import { nearlyFullPercent } from '@accord/core/usage/quota-usage';
import { programVersion } from '@accord/proto/version';
import { read, type Reading } from '@accord/runtime/metrics/metric';
import { countClusters, countPolicies, countStates, rowsIn } from '../api/count-fleet.ts';
import { settledSources } from '../api/row-body.ts';
import type { SeenRows } from '../api/seen-rows.ts';
import type { Projection } from '../views/projection.ts';
import { fleetMetrics, rowStates } from './hub-metrics.ts';

export interface ReadFleetDeps {
  readonly projection: Projection;
  /** Settled, of everything. */
  readonly rows: SeenRows;
  readonly readiness: () => { readonly ready: boolean };
}

/** More quotas than that fill up at once only where something else is wrong. */
const quotasMax = 200;

/** What is and what should be, counted now. */
export function readFleet({ projection, rows, readiness }: ReadFleetDeps): readonly Reading[] {
  const sources = settledSources(projection, rows);
  const { registry, reported } = sources;
  const counted: Readonly<Record<string, number>> = countStates(sources, rows);
  const { connections, syncs } = countClusters(rows);
  const braked = rowsIn(sources, rows, { is: (state) => state === 'Stalled', max: Infinity });
  const alarms = [...registry.clusters.keys()].map((id) => reported.clusters.get(id)?.alarms.length ?? 0);
  return [
    read(fleetMetrics.build, 1, { version: programVersion }),
    read(fleetMetrics.ready, Number(readiness().ready)),
    ...Object.entries(connections).map(([state, count]) => read(fleetMetrics.clusters, count, { state })),
    ...Object.entries(syncs).map(([sync, count]) => read(fleetMetrics.sync, count, { sync })),
    read(fleetMetrics.policies, countPolicies(registry)),
    ...rowStates.map((state) => read(fleetMetrics.rows, counted[state] ?? 0, { state })),
    read(fleetMetrics.removalsHeld, sum(braked.map(({ held, reason }) => (reason === 'Fighting' ? 0 : held)))),
    ...readQuotas(projection),
    read(fleetMetrics.clusterAlarms, sum(alarms)),
    read(fleetMetrics.intentSequence, registry.seq),
    read(fleetMetrics.epoch, registry.epoch?.body.epoch ?? 0),
  ];
}

/** Only of those that fill up: every quota of a large fleet would be more series than a scrape should have. */
function readQuotas({ registry, reported }: Projection): readonly Reading[] {
  const full = [...registry.clusters.values()].flatMap(({ body: { id, name } }) =>
    (reported.clusters.get(id)?.usage ?? []).filter(({ percent }) => percent >= nearlyFullPercent).map((usage) => ({ name, ...usage })),
  );
  const shown = full.length <= quotasMax ? full : full.toSorted((a, b) => b.percent - a.percent).slice(0, quotasMax);
  return shown.map(({ name: cluster, namespace, quota, resource, percent }) =>
    read(fleetMetrics.quotaUsed, percent / 100, { cluster, namespace, quota, resource }),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
