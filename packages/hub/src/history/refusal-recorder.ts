import type { AuditRecord } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';

export type Refused = Omit<AuditRecord, 'atMs' | 'count' | 'result'>;

const windowMs = 60_000;
/** Addresses that are counted apart; those beyond are counted together. */
const strangersMax = 1_000;

interface Stranger {
  readonly fromMs: number;
  /** Since the entry that was told at once. */
  count: number;
  last: Refused;
}

/**
 * Refusals for the audit. Of somebody whom nobody knows the first is told at once, and what follows within a minute is counted: whoever
 * tries a thousand tokens may not push everything else out of the history.
 */
export class RefusalRecorder {
  readonly #tell: (entry: AuditRecord) => void;
  readonly #clock: Clock;
  readonly #strangers = new Map<string, Stranger>();

  constructor(tell: (entry: AuditRecord) => void, clock: Clock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  refuse(entry: Refused, isKnown: boolean): void {
    const nowMs = this.#clock.now();
    this.settle();
    if (isKnown) return this.#say(entry, 1);
    const key = this.#strangers.size < strangersMax || this.#strangers.has(entry.actor) ? entry.actor : 'elsewhere';
    const counted = this.#strangers.get(key);
    if (counted === undefined) {
      this.#strangers.set(key, { fromMs: nowMs, count: 0, last: entry });
      return this.#say(entry, 1);
    }
    counted.count += 1;
    counted.last = entry;
  }

  /** Tells what was counted, as soon as its minute is over. */
  settle(): void {
    for (const [key, { fromMs, count, last }] of this.#strangers) {
      if (this.#clock.now() - fromMs < windowMs) continue;
      this.#strangers.delete(key);
      if (count > 0) this.#say(last, count);
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(windowMs / 4, signal);
      this.settle();
    }
  }

  #say(entry: Refused, count: number): void {
    this.#tell({ ...entry, result: 'refused', atMs: this.#clock.now(), count });
  }
}
