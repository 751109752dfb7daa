import type { Meter } from '@accord/runtime/metrics/meter';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hubMetrics } from '../metrics/hub-metrics.ts';

/** Counts every request by its route, and those that are answered at once by their time. To be called before routes are registered. */
export function countRequests(app: FastifyInstance, meter: Meter): void {
  app.addHook('onRequest', async (request, reply) => {
    const kind = kindOfStream(request);
    if (kind === undefined) return;
    meter.count(hubMetrics.open, 1, { kind });
    reply.raw.once('close', () => meter.count(hubMetrics.open, -1, { kind }));
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    meter.count(hubMetrics.requests, 1, { method: request.method, route, code: String(reply.statusCode) });
    if (kindOfStream(request) === undefined) meter.observe(hubMetrics.requestSeconds, reply.elapsedTime / 1_000, { route });
  });
}

/** An answer that stays open says nothing about how fast the hub is. */
function kindOfStream({ routeOptions, query }: FastifyRequest): 'events' | 'watch' | undefined {
  if (routeOptions.url === '/v1/events') return 'events';
  const { watch } = query as { readonly watch?: unknown };
  return watch === 'true' || watch === '1' ? 'watch' : undefined;
}
