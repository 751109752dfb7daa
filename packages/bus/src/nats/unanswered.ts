import type { Stream } from '@accord/proto/subjects';

/**
 * Tells a store that answers nothing any more from a write that was only slow: two in a row, to the same stream.
 *
 * Whoever is told starts the server anew, and thousands of spokes dial again: under load that is the last thing to do for one late answer.
 */
export class Unanswered {
  readonly #since = new Map<Stream, number>();
  readonly #onSilent: (sinceMs: number) => void;

  constructor(onSilent: (sinceMs: number) => void) {
    this.#onSilent = onSilent;
  }

  answered(stream: Stream): void {
    this.#since.delete(stream);
  }

  /** A write that was begun then got no answer in time. */
  missed(stream: Stream, sinceMs: number): void {
    const before = this.#since.get(stream);
    this.#since.set(stream, sinceMs);
    // Two that were begun together waited for one and the same thing.
    if (before !== undefined && sinceMs - before >= apartMs) this.#onSilent(sinceMs);
    else if (before !== undefined) this.#since.set(stream, before);
  }
}

/** A little less than what the hub waits for an answer. */
const apartMs = 4_000;
