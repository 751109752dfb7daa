import { breathe } from './breathe.ts';
import type { Clock } from './clock.ts';

/**
 * How much of one turn of the event loop long work may take, or a stream of messages: a socket that brings them faster than they are worked
 * off holds up everything else otherwise, as Node reads up to two megabytes of it before it looks at the next one.
 *
 * Asked before each `breathe`, as an await for each cell of a fleet costs more than the cell.
 */
export class TurnShare {
  readonly #clock: Clock;
  readonly #maxMs: number;
  #sinceMs: number | undefined;

  constructor(clock: Clock, maxMs: number) {
    this.#clock = clock;
    this.#maxMs = maxMs;
  }

  /** False until `maxMs` after the first question of a turn; what is left then waits for the next turn. */
  isUsedUp(): boolean {
    if (this.#sinceMs === undefined) {
      this.#sinceMs = this.#clock.now();
      void this.#renew();
    }
    return this.#clock.now() - this.#sinceMs > this.#maxMs;
  }

  async #renew(): Promise<void> {
    await breathe();
    this.#sinceMs = undefined;
  }
}
