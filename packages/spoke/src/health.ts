import { createServer } from 'node:http';
import type { Log } from '@accord/runtime/log';

export interface Health {
  /** The process leads, or waits to lead. A bus, a hub or an API server that is away changes nothing: a restart would help nobody. */
  readonly isHealthy: () => boolean;
  /** It knows what is desired, from the bus or from its mirrors. */
  readonly isReady: () => boolean;
  /** What else is to be known: that the cluster has left the fleet, and nothing is done here any more. */
  readonly note?: () => string | undefined;
  /** Name → value, in Prometheus' terms. */
  readonly metrics: () => Readonly<Record<string, number>>;
}

/** Serves `/healthz`, `/readyz` and `/metrics` until `signal` aborts. */
export function serveHealth(listen: string, health: Health, log: Log, signal: AbortSignal): void {
  const colon = listen.lastIndexOf(':');
  const server = createServer((request, response) => {
    const answer = (isFine: boolean): void =>
      void response
        .writeHead(isFine ? 200 : 503, { 'content-type': 'text/plain' })
        .end(isFine ? `${health.note?.() ?? 'ok'}\n` : 'not yet\n');
    if (request.url === '/healthz') answer(health.isHealthy());
    else if (request.url === '/readyz') answer(health.isReady());
    else if (request.url === '/metrics')
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(renderMetrics(health.metrics()));
    else response.writeHead(404).end();
  });
  server.on('error', (error) => log.error('health cannot be served', { listen, error }));
  server.listen({ host: listen.slice(0, colon), port: Number(listen.slice(colon + 1)) }, () =>
    log.info('health is served', { address: server.address() }),
  );
  signal.addEventListener('abort', () => server.close(), { once: true });
}

function renderMetrics(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}\n${name} ${value}\n`)
    .join('');
}
