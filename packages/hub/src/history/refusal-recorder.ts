import type { AuditRecord } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';

export type Refused = Omit<AuditRecord, 'atMs' | 'count' | 'result'>;

const windowMs = 60_000;
/** Addresses, or refusals of known callers, that are counted apart; those beyond are counted together. */
const countedMax = 1_000;

interface Counted {
  readonly fromMs: number;
  /** Since the entry that was told at once. */
  count: number;
  last: Refused;
}

/**
 * Refusals for the audit. The first is told at once, and what follows within a minute is counted: of somebody whom nobody knows whatever he
 * asks, of a caller who is known the same again. Whoever tries a thousand tokens, or one thing in a loop, may not push everything else out
 * of the history.
 */
export class RefusalRecorder {
  readonly #tell: (entry: AuditRecord) => void;
  readonly #clock: Clock;
  readonly #counted = new Map<string, Counted>();

  constructor(tell: (entry: AuditRecord) => void, clock: Clock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  refuse(entry: Refused, isKnown: boolean): void {
    const nowMs = this.#clock.now();
    this.settle();
    const { actor, action, object, detail } = entry;
    const who = isKnown ? JSON.stringify([actor, action, object, detail]) : actor;
    const key = this.#counted.size < countedMax || this.#counted.has(who) ? who : 'elsewhere';
    const counted = this.#counted.get(key);
    if (counted === undefined) {
      this.#counted.set(key, { fromMs: nowMs, count: 0, last: entry });
      return this.#say(entry, 1);
    }
    counted.count += 1;
    counted.last = entry;
  }

  /** Tells what was counted, as soon as its minute is over. */
  settle(): void {
    for (const [key, { fromMs, count, last }] of this.#counted) {
      if (this.#clock.now() - fromMs < windowMs) continue;
      this.#counted.delete(key);
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
