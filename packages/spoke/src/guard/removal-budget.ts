import type { Clock } from '@accord/runtime/clock';

const hourMs = 3_600_000;

/** How much was deleted within the last hour, for the owner who bounds it. A restart forgets it, which the hub cannot bring about. */
export class RemovalBudget {
  readonly #clock: Clock;
  #times: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(): void {
    this.#times.push(this.#clock.now());
  }

  left(max: number): number {
    const since = this.#clock.now() - hourMs;
    this.#times = this.#times.filter((ms) => ms > since);
    return Math.max(0, max - this.#times.length);
  }
}
