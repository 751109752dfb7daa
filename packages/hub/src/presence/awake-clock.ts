import type { Moment } from '@accord/core/view/presence';
import type { Clock } from '@accord/runtime/clock';

const everyMs = 250;
/** A process that wakes up later than this was kept from running: by other work on its processor, or by its own. */
const lateMsMax = 1_000;

/** Time in which this process gets to run. What was silent while it stood still is not silent. */
export class AwakeClock {
  readonly #clock: Clock;
  /** At the last tick. Until `run` there is none, and the two clocks are one. */
  #tick: Moment | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly moment = (): Moment => {
    const atMs = this.#clock.now();
    const awakeMs = this.#tick === undefined ? atMs : this.#tick.awakeMs + Math.min(atMs - this.#tick.atMs, lateMsMax);
    return { atMs, awakeMs };
  };

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#tick = this.moment();
      await this.#clock.sleep(everyMs, signal);
    }
  }
}
