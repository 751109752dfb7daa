import { breathe } from '@accord/runtime/breathe';
import type { Clock } from '@accord/runtime/clock';

/** Longer nobody else waits, but for one piece of work that takes longer. */
const sliceMs = 8;

/** Cuts long work into slices. Asked before each await, as an await for each cell of a fleet costs more than the cell. */
export class Pace {
  readonly #clock: Clock;
  #dueMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#dueMs = clock.now() + sliceMs;
  }

  get isDue(): boolean {
    return this.#clock.now() >= this.#dueMs;
  }

  /** Resolves after everybody else got to run, and begins the next slice. */
  async rest(): Promise<void> {
    await breathe();
    this.#dueMs = this.#clock.now() + sliceMs;
  }
}
