import type { AuditRecord } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';

/** Who comes from an address that is known is told of again after this long. */
const againMs = 24 * 3_600_000;
/** Addresses of one caller that are told apart within that time; those beyond are told of once, together. */
const addressesMax = 20;
/** Callers that are remembered; whoever was forgotten is told of again. */
const callersMax = 20_000;

const elsewhere = 'elsewhere';

/**
 * From where callers and clusters come, for the audit: the first time from each address, and then once a day. However many requests or
 * connections there are, each caller fills at most twenty-one entries a day.
 */
export class CallersSeen {
  readonly #tell: (entry: AuditRecord) => void;
  readonly #clock: Clock;
  readonly #seen = new Map<string, Map<string, number>>();

  constructor(tell: (entry: AuditRecord) => void, clock: Clock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  /** `detail` goes behind the address. */
  see({ actor, action, object, address, detail = '' }: CallerSeen): void {
    const nowMs = this.#clock.now();
    const seen = this.#of(`${action} ${actor}`);
    const isFresh = (key: string): boolean => nowMs - (seen.get(key) ?? -Infinity) < againMs;
    if (isFresh(address)) return;
    for (const [known, atMs] of seen) if (nowMs - atMs >= againMs) seen.delete(known);
    const key = seen.size < addressesMax ? address : elsewhere;
    if (isFresh(key)) return;
    seen.set(key, nowMs);
    const from = key === elsewhere ? `from more than ${addressesMax} addresses, now from ${address}` : `from ${address}`;
    const rest = { change: '', reason: '', source: '', result: 'done', atMs: nowMs, count: 1 };
    this.#tell({ actor, action, object, detail: `${from}${detail}`, ...rest });
  }

  /** Whoever came last is forgotten last. */
  #of(who: string): Map<string, number> {
    const seen = this.#seen.get(who) ?? new Map<string, number>();
    this.#seen.delete(who);
    this.#seen.set(who, seen);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > callersMax && oldest !== undefined) this.#seen.delete(oldest);
    return seen;
  }
}

export interface CallerSeen {
  readonly actor: string;
  readonly action: 'CallerSeen' | 'Connected';
  readonly object: string;
  readonly address: string;
  readonly detail?: string;
}
