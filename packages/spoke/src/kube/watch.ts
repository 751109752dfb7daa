import type { IncomingMessage } from 'node:http';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { ObjectKey } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { asRecord } from './as-record.ts';
import type { KindRef, ObjectRef, Selection, WatchEvent } from './kube.ts';
import { listPages } from './list-pages.ts';
import { acceptMeta, acceptMetaList } from './media-types.ts';
import { collectionPath, renderQuery } from './object-path.ts';
import { parseMeta } from './parse-meta.ts';
import { keyOf } from './ref-key.ts';
import { readLines } from './read-lines.ts';
import { readStatus } from './status.ts';
import { readAnswer, type KubeRequest, type Transport } from './transport.ts';
import { connecting, nextWatchState, reconnectMs, type WatchInput, type WatchState } from './watch-state.ts';

export interface WatchDeps {
  readonly transport: Pick<Transport, 'open' | 'send'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

interface WireEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

/** Bookmarks come about once a minute; longer silence means that the connection is dead. */
const silenceMs = 180_000;
/** Everything is listed anew this often, at the next end of the connection, in case an event was lost on the way. */
const relistMs = 3_600_000;
const initialEndAnnotation = 'k8s.io/initial-events-end';

/** One watch of one kind: keeps the connection in the state that the machine says, and turns lines into events. */
export class Watch {
  readonly #deps: WatchDeps;
  readonly #kind: KindRef;
  readonly #selection: Selection;
  readonly #onEvent: (event: WatchEvent) => void;
  #state: WatchState = connecting;
  /** What the caller believes to be there, by uid. */
  #known = new Map<ObjectKey, { readonly ref: ObjectRef; readonly uid: string }>();
  #seen: Set<ObjectKey> | undefined;
  #retryAfterMs = 0;
  #listedAtMs = 0;

  constructor(
    deps: WatchDeps,
    { kind, selection, onEvent }: { kind: KindRef; selection: Selection; onEvent: (event: WatchEvent) => void },
  ) {
    this.#deps = deps;
    this.#kind = kind;
    this.#selection = selection;
    this.#onEvent = onEvent;
  }

  /** Resolves when `signal` aborts; rejects with `forbidden` or `not-found` when the server keeps refusing. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, log, random } = this.#deps;
    while (!signal.aborted) {
      const pauseMs = Math.max(reconnectMs(this.#state, random), this.#retryAfterMs);
      this.#retryAfterMs = 0;
      if (pauseMs > 0) await clock.sleep(pauseMs, signal);
      if (signal.aborted) return;
      try {
        await this.#connect(signal);
      } catch (error) {
        if (!isCoded(error)) throw error;
        if (signal.aborted) return;
        log.debug('watch interrupted', { resource: this.#kind.resource, phase: this.#state.phase, code: error.code, error });
        this.#closed();
      }
      if (this.#state.phase === 'refused') throw this.#refusal(this.#state.status);
    }
  }

  async #connect(signal: AbortSignal): Promise<void> {
    if (this.#state.phase === 'connect') this.#seen = new Set();
    if (this.#state.phase === 'connect' && this.#state.paged) return this.#listPages(signal);
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const sent = this.#request();
    const response = await this.#deps.transport.open(sent, both);
    if (response.statusCode !== 200) return this.#refusedBy(await readAnswer(sent, response));
    this.#step({ saw: 'opened' });
    await this.#follow(response, stop, both);
  }

  #request(): KubeRequest {
    const initial = this.#state.phase === 'connect' ? { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' } : {};
    const { namespace, labelSelector, fieldSelector } = this.#selection;
    const query = renderQuery({
      watch: 'true',
      allowWatchBookmarks: 'true',
      ...initial,
      resourceVersion: 'resourceVersion' in this.#state ? this.#state.resourceVersion : '',
      labelSelector,
      fieldSelector,
      timeoutSeconds: String(300 + Math.floor(this.#deps.random() * 300)),
    });
    return { method: 'GET', path: collectionPath(this.#kind, namespace) + query, accept: acceptMeta };
  }

  async #follow(response: IncomingMessage, stop: AbortController, signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    let heardAtMs = clock.now();
    const guard = async (): Promise<void> => {
      for (let leftMs = silenceMs; leftMs > 0 && !signal.aborted; leftMs = heardAtMs + silenceMs - clock.now())
        await clock.sleep(leftMs, signal);
      response.destroy();
    };
    const guarding = guard();
    try {
      for await (const line of readLines(response)) {
        heardAtMs = clock.now();
        if (signal.aborted) break;
        const event = parseEvent(line);
        this.#take(event);
        // Whatever the server still says on this connection is of no use.
        if (event.type === 'ERROR') return;
      }
      this.#closed();
    } finally {
      stop.abort();
      await guarding;
    }
  }

  #take({ type, object }: WireEvent): void {
    if (type === 'ERROR') return this.#takeError(object);
    const { name, namespace, meta } = parseMeta(object);
    if (type === 'BOOKMARK') {
      if (meta.annotations[initialEndAnnotation] === 'true') this.#listed(meta.resourceVersion);
      else this.#step({ saw: 'version', resourceVersion: meta.resourceVersion });
      return;
    }
    this.#tell(type === 'DELETED' ? 'gone' : 'present', { kind: this.#kind, namespace, name }, meta);
    this.#step({ saw: 'version', resourceVersion: meta.resourceVersion });
  }

  #tell(type: 'present' | 'gone', ref: ObjectRef, meta: ReturnType<typeof parseMeta>['meta']): void {
    const key = keyOf(ref);
    if (this.#selection.isTold?.(key) === false) return;
    if (type === 'gone') this.#known.delete(key);
    else this.#known.set(key, { ref, uid: meta.uid });
    this.#seen?.add(key);
    this.#onEvent({ type, key, ref, meta });
  }

  /** Whoever was there before and did not come again went while nobody looked. */
  #listed(resourceVersion: string): void {
    const seen = this.#seen;
    this.#seen = undefined;
    this.#listedAtMs = this.#deps.clock.now();
    for (const [key, { ref, uid }] of this.#known) {
      if (seen === undefined || seen.has(key)) continue;
      const meta = { uid, resourceVersion, labels: {}, annotations: {}, managedFields: [], deletionTimestamp: undefined };
      this.#tell('gone', ref, meta);
    }
    this.#step({ saw: 'listed', resourceVersion });
    this.#onEvent({ type: 'listed' });
  }

