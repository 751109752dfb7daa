import { read, type Reading } from '@accord/runtime/metrics/metric';
import { metricsType, renderMetrics } from '@accord/runtime/metrics/render-metrics';
import { watchLoopDelay } from '@accord/runtime/metrics/watch-loop-delay';
import { processMetrics, readProcess } from '@accord/runtime/processes/process-readings';
import type { FastifyInstance } from 'fastify';
import type { ResourceDeps } from '../kube/resources.ts';
import { allHubMetrics, hubMetrics } from '../../metrics/hub-metrics.ts';
import { readFleet } from '../../metrics/read-fleet.ts';

/** `GET /metrics`, in the text format of Prometheus. Its names are in docs/reference/metrics.md. */
export function registerMetrics(app: FastifyInstance, deps: ResourceDeps): void {
  const { clock, meters, signal } = deps;
  const onDelay = (ms: number): void => meters.meter.observe(processMetrics.loopDelay, ms / 1_000);
  void watchLoopDelay({ clock, everyMs: 100, onDelay }, signal);
  const { rows } = deps.views.whole;
  app.get('/metrics', { config: { role: 'viewer' } }, async (_request, reply) => {
    await rows.settled();
    const readings = [
      ...readFleet({ ...deps, rows }),
      read(hubMetrics.factsRefused, deps.intent.refused),
      ...readGarbage(deps),
      ...meters.meter.readings(),
      ...(await meters.readings()),
      ...readProcess(),
    ];
    return reply.type(metricsType).send(renderMetrics(allHubMetrics, readings));
  });
}

/** A fleet whose every cluster is attacked at once is one problem, not ten thousand series. */
const namedMax = 100;

function readGarbage({ garbage, projection: { registry } }: ResourceDeps): readonly Reading[] {
  const most = [...garbage].toSorted(([, a], [, b]) => b - a);
  const rest = most.slice(namedMax).reduce((sum, [, count]) => sum + count, 0);
  const named = most.slice(0, namedMax).map(([id, count]) => [registry.clusters.get(id as never)?.body.name ?? id, count] as const);
  return [...named, ...(rest > 0 ? [['other', rest] as const] : [])].map(([cluster, count]) =>
    read(hubMetrics.messagesRefused, count, { cluster }),
  );
}
