import type { ClusterId } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';

/** What the hub itself sees that only a person can judge. docs/reference/revocation.md says what each means. */
export const alarmCodes = ['SecondConnection', 'RevokedLogin', 'ForgedReport', 'Flood', 'ManyRevocations'] as const;
export type AlarmCode = (typeof alarmCodes)[number];

interface Alarm {
  readonly cluster: ClusterId | undefined;
  readonly text: string;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
}

export interface AlarmBookDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly onRaised?: (code: AlarmCode, cluster: ClusterId | undefined, text: string) => void;
}

/** An alarm is shown until this long after it was last raised. */
const keepMs = 3_600_000;

/** The alarms of the hub: at most one of each code and cluster, so that nobody fills it. A hub that starts again begins anew. */
export class AlarmBook {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onRaised: ((code: AlarmCode, cluster: ClusterId | undefined, text: string) => void) | undefined;
  readonly #alarms = new Map<string, Alarm>();

  /** `onRaised` hears of an alarm that was not raised before, or not for an hour. */
  constructor({ clock, log, onRaised }: AlarmBookDeps) {
    this.#clock = clock;
    this.#log = log;
    this.#onRaised = onRaised;
  }

  /** Without a cluster it is one of the whole fleet. It is logged the first, the tenth, the hundredth time. */
  raise(code: AlarmCode, cluster: ClusterId | undefined, text: string): void {
    const nowMs = this.#clock.now();
    const before = this.#recent(keyOf(code, cluster));
    const alarm = { cluster, text, firstMs: before?.firstMs ?? nowMs, lastMs: nowMs, count: (before?.count ?? 0) + 1 };
    this.#alarms.set(keyOf(code, cluster), alarm);
    if (before === undefined) this.#onRaised?.(code, cluster, text);
    if (Math.log10(alarm.count) % 1 === 0) this.#log.warn('alarm', { alarm: code, cluster, because: text, count: alarm.count });
  }

  /** It is over, and nobody has to look at it. */
  clear(code: AlarmCode, cluster: ClusterId | undefined): void {
    this.#alarms.delete(keyOf(code, cluster));
  }

  /** Sentences, of one cluster or of the whole fleet. They change rarely: how often is told by powers of ten. */
  of(cluster: ClusterId | undefined): readonly string[] {
    return alarmCodes.flatMap((code) => {
      const alarm = this.#recent(keyOf(code, cluster));
      return alarm === undefined ? [] : [sentenceOf(alarm)];
    });
  }

  /** How many are raised now, of each code. */
  raised(): ReadonlyMap<AlarmCode, number> {
    const keys = [...this.#alarms.keys()].filter((key) => this.#recent(key) !== undefined);
    return new Map(alarmCodes.map((code) => [code, keys.filter((key) => key.startsWith(`${code}/`)).length]));
  }

  #recent(key: string): Alarm | undefined {
    const alarm = this.#alarms.get(key);
    return alarm === undefined || this.#clock.now() - alarm.lastMs > keepMs ? undefined : alarm;
  }
}

function keyOf(code: AlarmCode, cluster: ClusterId | undefined): string {
  return `${code}/${cluster ?? ''}`;
}

function sentenceOf({ text, firstMs, count }: Alarm): string {
  const magnitude = 10 ** Math.floor(Math.log10(count));
  const often = magnitude > 1 ? `, ${magnitude} times or more` : '';
  return `${text} (since ${new Date(firstMs).toISOString()}${often})`;
}
