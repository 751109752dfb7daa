import type { Clock } from '@accord/runtime/clock';
import { Refusal } from './refusal.ts';

/** Callers that are remembered; whoever was forgotten begins with all that he may. */
const callersMax = 10_000;
const minuteMs = 60_000;

interface Bucket {
  left: number;
  atMs: number;
}

/** So many requests a minute for each key, a minute's worth of them at once. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perMinute: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  /** Rejects with `busy`, and says when to come back. */
  take(key: string): void {
    const nowMs = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { left: this.#perMinute, atMs: nowMs };
    const gained = ((nowMs - bucket.atMs) * this.#perMinute) / minuteMs;
    const left = Math.min(this.#perMinute, bucket.left + Math.max(0, gained));
    this.#remember(key, { left: left < 1 ? left : left - 1, atMs: nowMs });
    if (left >= 1) return;
    const waitSeconds = Math.max(1, Math.ceil(((1 - left) * minuteMs) / this.#perMinute / 1_000));
    throw new Refusal('busy', `more than ${this.#perMinute} requests a minute of ${key}`, {
      help: `Wait ${waitSeconds} s, and ask less often: a watch or ?wait=applied tells without asking.`,
      retryAfterSeconds: waitSeconds,
    });
  }

  #remember(key: string, bucket: Bucket): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > callersMax && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
