import type { Clock } from '@accord/runtime/clock';
import { initialLimit, observe, type AdaptiveLimit, type Observation } from './adaptive-limit.ts';

export type Verdict = Pick<Observation, 'verdict' | 'retryAfterMs'>;

/** Lets writes through in order of arrival, as many at once as the server takes well. */
export class WriteGate {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #state: AdaptiveLimit;
  #inFlight = 0;

  /** `max` writes at once are on the wire at most. */
  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.#state = initialLimit(max);
  }

  get limit(): number {
    return this.#state.limit;
  }

  /** Runs `work` when it is its turn. `judge` says how the server took it; a rejection counts as a failure. */
  async run<T>(work: () => Promise<T>, judge: (result: T) => Verdict, signal: AbortSignal): Promise<T> {
    await this.#enter(signal);
    const startedAtMs = this.#clock.now();
    let verdict: Verdict = { verdict: 'failed' };
    try {
      const result = await work();
      verdict = judge(result);
      return result;
    } finally {
      this.#leave(startedAtMs, verdict);
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.#inFlight >= this.#state.limit) await this.#turn(signal);
    this.#inFlight += 1;
    const pauseMs = this.#state.notBeforeMs - this.#clock.now();
    if (pauseMs > 0) await this.#clock.sleep(pauseMs, signal);
  }

  #leave(startedAtMs: number, verdict: Verdict): void {
    const saturated = this.#waiting.size > 0;
    this.#inFlight -= 1;
    this.#state = observe(this.#state, { startedAtMs, endedAtMs: this.#clock.now(), saturated, ...verdict });
    let free = this.#state.limit - this.#inFlight;
    for (const wake of this.#waiting) {
      if (free <= 0) return;
      free -= 1;
      wake();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
