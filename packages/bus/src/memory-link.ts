import { CodedError } from '@accord/proto/coded-error';
import type { Live } from './bus.ts';
import { matchSubject } from './match-subject.ts';
import { Wakeup } from './wakeup.ts';

type State = 'connected' | 'disconnected';

export interface Responder {
  readonly filter: string;
  readonly answer: (request: Live) => Promise<Uint8Array>;
}

/** The connection of one MemoryBus: what it listens to, and whether it is there. */
export class MemoryLink {
  readonly changed = new Wakeup();
  readonly responders = new Set<Responder>();
  readonly #subscriptions = new Set<{ readonly filter: string; readonly onMessage: (message: Live) => void }>();
  readonly #listeners = new Set<(state: State) => void>();
  readonly #inFlight = new Set<() => void>();
  #arrivals: (() => void)[] = [];
  #state: State = 'connected';
  /** Live messages for which this is true do not arrive. */
  drops: (message: Live) => boolean = () => false;
  losesNextAnswer = false;

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  requireConnected(doing: string): void {
    if (!this.isConnected) throw new CodedError('unavailable', `${doing}: not connected`);
  }

  /** After a write: an answer that a test has lost leaves the writer in doubt. */
  requireAnswer(doing: string): void {
    if (!this.losesNextAnswer) return;
    this.losesNextAnswer = false;
    throw new CodedError('timeout', `${doing}: no answer in time`);
  }

  listen(listener: (state: State) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
    listener(this.#state);
  }

  become(state: State): void {
    if (state === this.#state) return;
    this.#state = state;
    this.changed.wake();
    if (state === 'disconnected') {
      this.#arrivals = [];
      for (const abandon of this.#inFlight) abandon();
    }
    // A copy: who begins to listen in a listener has been told already.
    const listeners = Array.from(this.#listeners);
    for (const listener of listeners) listener(state);
  }

  subscribe(filter: string, onMessage: (message: Live) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    const subscription = { filter, onMessage };
    this.#subscriptions.add(subscription);
    signal.addEventListener('abort', () => this.#subscriptions.delete(subscription), { once: true });
  }

  /** Hands a message to whoever listens now, in the order of calls, after the caller has gone on. */
  deliver(message: Live): void {
    if (!this.isConnected || this.drops(message)) return;
    for (const subscription of this.#subscriptions) {
      if (!matchSubject(subscription.filter, message.subject)) continue;
      this.arrive(() => this.#subscriptions.has(subscription) && subscription.onMessage(message));
    }
  }

  arrive(act: () => void): void {
    if (this.#arrivals.push(act) === 1) queueMicrotask(() => this.#drain());
  }

  /** Settles like `answer`, or rejects with `timeout` when the connection breaks first. */
  unlessBroken<T>(answer: Promise<T>, doing: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const abandon = (): void => reject(new CodedError('timeout', `${doing}: the connection broke before the answer`));
      this.#inFlight.add(abandon);
      void answer.finally(() => this.#inFlight.delete(abandon)).then(resolve, reject);
    });
  }

  #drain(): void {
    for (let act = this.#arrivals.shift(); act !== undefined; act = this.#arrivals.shift()) act();
  }
}
