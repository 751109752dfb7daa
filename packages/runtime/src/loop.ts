import { CodedError } from '@accord/proto/coded-error';
import { woken, type Clock } from './clock.ts';
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
  readonly #retries = new Map<Key, { readonly atMs: number; readonly pauseMs: number }>();
  #wake: () => void = () => undefined;
  #isBusy = false;
  #idle: (() => void)[] = [];

  constructor(options: LoopOptions<Key>) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** How many keys are marked or wait for their retry. */
  get waiting(): number {
    return this.waitingKeys().size;
  }

  waitingKeys(): ReadonlySet<Key> {
    return new Set([...this.#dirty, ...this.#retries.keys()]);
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
    const { allKeys, everythingMs, clock } = this.#options;
    let everythingAt = clock.now() + everythingMs;
    for (const key of allKeys()) this.#dirty.add(key);
    while (!signal.aborted) {
      const now = clock.now();
      if (now >= everythingAt) {
        for (const key of allKeys()) this.#dirty.add(key);
        everythingAt = now + everythingMs;
      }
      for (const [key, { atMs }] of this.#retries) if (now >= atMs) this.#dirty.add(key);
      if (this.#dirty.size > 0) await this.#pass(signal);
      const nextAt = Math.min(everythingAt, ...[...this.#retries.values()].map(({ atMs }) => atMs));
      if (this.#dirty.size === 0 && !signal.aborted) await this.#pause(nextAt - clock.now(), signal);
    }
  }

  async #pass(signal: AbortSignal): Promise<void> {
    const { name, pass, log } = this.#options;
    const keys = new Set(this.#dirty);
    this.#dirty.clear();
    this.#isBusy = true;
    let unsettled: ReadonlySet<Key> = keys;
    try {
      unsettled = await pass(keys, signal);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error; // A bug: let the process die visibly.
      if (!signal.aborted) log.warn('pass failed', { loop: name, code: error.code, keys: keys.size, error });
    } finally {
      this.#isBusy = false;
      if (this.#dirty.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
    for (const key of keys) if (!unsettled.has(key)) this.#retries.delete(key);
    for (const key of unsettled) this.#retryLater(key);
  }

  /** Each key has a pause of its own: one that fails for hours does not slow the others down. Jitter is left out, since one process retries and not a fleet in step. */
  #retryLater(key: Key): void {
    const { retryMsFirst, retryMsMax, clock } = this.#options;
    const before = this.#retries.get(key);
    const pauseMs = before === undefined ? retryMsFirst : Math.min(before.pauseMs * 2, retryMsMax);
    this.#retries.set(key, { atMs: clock.now() + pauseMs, pauseMs });
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const wake = new AbortController();
    this.#wake = () => wake.abort(woken);
    const stop = (): void => wake.abort(woken);
    signal.addEventListener('abort', stop, { once: true });
    await this.#options.clock.sleep(Math.max(0, ms), wake.signal);
    signal.removeEventListener('abort', stop);
    this.#wake = () => undefined;
  }
}
