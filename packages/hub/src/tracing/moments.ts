import type { HubMoments } from '@accord/core/history/spans-of';

/** About 500 bytes each. What is older has its spans all the same, with times from the history alone. */
const changesMax = 5_000;

/** What only the hub that carries out a change knows of it: when it was stored, planned and answered. The oldest are forgotten. */
export class MomentsBook {
  readonly #of = new Map<string, HubMoments>();

  /** The first word on each moment counts. */
  learn(change: string, moments: HubMoments): void {
    if (change === '') return;
    this.#of.set(change, { ...moments, ...this.#of.get(change) });
    const [oldest] = this.#of.keys();
    if (this.#of.size > changesMax && oldest !== undefined) this.#of.delete(oldest);
  }

  of(change: string): HubMoments {
    return this.#of.get(change) ?? {};
  }
}
