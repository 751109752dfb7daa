import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import { Refusal } from './refusal.ts';

const failuresMax = 10;
const windowMs = 60_000;
/** Addresses that are remembered; a flood from more than that forgets the oldest. */
const addressesMax = 10_000;

/** Ten failures from one address within a minute, then it is told to wait. Whoever succeeds is never slowed. */
export class FailureLimit {
  readonly #clock: Clock;
  readonly #failures = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts an attempt that is refused as `unauthenticated`, and then rejects with `busy`; one that is let in is never slowed. */
  async guard<Result>(address: string, attempt: () => Promise<Result>): Promise<Result> {
    try {
      return await attempt();
    } catch (error) {
      if (!isCoded(error, 'unauthenticated')) throw error;
      this.require(address);
      this.fail(address);
      throw error;
    }
  }

  /** Rejects with `busy`. */
  require(address: string): void {
    if (this.#recent(address).length < failuresMax) return;
    throw new Refusal('busy', `${failuresMax} attempts from ${address} failed within a minute`, {
      help: 'Wait a minute, and check the token before you try again.',
    });
  }

  fail(address: string): void {
    const failures = [...this.#recent(address), this.#clock.now()];
    this.#failures.delete(address);
    this.#failures.set(address, failures);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > addressesMax && oldest !== undefined) this.#failures.delete(oldest);
  }

  #recent(address: string): readonly number[] {
    return (this.#failures.get(address) ?? []).filter((atMs) => this.#clock.now() - atMs < windowMs);
  }
}
