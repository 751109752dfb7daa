import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import { Refusal } from './refusal.ts';

const failuresMax = 10;
const windowMs = 60_000;
/** Callers that are remembered; a flood from more than that forgets the oldest. */
const callersMax = 10_000;

/** Ten failures of one caller within a minute, then he is told to wait: an address, or what he says at an address to be. Whoever succeeds is never slowed. */
export class FailureLimit {
  readonly #clock: Clock;
  readonly #failures = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts an attempt that fails, by default one that is refused as `unauthenticated`, and then rejects with `busy`; one that is let in is never slowed. */
  async guard<Result>(who: string, attempt: () => Promise<Result>, isFailure: (error: unknown) => boolean = isUnknown): Promise<Result> {
    try {
      return await attempt();
    } catch (error) {
      if (!isFailure(error)) throw error;
      this.require(who);
      this.fail(who);
      throw error;
    }
  }

  /** Rejects with `busy`. For what cannot be valid, whatever comes of it. */
  require(who: string): void {
    if (this.#recent(who).length < failuresMax) return;
    throw new Refusal('busy', `${failuresMax} attempts from ${who} failed within a minute`, {
      help: 'Wait a minute, and check the token before you try again.',
    });
  }

  fail(who: string): void {
    const failures = [...this.#recent(who), this.#clock.now()];
    this.#failures.delete(who);
    this.#failures.set(who, failures);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > callersMax && oldest !== undefined) this.#failures.delete(oldest);
  }

  #recent(who: string): readonly number[] {
    return (this.#failures.get(who) ?? []).filter((atMs) => this.#clock.now() - atMs < windowMs);
  }
}

function isUnknown(error: unknown): boolean {
  return isCoded(error, 'unauthenticated');
}
