import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { EventReader } from '../event-reader.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { OpenLimit } from '../open-limit.ts';
import { callerOf, headerOf } from '../request-context.ts';

const heartbeatMs = 15_000;
const checkMs = 1_000;
/** Open streams of one caller. */
const streamsMax = 50;

/** `GET /v1/events`: what changes, as it happens, as Server-Sent Events; after `Last-Event-ID` also what was missed. */
export function registerEvents(app: FastifyInstance, deps: ResourceDeps): void {
  const streams = new OpenLimit(streamsMax, 'open event streams', 'Close one of them.');
  app.get('/v1/events', { config: { role: 'viewer', scope: 'limited' } }, (request, reply) => {
    const { actor, isStillKnown } = callerOf(request);
    const lastId = headerOf(request, 'last-event-id');
    const { events, signal: viewSignal } = deps.views.of(request);
    const leave = streams.enter(actor);
    const ended = new AbortController();
    // A view that was forgotten tells nothing more.
    const signal = AbortSignal.any([deps.signal, viewSignal, ended.signal]);
    reply.hijack();
    const { raw } = reply;
    raw.once('close', () => {
      ended.abort();
      leave();
    });
    raw.writeHead(200, {
      ...{ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
      'x-accel-buffering': 'no',
    });
    const reader = new EventReader(raw, events, deps.clock);
    reader.start(lastId, signal);
    void keepAlive(deps, { raw, reader, isStillKnown }, signal);
  });
}

interface Kept {
  readonly raw: ServerResponse;
  readonly reader: EventReader;
  readonly isStillKnown: () => boolean;
}

async function keepAlive({ clock }: ResourceDeps, { raw, reader, isStillKnown }: Kept, signal: AbortSignal): Promise<void> {
  let beatAtMs = clock.now() + heartbeatMs;
  while (!signal.aborted && isStillKnown()) {
    await clock.sleep(checkMs, signal);
    if (reader.isLost()) raw.destroy();
    if (signal.aborted || clock.now() < beatAtMs) continue;
    reader.beat();
    beatAtMs = clock.now() + heartbeatMs;
  }
  raw.end();
}
