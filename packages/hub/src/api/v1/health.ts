import type { FastifyInstance } from 'fastify';
import type { ResourceDeps } from '../kube/resources.ts';

/** `/healthz` says that the process answers, `/readyz` that it has caught up and may decide. */
export function registerHealth(app: FastifyInstance, { readiness }: ResourceDeps): void {
  const config = { role: 'public' } as const;
  for (const path of ['/healthz', '/livez']) app.get(path, { config }, (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', { config }, (_request, reply) => {
    const { ready, because } = readiness();
    return reply
      .status(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ok\n' : `not ready: ${because}\n`);
  });
}
