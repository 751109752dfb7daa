import type { Stream } from '@accord/proto/subjects';

export interface UnansweredDeps {
  /** The last sequence of a stream; undefined when the server does not tell. */
  readonly lastSeqOf: (stream: Stream) => Promise<number | undefined>;
  readonly onSilent: (sinceMs: number) => void;
}

/**
 * Tells a store that takes nothing any more from one that is slow: of two writes in a row to the same stream neither got an answer, and
 * nothing was stored there since the last answer.
 *
 * Whoever is told starts the server anew, and thousands of spokes dial again: under load that is the last thing to do. A server that
 * delivers a change to ten thousand connections stores it at once, and answers when it is done.
 */
export class Unanswered {
  readonly #deps: UnansweredDeps;
  readonly #since = new Map<Stream, number>();
  readonly #lastSeq = new Map<Stream, number>();

  constructor(deps: UnansweredDeps) {
    this.#deps = deps;
  }

  /** `seq` where something was stored. */
  answered(stream: Stream, seq = 0): void {
    this.#since.delete(stream);
    this.#stood(stream, seq);
  }

  /** A write that was begun then got no answer in time. Resolves when it is judged. */
  async missed(stream: Stream, sinceMs: number): Promise<void> {
    const before = this.#since.get(stream);
    // Two that were begun together waited for one and the same thing.
    if (before !== undefined && sinceMs - before < apartMs) return;
    this.#since.set(stream, sinceMs);
    if (before === undefined) return;
    const seq = await this.#deps.lastSeqOf(stream);
    if (seq === undefined || !this.#stood(stream, seq)) this.#deps.onSilent(sinceMs);
  }

  /** True when it has moved on since. */
  #stood(stream: Stream, seq: number): boolean {
    if (seq <= (this.#lastSeq.get(stream) ?? 0)) return false;
    this.#lastSeq.set(stream, seq);
    return true;
  }
}

/** A little less than what the hub waits for an answer. */
const apartMs = 4_000;
