import { woken, type Clock } from '@accord/runtime/clock';

export interface BatchLimits {
  /** Handed over at so many, */
  readonly countMax: number;
  /** or so many bytes together, */
  readonly bytesMax: number;
  /** or this long after the first. */
  readonly ms: number;
}

interface Waiting<T> {
  readonly element: T;
  readonly bytes: number;
}

/** Between whoever tells something and the one loop that stores it. */
export class BatchQueue<T> {
  readonly #limits: BatchLimits;
  readonly #clock: Clock;
  #waiting: Waiting<T>[] = [];
  #bytes = 0;
  #wake: () => void = () => undefined;

  constructor(limits: BatchLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.length;
  }

  push(element: T, bytes: number): void {
    this.#waiting.push({ element, bytes });
    this.#bytes += bytes;
    if (this.#waiting.length === 1 || this.#isFull()) this.#wake();
  }

  /** Takes away the oldest. */
  drop(): void {
    this.#take(1);
  }

  /** The next batch; empty when `signal` aborts and nothing waits. */
  async next(signal: AbortSignal): Promise<readonly T[]> {
    const stop = (): void => this.#wake();
    signal.addEventListener('abort', stop, { once: true });
    while (this.#waiting.length === 0 && !signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (!this.#isFull() && !signal.aborted) {
      const pause = new AbortController();
      this.#wake = () => pause.abort(woken);
      await this.#clock.sleep(this.#limits.ms, pause.signal);
    }
    signal.removeEventListener('abort', stop);
    this.#wake = () => undefined;
    return this.#take(this.#countOfBatch());
  }

  #isFull(): boolean {
    return this.#waiting.length >= this.#limits.countMax || this.#bytes >= this.#limits.bytesMax;
  }

  #countOfBatch(): number {
    let bytes = 0;
    const tooMuch = this.#waiting.slice(0, this.#limits.countMax).findIndex((waiting, at) => {
      bytes += waiting.bytes;
      return at > 0 && bytes > this.#limits.bytesMax;
    });
    return tooMuch === -1 ? Math.min(this.#waiting.length, this.#limits.countMax) : tooMuch;
  }

  #take(count: number): readonly T[] {
    const taken = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    for (const { bytes } of taken) this.#bytes -= bytes;
    return taken.map(({ element }) => element);
  }
}
