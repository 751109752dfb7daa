import type { Clock } from '@accord/runtime/clock';

const everyMs = 100;
/** Ten minutes without a scrape; older samples leave first. */
const samplesMax = 6_000;

/** How late this process wakes up: what every request waits before it is looked at. */
export class LoopDelay {
  readonly #clock: Clock;
  #samples: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const dueMs = this.#clock.now() + everyMs;
      await this.#clock.sleep(everyMs, signal);
      this.#samples.push(Math.max(0, this.#clock.now() - dueMs));
      if (this.#samples.length > samplesMax) this.#samples = this.#samples.slice(-samplesMax / 2);
    }
  }

  /** Since it was last taken. */
  take(): readonly { readonly quantile: string; readonly ms: number }[] {
    const sorted = this.#samples.toSorted((a, b) => a - b);
    this.#samples = [];
    return [0.5, 0.99].map((part) => ({ quantile: String(part), ms: sorted[Math.floor(part * (sorted.length - 1))] ?? 0 }));
  }
}
