import type { FastifyInstance } from 'fastify';
import { rowOf } from '@accord/core/status/policy-rows';
import type { HubEvent } from '@accord/proto/api';
import type { Notice } from '../../views/projection.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { pendingBytesMax } from '../kube/watch.ts';
import { OpenLimit } from '../open-limit.ts';
import { callerOf } from '../request-context.ts';
import { rowBody } from '../row-body.ts';
import type { ShownProjection } from '../views.ts';

const heartbeatMs = 15_000;
const checkMs = 1_000;
/** Open streams of one caller. */
const streamsMax = 50;

/** `GET /v1/events`: what changes, as it happens, as Server-Sent Events. A reader that is too slow is cut off and reads anew. */
export function registerEvents(app: FastifyInstance, deps: ResourceDeps): void {
  const streams = new OpenLimit(streamsMax, 'open event streams', 'Close one of them.');
  app.get('/v1/events', { config: { role: 'viewer', scope: 'limited' } }, (request, reply) => {
    const { actor, isStillKnown } = callerOf(request);
    const { projection } = deps.views.of(request);
    const leave = streams.enter(actor);
    const ended = new AbortController();
    const signal = AbortSignal.any([deps.signal, ended.signal]);
    reply.hijack();
    const { raw } = reply;
    raw.once('close', () => {
      ended.abort();
      leave();
    });
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write(': connected\n\n');
    projection.onNotice((notice) => {
      const event = eventOf(projection, notice);
      if (event === undefined) return;
      if (raw.writableLength > pendingBytesMax) raw.destroy();
      else raw.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }, signal);
    void keepAlive(deps, raw, isStillKnown, signal);
  });
}

async function keepAlive(
  { clock }: ResourceDeps,
  raw: { write(text: string): unknown; end(): unknown },
  isStillKnown: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  let beatAtMs = clock.now() + heartbeatMs;
  while (!signal.aborted && isStillKnown()) {
    await clock.sleep(checkMs, signal);
    if (signal.aborted || clock.now() < beatAtMs) continue;
    raw.write(': alive\n\n');
    beatAtMs = clock.now() + heartbeatMs;
  }
  raw.end();
}

/** Undefined where what the notice is about is not there any more. */
function eventOf(projection: ShownProjection, notice: Notice): HubEvent | undefined {
  const { policies, clusters } = projection.registry;
  switch (notice.type) {
    case 'policy': {
      const policy = policies.get(notice.policy);
      return policy && { type: 'policy', name: notice.policy, revision: policy.body.revision };
    }
    case 'cluster': {
      const cluster = clusters.get(notice.id);
      return cluster && { type: 'cluster', name: cluster.body.name, connection: projection.connectionOf(notice.id).state };
    }
    case 'row': {
      const policy = policies.get(notice.policy);
      const row = policy && rowOf(projection, policy, notice.id);
      // A row that is gone shows in the policy.
      if (policy !== undefined && row === undefined) return { type: 'policy', name: notice.policy, revision: policy.body.revision };
      return row && { type: 'row', row: rowBody(row), change: notice.change };
    }
    case 'heal': {
      const { cluster, policy, object, seenMs, healedMs } = notice.heal;
      return { type: 'heal', cluster: clusters.get(cluster)?.body.name ?? cluster, policy, object, seenMs, healedMs };
    }
  }
}
