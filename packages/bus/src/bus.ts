import type { Stream } from '@accord/proto/subjects';

/** Where the bus is, and by what it is known. */
export interface BusPlace {
  /** URLs `tls://host:port`, any of which will do. */
  readonly servers: readonly string[];
  /** Where it was before, latest first: tried when none of the others can be dialled. */
  readonly former?: readonly string[];
  /** PEM of the authorities that sign for its servers; undefined: those that everybody trusts. */
  readonly ca?: string | undefined;
  /** PEM of the very certificate that the server shows, under whatever name it is dialled: for whoever has started it. */
  readonly certificate?: string | undefined;
}

/** One message to store. */
export interface Item {
  readonly subject: string;
  readonly body: Uint8Array;
  /** The last sequence of this subject which the writer has read; 0 means that there must be none. */
  readonly expectSeq?: number;
  /** The stored message goes away by itself after this time; whole seconds. */
  readonly ttlSeconds?: number;
}

export interface Stored {
  readonly subject: string;
  /** Position in its stream; grows by at least one with each message. */
  readonly seq: number;
  readonly body: Uint8Array;
  /** The transaction that wrote it, see `append`; empty when the writer gave none. */
  readonly tx: string;
}

export interface Live {
  readonly subject: string;
  readonly body: Uint8Array;
}

export interface FollowOptions {
  readonly stream: Stream;
  /** NATS subject filters; all subjects of the stream when empty. */
  readonly filters: readonly string[];
  /** 0 for everything that is kept. */
  readonly afterSeq: number;
  /** Only the last message of each subject, then everything that comes. */
  readonly lastPerSubject?: boolean;
}

/**
 * The one port between processes, in the words of its users.
 *
 * Every method may reject with `unavailable` or `timeout`. For a write `timeout` means unknown, never failed.
 */
export interface Bus {
  /**
   * Stores all items (1 to 1,000, all of one stream, no subject twice) or none. `tx` is the same for all attempts of one change:
   * an attempt that finds that an earlier one was stored answers like it. Rejects with `conflict` when an expectation is wrong,
   * `too-large`, `disk-full`. Resolves with the sequence of the last item.
   */
  append(items: readonly Item[], tx: string): Promise<{ readonly seq: number }>;

  /** The last message of a subject as the stream's leader has it. Hub only. */
  last(subject: string): Promise<Stored | undefined>;

  /** The last message of a subject as any replica has it; it may be one behind. All that a spoke can read. */
  get(subject: string): Promise<Stored | undefined>;

  /** Takes every stored message whose subject matches out of its stream. Sequences go on as if nothing had happened. Hub only. */
  purge(filter: string): Promise<void>;

  /** Stored messages in order, then those that come, until `signal` aborts; `caught-up` comes exactly once in between. Hub only. */
  follow(options: FollowOptions, signal: AbortSignal): AsyncIterable<Stored | 'caught-up'>;

  /**
   * At most once; whoever uses it has a second way to be right. `onMessage` runs in the order of arrival and must not throw.
   * Resolves when the server has the subscription. Rejects with `forbidden` when the server refuses it.
   */
  subscribe(filter: string, onMessage: (message: Live) => void, signal: AbortSignal): Promise<void>;

  /** At most once: beats, ticks, checks. Returns at once; what cannot be sent is dropped. */
  publish(subject: string, body: Uint8Array): void;

  /**
   * Sends and waits for one answer: reports and outcomes (the answer is the stream's acknowledgement, an empty body), renewals.
   * `msgId` makes a repeated outcome one message.
   */
  request(subject: string, body: Uint8Array, options: { readonly timeoutMs: number; readonly msgId?: string }): Promise<Uint8Array>;

  /** Answers requests until `signal` aborts. A handler that rejects is answered with an error, so that no caller hangs. Hub only. */
  serve(filter: string, answer: (request: Live) => Promise<Uint8Array>, signal: AbortSignal): Promise<void>;

  /**
   * Tells whether the connection is there, at once and at each change. After `disconnected` every request in flight has been rejected.
   * The caller rereads what it may have missed after each `connected`.
   */
  onConnection(listener: (state: 'connected' | 'disconnected') => void, signal: AbortSignal): void;
}
