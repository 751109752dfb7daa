import type { FastifyInstance } from 'fastify';
import { rowOf } from '@accord/core/status/policy-rows';
import type { HubEvent } from '@accord/proto/api';
import type { Notice } from '../../views/projection.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { pendingBytesMax } from '../kube/watch.ts';
import { Refusal } from '../refusal.ts';
import { callerOf } from '../request-context.ts';
import { rowBody } from '../row-body.ts';

const heartbeatMs = 15_000;
const checkMs = 1_000;
/** Open streams of one caller. */
const streamsMax = 50;

/** `GET /v1/events`: what changes, as it happens, as Server-Sent Events. A reader that is too slow is cut off and reads anew. */
export function registerEvents(app: FastifyInstance, deps: ResourceDeps): void {
  const open = new Map<string, number>();
  app.get('/v1/events', { config: { role: 'viewer' } }, (request, reply) => {
    const { actor, isStillKnown } = callerOf(request);
    const count = open.get(actor) ?? 0;
    if (count >= streamsMax) throw new Refusal('busy', `${actor} has ${count} open event streams`, { help: 'Close one of them.' });
    open.set(actor, count + 1);
    const ended = new AbortController();
    const signal = AbortSignal.any([deps.signal, ended.signal]);
    reply.hijack();
    const { raw } = reply;
    raw.once('close', () => {
      ended.abort();
      open.set(actor, (open.get(actor) ?? 1) - 1);
    });
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write(': connected\n\n');
    deps.projection.onNotice((notice) => {
      const event = eventOf(deps, notice);
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
function eventOf({ projection }: ResourceDeps, notice: Notice): HubEvent | undefined {
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
