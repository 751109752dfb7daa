import { CodedError } from '@accord/proto/coded-error';
import { errors, type Msg, type MsgHdrs, type NatsConnection, type Payload } from '@nats-io/transport-node';
import { refusal, requestFailure, type ApiError } from './nats-error.ts';

export type ConnectionState = 'connected' | 'disconnected';
type Listener = (state: ConnectionState) => void;

export interface Send {
  /** For the error's message: what was being done. */
  readonly doing: string;
  readonly timeoutMs: number;
  readonly headers?: MsgHdrs;
}

/**
 * One NATS connection that says whether it is there.
 *
 * The client neither rejects requests when their connection breaks, nor refuses to queue new ones while there is none; both would
 * run into their timeouts, and a repair would hang for seconds.
 */
export class Link {
  readonly connection: NatsConnection;
  readonly timeoutMs: number;
  readonly #inFlight = new Set<() => void>();
  readonly #listeners = new Set<Listener>();
  readonly #seen = new Set<string>();
  readonly #onError: (error: Error) => void;
  #state: ConnectionState = 'connected';

  constructor(connection: NatsConnection, timeoutMs: number, onError: (error: Error) => void) {
    this.connection = connection;
    this.timeoutMs = timeoutMs;
    this.#onError = onError;
    void this.#watch();
  }

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  listen(listener: Listener, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
    listener(this.#state);
  }

  /** Resolves with true as soon as the connection is there, and with false when `signal` aborts first. */
  async whenConnected(signal: AbortSignal): Promise<boolean> {
    if (!this.isConnected && !signal.aborted) {
      const done = new AbortController();
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true, signal: done.signal });
        this.listen((state) => state === 'connected' && resolve(), done.signal);
      });
      done.abort();
    }
    return !signal.aborted;
  }

  /** Rejects with `timeout` when the connection breaks on the way: whether the request was carried out is unknown. */
  request(subject: string, body: Payload, { doing, timeoutMs, headers }: Send): Promise<Msg> {
    if (!this.isConnected) return Promise.reject(new CodedError('unavailable', `${doing}: not connected to NATS`));
    const answer = this.connection.request(subject, body, headers === undefined ? { timeout: timeoutMs } : { timeout: timeoutMs, headers });
    return this.#unlessBroken(
      answer.catch((error: unknown) => {
        throw requestFailure(error, doing);
      }),
      () => new CodedError('timeout', `${doing}: the connection broke before the answer`),
    );
  }

  /** Sends without an answer; the caller has seen that the connection is there. */
  send(subject: string, body: Uint8Array, fields: MsgHdrs, doing: string): void {
    try {
      this.connection.publish(subject, body, { headers: fields });
    } catch (error) {
      throw requestFailure(error, doing);
    }
  }

  /** A call of the JetStream API, with its answer in JSON. Hub only. */
  async api<Answer extends object>(subject: string, body: unknown, doing: string): Promise<Answer> {
    const answer = await this.tryApi<Answer>(subject, body, doing);
    if ('error' in answer) throw refusal(answer.error, doing);
    return answer;
  }

  /** As `api`, for callers to whom one of the refusals is an answer. */
  async tryApi<Answer extends object>(subject: string, body: unknown, doing: string): Promise<Answer | { readonly error: ApiError }> {
    const message = await this.request(`$JS.API.${subject}`, JSON.stringify(body), { doing, timeoutMs: this.timeoutMs });
    return message.json<Answer | { readonly error: ApiError }>();
  }

  /** Resolves when everything that was sent before has reached the server; `unavailable` when the connection breaks. */
  async flush(doing: string): Promise<void> {
    if (!this.isConnected) throw new CodedError('unavailable', `${doing}: not connected to NATS`);
    const broken = (cause?: unknown): CodedError => new CodedError('unavailable', `${doing}: the connection broke`, { cause });
    await this.#unlessBroken(
      this.connection.flush().catch((cause: unknown) => {
        throw broken(cause);
      }),
      broken,
    );
  }

  /** Hands on what no call can be answered with; a refused permission only the first time. */
  report(error: Error): void {
    if (error instanceof errors.PermissionViolationError) {
      const kind = `${error.operation} ${error.subject}`;
      if (this.#seen.has(kind)) return;
      this.#seen.add(kind);
    }
    this.#onError(error);
  }

  async #watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.#become('disconnected');
      else if (status.type === 'reconnect') this.#become('connected');
      else if (status.type === 'error') this.report(status.error);
    }
    this.#become('disconnected');
  }

  #unlessBroken<T>(answer: Promise<T>, broken: () => CodedError): Promise<T> {
    return new Promise((resolve, reject) => {
      const abandon = (): void => reject(broken());
      this.#inFlight.add(abandon);
      void answer.finally(() => this.#inFlight.delete(abandon)).then(resolve, reject);
    });
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'connected') this.#seen.clear();
    else for (const abandon of this.#inFlight) abandon();
    // A copy: who begins to listen in a listener has been told already.
    const listeners = Array.from(this.#listeners);
    for (const listener of listeners) listener(state);
  }
}
