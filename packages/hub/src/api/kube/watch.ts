import type { ServerResponse } from 'node:http';
import type { Kind, KubeObject } from '@accord/proto/kube-api';
import { apiVersion } from '@accord/proto/kube-api';
import type { Clock } from '@accord/runtime/clock';
import type { FeedEvent, ResourceFeed } from './resource-feed.ts';

export interface WatchOptions {
  readonly feed: ResourceFeed;
  readonly kind: Kind;
  readonly filter: (object: KubeObject) => boolean;
  /** Number of the last event that the watcher has seen. Undefined: everything that is there comes first. */
  readonly after: number | undefined;
  /** Whether the end of what is there is marked, as `sendInitialEvents` asks. */
  readonly marksInitialEnd: boolean;
  readonly bookmarks: boolean;
  readonly timeoutMs: number;
  /** How an object goes out: itself, or as the row of a table. */
  readonly render: (object: KubeObject, isFirst: boolean) => unknown;
  readonly isStillAllowed: () => boolean;
  readonly clock: Clock;
}

/** What may wait in one connection; a reader that is slower is cut off, and reads again. */
export const pendingBytesMax = 4 * 1024 * 1024;
const bookmarkMs = 30_000;
const checkMs = 1_000;

/** Writes events as JSON lines until the time is over, the watcher goes, or `signal` aborts. False when `after` is too old. */
export function serveWatch(response: ServerResponse, options: WatchOptions, signal: AbortSignal): boolean {
  const { feed, filter, after, marksInitialEnd, render } = options;
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  let isFirst = true;
  const write = (type: string, object: unknown): void => {
    if (response.writableLength > pendingBytesMax) response.destroy();
    else response.write(`${JSON.stringify({ type, object })}\n`);
  };
  const send = (type: string, object: KubeObject): void => {
    write(type, render(object, isFirst));
    isFirst = false;
  };
  const onEvent = (event: FeedEvent): void => {
    const type = typeFor(event, filter);
    if (type !== undefined) send(type, event.object);
  };
  // What is there is read before the head goes out, so that a version that is too old can still be answered with a status.
  const present = feed.list();
  const queued: FeedEvent[] = [];
  let deliver = (event: FeedEvent): void => void queued.push(event);
  if (!feed.follow(after ?? feed.shown, (event) => deliver(event), until)) return false;
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
  response.once('close', () => ended.abort());
  if (after === undefined) for (const object of present) if (filter(object)) send('ADDED', object);
  for (const event of queued) onEvent(event);
  deliver = onEvent;
  const bookmark = (annotations?: Readonly<Record<string, string>>): void => {
    const metadata = { resourceVersion: feed.version, creationTimestamp: null, ...(annotations && { annotations }) };
    write('BOOKMARK', { kind: options.kind.kind, apiVersion, metadata });
  };
  if (marksInitialEnd) bookmark({ 'k8s.io/initial-events-end': 'true' });
  response.flushHeaders();
  void keepOpen(response, options, bookmark, until);
  return true;
}

async function keepOpen(response: ServerResponse, options: WatchOptions, bookmark: () => void, signal: AbortSignal): Promise<void> {
  const { clock, timeoutMs, bookmarks, isStillAllowed } = options;
  const endAtMs = clock.now() + timeoutMs;
  let bookmarkAtMs = clock.now() + bookmarkMs;
  while (!signal.aborted && clock.now() < endAtMs && isStillAllowed()) {
    await clock.sleep(Math.min(checkMs, Math.max(1, endAtMs - clock.now())), signal);
    if (!bookmarks || signal.aborted || clock.now() < bookmarkAtMs) continue;
    bookmark();
    bookmarkAtMs = clock.now() + bookmarkMs;
  }
  if (bookmarks && !response.destroyed) bookmark();
  response.end();
}

/** An object that a selector no longer matches is gone for this watcher, and one that it matches now is new. */
function typeFor({ type, object, before }: FeedEvent, filter: (object: KubeObject) => boolean): FeedEvent['type'] | undefined {
  const did = before !== undefined && filter(before);
  const does = type !== 'DELETED' && filter(object);
  if (does) return did ? 'MODIFIED' : 'ADDED';
  return did ? 'DELETED' : undefined;
}
