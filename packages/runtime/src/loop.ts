import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

export interface LoopOptions<Key extends string> {
  readonly name: string;
  /**
   * One idempotent pass over the whole state of the given keys. It is told which keys may be
   * wrong, never what changed. Keys that could not be settled are returned and come back later.
   */
  readonly pass: (keys: ReadonlySet<Key>, signal: AbortSignal) => Promise<ReadonlySet<Key>>;
  /** Every key there is; a lost mark costs one interval and never correctness. */
  readonly allKeys: () => Iterable<Key>;
  readonly everythingMs: number;
  readonly retryMsFirst: number;
  readonly retryMsMax: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** The one place in the system that repeats, backs off and stops. */
export class Loop<Key extends string> {
  readonly #options: LoopOptions<Key>;
  readonly #dirty = new Set<Key>();
  readonly #unsettled = new Set<Key>();
  #wake: () => void = () => undefined;
  #isBusy = false;
  #idle: (() => void)[] = [];

  constructor(options: LoopOptions<Key>) {
    this.#options = options;
  }

  /** Asks for a pass over `key` soon. Marks during a pass lead to exactly one more. */
  mark(key: Key): void {
    this.#dirty.add(key);
    this.#wake();
  }

  /** Resolves when no pass runs and nothing is marked; keys that wait for their retry do not count. */
  settled(): Promise<void> {
    return this.#isBusy || this.#dirty.size > 0 ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { allKeys, everythingMs, retryMsFirst, retryMsMax, clock } = this.#options;
    let everythingAt = clock.now() + everythingMs;
    let retryAt = Number.POSITIVE_INFINITY;
    let retryMs = retryMsFirst;
    for (const key of allKeys()) this.#dirty.add(key);
    while (!signal.aborted) {
      const now = clock.now();
      if (now >= everythingAt) {
        for (const key of allKeys()) this.#dirty.add(key);
        everythingAt = now + everythingMs;
      }
      if (now >= retryAt) {
        for (const key of this.#unsettled) this.#dirty.add(key);
        retryAt = Number.POSITIVE_INFINITY;
      }
      if (this.#dirty.size > 0) {
        await this.#pass(retryMs, signal);
        if (this.#unsettled.size === 0) retryMs = retryMsFirst;
        else if (retryAt === Number.POSITIVE_INFINITY) {
          // Jitter is left to the first delay being short; one process retries, not a fleet in step.
          retryAt = clock.now() + retryMs;
          retryMs = Math.min(retryMs * 2, retryMsMax);
        }
      }
      if (this.#dirty.size === 0 && !signal.aborted) await this.#pause(Math.min(everythingAt, retryAt) - clock.now(), signal);
    }
  }

  async #pass(retryMs: number, signal: AbortSignal): Promise<void> {
    const { name, pass, log } = this.#options;
    const keys = new Set(this.#dirty);
    this.#dirty.clear();
    this.#isBusy = true;
    let unsettled: ReadonlySet<Key> = keys;
    try {
      unsettled = await pass(keys, signal);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error; // A bug: let the process die visibly.
      if (!signal.aborted) log.warn('pass failed', { loop: name, code: error.code, retryMs, error });
    } finally {
      this.#isBusy = false;
      if (this.#dirty.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
    for (const key of keys) if (!unsettled.has(key)) this.#unsettled.delete(key);
    for (const key of unsettled) this.#unsettled.add(key);
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const wake = new AbortController();
    this.#wake = () => wake.abort();
    const stop = (): void => wake.abort();
    signal.addEventListener('abort', stop, { once: true });
    await this.#options.clock.sleep(Math.max(0, ms), wake.signal);
    signal.removeEventListener('abort', stop);
    this.#wake = () => undefined;
  }
}
