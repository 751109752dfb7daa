import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Item, Stored } from './bus.ts';
import { matchSubject } from './match-subject.ts';
import type { StreamDefinition } from './stream-definitions.ts';
import { Wakeup } from './wakeup.ts';

/** What a stream held at one time; made and read by `MemoryStream` alone. */
export interface Backup {
  readonly messages: readonly Stored[];
  readonly lastSeq: number;
}

export interface NextQuery {
  readonly afterSeq: number;
  readonly filters: readonly string[];
  readonly lastPerSubject: boolean;
}

/** One stream with the rules of JetStream, in memory. */
export class MemoryStream {
  readonly changed = new Wakeup();
  readonly #definition: StreamDefinition;
  readonly #clock: Clock;
  /** The message with sequence n is at n - 1. */
  #log: (Stored | undefined)[] = [];
  #seqsOf = new Map<string, number[]>();
  #expiresAt = new Map<number, number>();
  #nextExpiry = Number.POSITIVE_INFINITY;
  #ids = new Map<string, { readonly seq: number; readonly forgetAt: number }>();
  #incarnation = 1;

  constructor(definition: StreamDefinition, clock: Clock) {
    this.#definition = definition;
    this.#clock = clock;
  }

  /** Another number means another history: what was read before says nothing about what is here. */
  get incarnation(): number {
    return this.#incarnation;
  }

  get lastSeq(): number {
    return this.#log.length;
  }

  /** Throws `conflict` when the last message of the subject is not the expected one. */
  checkExpectation({ subject, expectSeq }: Item): void {
    const seq = this.last(subject)?.seq ?? 0;
    if (expectSeq !== undefined && expectSeq !== seq) throw new CodedError('conflict', `append to ${subject}: wrong last sequence: ${seq}`);
  }

  /** The sequence under which a message with this id was stored, as long as the stream remembers it. */
  seqOfId(msgId: string): number | undefined {
    const known = this.#ids.get(msgId);
    return known !== undefined && known.forgetAt > this.#clock.now() ? known.seq : undefined;
  }

  store({ subject, body, ttlSeconds }: Item, marks: { readonly tx: string; readonly msgId?: string }): Stored {
    this.#expire();
    const stored: Stored = { subject, seq: this.#log.length + 1, body, tx: marks.tx };
    this.#add(stored);
    const { ageMsMax, duplicateWindowMs } = this.#definition;
    const liveMs = ttlSeconds === undefined ? ageMsMax : ttlSeconds * 1_000;
    if (liveMs !== undefined) this.#expireAt(stored.seq, this.#clock.now() + liveMs);
    if (marks.msgId !== undefined) this.#ids.set(marks.msgId, { seq: stored.seq, forgetAt: this.#clock.now() + duplicateWindowMs });
    this.changed.wake();
    return stored;
  }

  last(subject: string): Stored | undefined {
    this.#expire();
    return this.at(this.#seqsOf.get(subject)?.at(-1) ?? 0);
  }

  at(seq: number): Stored | undefined {
    return this.#log[seq - 1];
  }

  /** The first message after a position. */
  next({ afterSeq, filters, lastPerSubject }: NextQuery): Stored | undefined {
    this.#expire();
    for (let seq = afterSeq + 1; seq <= this.#log.length; seq += 1) {
      const stored = this.at(seq);
      if (stored === undefined || (lastPerSubject && this.#seqsOf.get(stored.subject)?.at(-1) !== seq)) continue;
      if (filters.length === 0 || filters.some((filter) => matchSubject(filter, stored.subject))) return stored;
    }
    return undefined;
  }

  purge(filter: string): void {
    this.#expire();
    for (const stored of this.#log) if (stored !== undefined && matchSubject(filter, stored.subject)) this.#drop(stored.seq);
  }

  backup(): Backup {
    this.#expire();
    return { messages: this.#log.filter((stored) => stored !== undefined), lastSeq: this.#log.length };
  }

  /** Begins another history with these messages. Expiry times are not restored. */
  restore({ messages, lastSeq }: Backup): void {
    this.#log = [];
    this.#seqsOf = new Map();
    this.#expiresAt = new Map();
    this.#nextExpiry = Number.POSITIVE_INFINITY;
    this.#ids = new Map();
    this.#incarnation += 1;
    for (const stored of messages) this.#add(stored);
    this.#log.length = lastSeq;
    this.changed.wake();
  }

  #add(stored: Stored): void {
    this.#log[stored.seq - 1] = stored;
    const seqs = this.#seqsOf.get(stored.subject) ?? [];
    this.#seqsOf.set(stored.subject, seqs);
    seqs.push(stored.seq);
    const { msgsPerSubjectMax = Number.POSITIVE_INFINITY } = this.#definition;
    if (seqs.length > msgsPerSubjectMax) this.#drop(seqs[0] ?? 0);
  }

  #drop(seq: number): void {
    const stored = this.at(seq);
    this.#expiresAt.delete(seq);
    if (stored === undefined) return;
    this.#log[seq - 1] = undefined;
    const left = this.#seqsOf.get(stored.subject)?.filter((other) => other !== seq) ?? [];
    if (left.length === 0) this.#seqsOf.delete(stored.subject);
    else this.#seqsOf.set(stored.subject, left);
  }

  #expireAt(seq: number, at: number): void {
    this.#expiresAt.set(seq, at);
    this.#nextExpiry = Math.min(this.#nextExpiry, at);
  }

  /** Without a timer: nobody can tell when a message went, only that it is not there. */
  #expire(): void {
    const now = this.#clock.now();
    if (now < this.#nextExpiry) return;
    this.#nextExpiry = Number.POSITIVE_INFINITY;
    for (const [seq, at] of this.#expiresAt) {
      if (at <= now) this.#drop(seq);
      else this.#nextExpiry = Math.min(this.#nextExpiry, at);
    }
  }
}
