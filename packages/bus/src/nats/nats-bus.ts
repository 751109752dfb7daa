import { CodedError, isCoded } from '@accord/proto/coded-error';
import { streamOf } from '@accord/proto/subjects';
import { connect, errors, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import type { Bus, BusPlace, FollowOptions, Item, Live, Stored } from '../bus.ts';
import { checkAppend } from '../check-append.ts';
import { checkSize } from '../check-size.ts';
import { append } from './append.ts';
import { connectOptions, requestTimeoutMs, type ConnectNatsBusOptions, type Switching } from './connect-options.ts';
import { follow } from './follow.ts';
import { Link } from './link.ts';
import { refusal, type ApiError } from './nats-error.ts';
import { purge } from './purge.ts';
import { readDirect, readLast, readLastSeq } from './read.ts';
import { serverPool } from './server-pool.ts';
import { answerRequest, parseAnswer, subscribe } from './subscribe.ts';
import { Unanswered } from './unanswered.ts';

/**
 * Connects, however long it takes, and then stays connected: a broken connection is dialled again until `close`.
 *
 * A refused login looks like a server that is away, because a server may be restarted with claims that accept it. Rejects with `unavailable`, and only
 * when `signal` aborts.
 */
export async function connectNatsBus(options: ConnectNatsBusOptions): Promise<NatsBus> {
  const switching: Switching = { isOn: false, attempts: 0 };
  const connection = await dial(options, switching);
  switching.hasConnected = true;
  const onError = (error: Error): void => {
    if (error instanceof errors.AuthorizationError || error instanceof errors.UserAuthenticationExpiredError) options.onRefused?.();
    options.onError(error);
  };
  return new NatsBus(new Link(connection, requestTimeoutMs(options.role), onError), { ...options, switching });
}

/** The first connection, begun anew whenever the bus turns out to be elsewhere. */
async function dial(options: ConnectNatsBusOptions, switching: Switching): Promise<NatsConnection> {
  for (;;) {
    try {
      return await unlessStopped(connect(connectOptions(options, switching)), options.signal);
    } catch (error) {
      if (switching.hasMoved !== true || options.signal?.aborted) throw error;
    }
  }
}

/** The client itself notices a stop only before its next attempt, seconds later, and takes it for a bug of its hook. */
function unlessStopped(connecting: Promise<NatsConnection>, signal: AbortSignal | undefined): Promise<NatsConnection> {
  if (signal === undefined) return connecting;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new CodedError('unavailable', 'connect to NATS: stopped before it was there', { cause: signal.reason }));
      void connecting.then((connection) => connection.close()).catch(() => undefined);
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    connecting.finally(() => signal.removeEventListener('abort', stop)).then(resolve, reject);
  });
}

/** The bus on NATS with JetStream. Made by `connectNatsBus`; whoever made it closes it. */
export class NatsBus implements Bus {
  /** For what only a composition root does: making streams. */
  readonly link: Link;
  readonly #switching: Switching;
  readonly #place: () => BusPlace;
  readonly #unanswered: Unanswered;

  constructor(
    link: Link,
    { switching, place, onSilent = () => undefined }: Pick<ConnectNatsBusOptions, 'place' | 'onSilent'> & { readonly switching: Switching },
  ) {
    this.#unanswered = new Unanswered({ lastSeqOf: (stream) => readLastSeq(link, stream), onSilent });
    this.link = link;
    this.#switching = switching;
    this.#place = place;
    const stopListening = new AbortController();
    link.listen((state) => {
      if (state !== 'connected') return;
      Object.assign(switching, { isOn: false, attempts: 0 });
      // The client goes on in its list from where it is, and would try a former server before those of now.
      this.#dialInOrder();
    }, stopListening.signal);
    void link.connection.closed().then(() => stopListening.abort());
  }

  async append(items: readonly Item[], tx: string): Promise<{ readonly seq: number }> {
    const stream = checkAppend(items, tx);
    for (const item of items) checkSize(item);
    const sinceMs = Date.now();
    try {
      const stored = await append(this.link, items, { stream, tx });
      this.#unanswered.answered(stream, stored.seq);
      return stored;
    } catch (error) {
      if (isCoded(error, 'timeout')) void this.#unanswered.missed(stream, sinceMs);
      else if (!isCoded(error, 'unavailable')) this.#unanswered.answered(stream);
      throw error;
    }
  }

  last(subject: string): Promise<Stored | undefined> {
    return readLast(this.link, subject);
  }

  get(subject: string): Promise<Stored | undefined> {
    return readDirect(this.link, subject);
  }

  purge(filter: string): Promise<void> {
    return purge(this.link, filter);
  }

  follow(options: FollowOptions, signal: AbortSignal): AsyncIterable<Stored | 'caught-up'> {
    return follow(this.link, options, signal);
  }

  async subscribe(filter: string, onMessage: (message: Live) => void, signal: AbortSignal): Promise<void> {
    await subscribe(this.link, { filter, isShared: false, onMessage: ({ subject, data }) => onMessage({ subject, body: data }) }, signal);
  }

  publish(subject: string, body: Uint8Array): void {
    if (!this.link.isConnected) return;
    try {
      this.link.connection.publish(subject, body);
    } catch (error) {
      if (!(error instanceof errors.InvalidArgumentError || error instanceof errors.ClosedConnectionError)) throw error;
      this.link.report(error);
    }
  }

  async request(
    subject: string,
    body: Uint8Array,
    { timeoutMs, msgId }: { readonly timeoutMs: number; readonly msgId?: string },
  ): Promise<Uint8Array> {
    checkSize({ subject, body });
    const doing = `request to ${subject}`;
    const fields = msgId === undefined ? undefined : headers();
    if (msgId !== undefined) fields?.set('Nats-Msg-Id', msgId);
    const answer = await this.link.request(subject, body, { doing, timeoutMs, ...(fields && { headers: fields }) });
    return streamOf(subject) === undefined ? parseAnswer(answer) : requireStored(answer, doing);
  }

  async serve(filter: string, answer: (request: Live) => Promise<Uint8Array>, signal: AbortSignal): Promise<void> {
    const onMessage = (message: Msg): void => {
      if (message.reply !== undefined && message.reply !== '') void answerRequest(message, answer);
    };
    await subscribe(this.link, { filter, isShared: true, onMessage }, signal);
  }

  onConnection(listener: (state: 'connected' | 'disconnected') => void, signal: AbortSignal): void {
    this.link.listen(listener, signal);
  }

  /** Logs in again, with what `credential` returns now, where `place` says. Returns at once; `onConnection` tells when it is done. */
  async reconnect(): Promise<void> {
    Object.assign(this.#switching, { isOn: true, attempts: 0 });
    this.#dialInOrder();
    await this.link.connection.reconnect();
  }

  #dialInOrder(): void {
    this.link.connection.setServers(serverPool(this.#place()));
  }

  /** Sends what has been published, then ends the connection. What is in flight is rejected. */
  async close(): Promise<void> {
    if (this.link.connection.isClosed()) return;
    await this.link.flush('close').catch(() => undefined);
    await this.link.connection.close();
  }
}

const nothing = new Uint8Array();

/** An acknowledgement says only that it is stored; the sender needs no more. */
function requireStored(answer: Msg, doing: string): Uint8Array {
  const { error } = answer.json<{ readonly error?: ApiError }>();
  if (error !== undefined) throw refusal(error, doing);
  return nothing;
}
