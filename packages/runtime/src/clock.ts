/** Time, as loops and state machines see it. */
export interface Clock {
  /** Milliseconds since the epoch, with a fraction. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Why a sleep ends early. An abort without a reason makes an error with a stack, which costs more than the sleep, thousands of times a second. */
export const woken = 'woken';

/** Below this the two clocks differ by rounding and by how they are read. */
const jumpMsMin = 1_000;

/**
 * Wall time that never goes back. It counts on the monotonic clock, which stands still while a machine sleeps: after that, or when a
 * wrong clock is set forward, it jumps to the wall clock, as others judge tokens and proofs by theirs. Exported for its test.
 */
export function steadyTime({
  monotonic,
  wall,
  originMs,
}: {
  readonly monotonic: () => number;
  readonly wall: () => number;
  /** Wall time at the zero of the monotonic clock. */
  readonly originMs: number;
}): () => number {
  let offset = originMs;
  return () => {
    const behindMs = wall() - (monotonic() + offset);
    if (behindMs > jumpMsMin) offset += behindMs;
    return monotonic() + offset;
  };
}

export const systemClock: Clock = {
  now: steadyTime({ monotonic: () => performance.now(), wall: () => Date.now(), originMs: performance.timeOrigin }),
  sleep: (ms, signal) => {
    if (signal.aborted) return Promise.resolve();
    // Not that of node:timers/promises: it makes an error as well.
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake, { once: true });
    });
  },
};

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  constructor(startMs = 0) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { at: this.#now + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Moves time forward and wakes whoever is due, in order. */
  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers].toSorted((a, b) => a.at - b.at)) if (sleeper.at <= this.#now) sleeper.wake();
  }
}
