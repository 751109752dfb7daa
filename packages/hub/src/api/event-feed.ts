import { randomBytes } from 'node:crypto';
import type { HubEvent } from '@accord/proto/api';
import { breathe } from '@accord/runtime/breathe';
import type { Clock } from '@accord/runtime/clock';
import type { Notice } from '../views/projection.ts';
import { eventOf } from './event-of.ts';
import type { ShownProjection } from './views.ts';

/** Why a reader has to read anew. */
export type ResetReason = Extract<HubEvent, { type: 'reset' }>['reason'];

interface Told {
  readonly n: number;
  readonly notice: Notice;
}

/** Notices that a reader may have missed and still gets. */
const keptMax = 10_000;
/** What is missed may be told in so much; beyond it lists are quicker. */
const missedBytesMax = 1024 * 1024;
/** At most a tenth of the time goes into telling. While one reader listens that is no delay; for hundreds it makes one batch of many notices. */
const restFactor = 9;
/** Who changes something comes before those who are told of it: so long, by the time that telling took the last time. */
const leadFactor = 2;

/**
 * What is told to the readers of one view, numbered.
 *
 * Each notice is made into bytes once for all of them. What is told of the same thing until the next batch is told once, as it is then. The
 * numbers are those of the view, so that they say nothing about what lies outside of it.
 */
export class EventFeed {
  readonly #projection: ShownProjection;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** Another one for each feed: numbers of another process, or of another view, mean nothing here. */
  readonly #boot = randomBytes(6).toString('hex');
  readonly #readers = new Set<(events: Buffer) => void>();
  #kept: Told[] = [];
  #last = 0;
  /** Up to where readers have been told. */
  #told = 0;
  #isTelling = false;
  /** How long telling took the last time. */
  #tookMs = 0;

  constructor(projection: ShownProjection, clock: Clock, signal: AbortSignal) {
    this.#projection = projection;
    this.#clock = clock;
    this.#signal = signal;
    projection.onNotice((notice) => this.#heed(notice), signal);
  }

  /** The position of whoever has been told everything so far. */
  get id(): string {
    return this.#idOf(this.#told);
  }

  /** Calls `reader` with each batch until `signal` aborts. */
  follow(reader: (events: Buffer) => void, signal: AbortSignal): void {
    // Who comes while nobody listens has missed nothing.
    if (this.#readers.size === 0 && !this.#isTelling) this.#told = this.#last;
    this.#readers.add(reader);
    signal.addEventListener('abort', () => this.#readers.delete(reader), { once: true });
  }

  /** What was told after a position; why it cannot be told where that is not a position of this feed, or too far back. */
  missed(id: string): Buffer | ResetReason {
    const n = this.#numberOf(id);
    if (n === undefined) return 'unknown';
    if (n < this.#last - this.#kept.length) return 'too-old';
    const events = this.#render(n, this.#told);
    return events.length > missedBytesMax ? 'too-old' : events;
  }

  reset(reason: ResetReason): Buffer {
    return Buffer.from(render(this.id, { type: 'reset', reason }));
  }

  #heed(notice: Notice): void {
    this.#last += 1;
    this.#kept.push({ n: this.#last, notice });
    // Half of it goes at once, so that what stays is seldom moved.
    if (this.#kept.length >= keptMax * 2) this.#kept = this.#kept.slice(-keptMax);
    if (this.#readers.size === 0 || this.#isTelling) return;
    this.#isTelling = true;
    void this.#tell();
  }

  async #tell(): Promise<void> {
    while (this.#readers.size > 0 && this.#told < this.#last && !this.#signal.aborted) {
      await breathe();
      await this.#pause(this.#tookMs * leadFactor);
      const startMs = this.#clock.now();
      const events = this.#render(this.#told, this.#last);
      this.#told = this.#last;
      if (events.length > 0) for (const reader of this.#readers) reader(events);
      this.#tookMs = this.#clock.now() - startMs;
      await this.#pause(this.#tookMs * restFactor);
    }
    this.#isTelling = false;
  }

  /** Timers have a resolution of a millisecond, so that less than that is none. */
  async #pause(ms: number): Promise<void> {
    if (ms >= 1) await this.#clock.sleep(ms, this.#signal);
  }

  /** Of the notices after one number up to another, the last of each thing. */
  #render(after: number, until: number): Buffer {
    const last = new Map<string, Told>();
    const first = this.#last - this.#kept.length;
    for (const told of this.#kept.slice(Math.max(0, after - first), until - first)) {
      const key = keyOf(told);
      last.delete(key);
      last.set(key, told);
    }
    let text = '';
    for (const { n, notice } of last.values()) {
      const event = eventOf(this.#projection, notice);
      if (event !== undefined) text += render(this.#idOf(n), event);
    }
    return Buffer.from(text);
  }

  #idOf(n: number): string {
    return `${this.#boot}-${n}`;
  }

  #numberOf(id: string): number | undefined {
    const [, n] = /^[0-9a-f]{12}-([0-9]{1,15})$/.exec(id) ?? [];
    if (n === undefined || !id.startsWith(`${this.#boot}-`) || Number(n) > this.#last) return undefined;
    return Number(n);
  }
}

/** As the standard has it. Source: HTML Living Standard, 9.2 Server-sent events. */
function render(id: string, event: HubEvent): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** What happened is told each time, how something is now once. */
function keyOf({ n, notice }: Told): string {
  switch (notice.type) {
    case 'policy':
      return `policy ${notice.policy}`;
    case 'cluster':
      return `cluster ${notice.id}`;
    case 'row':
      return `row ${notice.id} ${notice.policy}`;
    case 'change':
    case 'heal':
      return `${n}`;
  }
}
