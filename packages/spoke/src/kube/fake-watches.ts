import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import type { ObjectKey } from '@accord/proto/ids';
import { isSelected } from './fake-selection.ts';
import type { KindRef, ObjectRef, Selection, WatchEvent } from './kube.ts';
import { parseMeta } from './parse-meta.ts';
import { keyOf } from './ref-key.ts';

export interface Stream {
  readonly kind: KindRef;
  readonly selection: Selection;
  readonly onEvent: (event: WatchEvent) => void;
}

export interface Change {
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  readonly resourceVersion: string;
}

/** What an API server has to show for a kind now. */
export interface Shown {
  readonly objects: readonly { readonly ref: ObjectRef; readonly object: JsonObject }[];
  readonly resourceVersion: string;
}

interface OpenStream extends Stream {
  /** What was shown as present, with uid. */
  readonly shown: Map<ObjectKey, { readonly ref: ObjectRef; readonly uid: string }>;
  isConnected: boolean;
  readonly end: (error: CodedError) => void;
}

/** The watches of one client. */
export class FakeWatches {
  readonly #streams = new Set<OpenStream>();
  readonly #show: (kind: KindRef) => Shown;
  #isConnected = true;

  constructor(show: (kind: KindRef) => Shown) {
    this.#show = show;
  }

  async add(stream: Stream, signal: AbortSignal): Promise<void> {
    // As over a network, the caller has its promise before the first event comes.
    await Promise.resolve();
    if (signal.aborted) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => resolve(), { once: true });
    const open: OpenStream = { ...stream, shown: new Map(), isConnected: false, end: reject };
    this.#streams.add(open);
    if (this.#isConnected) this.#list(open);
    await promise.finally(() => this.#streams.delete(open));
  }

  /** As a server that does not serve these kinds any more, which its clients find out when they come again. */
  endWhere(isOver: (kind: KindRef) => boolean): void {
    for (const stream of [...this.#streams]) {
      if (!isOver(stream.kind)) continue;
      stream.isConnected = false;
      stream.end(notServed(stream.kind));
    }
  }

  tell(ref: ObjectRef, { before, after, resourceVersion }: Change): void {
    for (const stream of [...this.#streams]) {
      if (!stream.isConnected || stream.kind.group !== ref.kind.group || stream.kind.kind !== ref.kind.kind) continue;
      const was = before !== undefined && isSelected(before, stream.selection);
      const shown = { ...ref, kind: stream.kind };
      if (after !== undefined && isSelected(after, stream.selection)) present(stream, shown, after);
      // Whether it was deleted or only left the selection: the server shows the old object with the new version.
      else if (was) gone(stream, shown, { ...parseMeta(before).meta, resourceVersion });
    }
  }

  setConnected(isConnected: boolean): void {
    this.#isConnected = isConnected;
    for (const stream of [...this.#streams]) {
      stream.isConnected = false;
      if (isConnected) this.#list(stream);
    }
  }

  #list(stream: OpenStream): void {
    const { objects, resourceVersion } = this.#show(stream.kind);
    const selected = objects.filter(({ object }) => isSelected(object, stream.selection));
    const keys = new Set(selected.map(({ ref }) => keyOf(ref)));
    stream.isConnected = true;
    for (const { ref, object } of selected) present(stream, { ...ref, kind: stream.kind }, object);
    for (const [key, { ref, uid }] of stream.shown) {
      if (!keys.has(key))
        gone(stream, ref, { uid, resourceVersion, labels: {}, annotations: {}, managedFields: [], deletionTimestamp: undefined });
    }
    stream.onEvent({ type: 'listed' });
  }
}

/** What a watch ends with when nobody serves its kind in that version. */
export function notServed({ resource }: KindRef): CodedError {
  return new CodedError('not-found', `watch ${resource}: status 404`);
}

function present(stream: OpenStream, ref: ObjectRef, object: JsonObject): void {
  if (stream.selection.isTold?.(keyOf(ref)) === false) return;
  const { meta } = parseMeta(object);
  stream.shown.set(keyOf(ref), { ref, uid: meta.uid });
  stream.onEvent({ type: 'present', key: keyOf(ref), ref, meta });
}

function gone(stream: OpenStream, ref: ObjectRef, meta: Extract<WatchEvent, { type: 'gone' }>['meta']): void {
  if (stream.selection.isTold?.(keyOf(ref)) === false) return;
  stream.shown.delete(keyOf(ref));
  stream.onEvent({ type: 'gone', key: keyOf(ref), ref, meta });
}
