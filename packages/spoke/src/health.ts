import { createServer } from 'node:http';
import type { Log } from '@accord/runtime/log';
import type { Reading } from '@accord/runtime/metrics/metric';
import { metricsType, renderMetrics } from '@accord/runtime/metrics/render-metrics';
import { allSpokeMetrics } from './metrics/spoke-metrics.ts';

export interface Health {
  /** The process leads, or waits to lead. A bus, a hub or an API server that is away changes nothing: a restart would help nobody. */
  readonly isHealthy: () => boolean;
  /** It knows what is desired, from the bus or from its mirrors. */
  readonly isReady: () => boolean;
  /** What else is to be known: that the cluster has left the fleet, and nothing is done here any more. */
  readonly note?: () => string | undefined;
  readonly readings: () => readonly Reading[];
}

/** Serves `/healthz`, `/readyz` and `/metrics` until `signal` aborts, to whoever reaches it: none of them says what is in the cluster. */
export function serveHealth(listen: string, health: Health, log: Log, signal: AbortSignal): void {
  const colon = listen.lastIndexOf(':');
  const server = createServer((request, response) => {
    const answer = (isFine: boolean): void =>
      void response
        .writeHead(isFine ? 200 : 503, { 'content-type': 'text/plain' })
        .end(isFine ? `${health.note?.() ?? 'ok'}\n` : 'not yet\n');
    if (request.method !== 'GET') response.writeHead(405, { allow: 'GET' }).end();
    else if (request.url === '/healthz') answer(health.isHealthy());
    else if (request.url === '/readyz') answer(health.isReady());
    else if (request.url === '/metrics')
      response.writeHead(200, { 'content-type': metricsType }).end(renderMetrics(allSpokeMetrics, health.readings()));
    else response.writeHead(404).end();
  });
  server.on('error', (error) => log.error('health cannot be served', { listen, error }));
  server.listen({ host: listen.slice(0, colon), port: Number(listen.slice(colon + 1)) }, () =>
    log.info('health is served', { address: server.address() }),
  );
  signal.addEventListener('abort', () => server.close(), { once: true });
}