  #takeError(object: unknown): void {
    const code = asRecord(object)?.['code'];
    const status = readStatus({ status: typeof code === 'number' ? code : 500, body: object });
    if (status.code !== 410)
      this.#deps.log.warn('watch failed', { resource: this.#kind.resource, status: status.code, because: status.because });
    this.#step({ saw: status.code === 410 ? 'expired' : 'failed' });
  }

  async #listPages(signal: AbortSignal): Promise<void> {
    const { transport } = this.#deps;
    const last = await listPages({ transport, kind: this.#kind, selection: this.#selection, accept: acceptMetaList }, signal, (object) => {
      const { name, namespace, meta } = parseMeta(object);
      this.#tell('present', { kind: this.#kind, namespace, name }, meta);
    });
    if ('status' in last) this.#refusedBy(last);
    else this.#listed(last.resourceVersion);
  }

  #refusedBy(answer: { readonly status: number; readonly body: unknown; readonly retryAfterMs?: number }): void {
    const { because } = readStatus(answer);
    this.#deps.log.warn('watch refused', { resource: this.#kind.resource, status: answer.status, because });
    this.#retryAfterMs = answer.retryAfterMs ?? 0;
    this.#step(answer.status === 410 ? { saw: 'expired' } : { saw: 'refused', status: answer.status });
  }

  #closed(): void {
    const isStale = this.#deps.clock.now() - this.#listedAtMs >= relistMs;
    this.#step({ saw: 'closed', ...(isStale && { isStale }) });
  }

  #step(input: WatchInput): void {
    this.#state = nextWatchState(this.#state, input);
  }

  #refusal(status: number): CodedError {
    const { resource } = this.#kind;
    return status === 403
      ? new CodedError('forbidden', `watch ${resource}: not permitted`)
      : new CodedError('not-found', `watch ${resource}: status ${status}`);
  }
}

function parseEvent(line: string): WireEvent {
  try {
    const event = JSON.parse(line) as unknown;
    if (asRecord(event) !== undefined) return event as WireEvent;
  } catch (cause) {
    throw new CodedError('garbage', 'the API server sent a watch event that is no JSON', { cause });
  }
  throw new CodedError('garbage', 'the API server sent a watch event that is no object');
}
