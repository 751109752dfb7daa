import type { Clock } from '@accord/runtime/clock';
import type { EventFeed } from './event-feed.ts';

/** What may wait in one connection. */
const pendingBytesMax = 1024 * 1024;
/** Who takes nothing for so long is not there any more. */
const lostMs = 60_000;

/** As much of a stream as is written to. */
export interface Outlet {
  readonly writableLength: number;
  readonly write: (events: Buffer | string) => unknown;
  readonly on: (event: 'drain', listener: () => void) => unknown;
}

/**
 * One reader of events.
 *
 * What he does not take waits up to a limit. Beyond it he is told nothing more until he has taken all of that, and then that he has to read
 * anew: so he costs no more memory than that, and knows that he has missed something.
 */
export class EventReader {
  readonly #out: Outlet;
  readonly #feed: EventFeed;
  readonly #clock: Clock;
  /** Since when he is told nothing. */
  #behindSinceMs: number | undefined;

  constructor(out: Outlet, feed: EventFeed, clock: Clock) {
    this.#out = out;
    this.#feed = feed;
    this.#clock = clock;
  }

  /** Tells what was missed since `lastId`, where one is given, and goes on live until `signal` aborts. */
  start(lastId: string, signal: AbortSignal): void {
    this.#out.on('drain', () => this.#catchUp());
    this.#feed.follow((events) => this.#tell(events), signal);
    this.#out.write(': connected\n\n');
    const missed = lastId === '' ? undefined : this.#feed.missed(lastId);
    if (missed !== undefined) this.#tell(typeof missed === 'string' ? this.#feed.reset(missed) : missed);
    this.beat();
  }

  /** Shows that the hub is there, and tells the position, which moves also where there is nothing to tell. */
  beat(): void {
    if (this.#behindSinceMs === undefined) this.#out.write(`: alive\nid: ${this.#feed.id}\n\n`);
  }

  isLost(): boolean {
    return this.#behindSinceMs !== undefined && this.#clock.now() - this.#behindSinceMs > lostMs;
  }

  #tell(events: Buffer): void {
    if (this.#behindSinceMs !== undefined) return;
    if (this.#out.writableLength > pendingBytesMax) this.#behindSinceMs = this.#clock.now();
    else this.#out.write(events);
  }

  #catchUp(): void {
    if (this.#behindSinceMs === undefined) return;
    this.#behindSinceMs = undefined;
    this.#tell(this.#feed.reset('slow'));
  }
}
