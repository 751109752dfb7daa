import type { PolicyName } from '@accord/proto/ids';

export interface Tally {
  readonly heals: number;
  /** When the last drift was seen; 0 where none was. */
  readonly lastMs: number;
}

const none: Tally = { heals: 0, lastMs: 0 };

/** How often objects of each policy drifted. What an earlier process had counted stands in the status of the mirrors. */
export class DriftTally {
  readonly #tallies = new Map<PolicyName, Tally>();

  of(policy: PolicyName): Tally {
    return this.#tallies.get(policy) ?? none;
  }

  restore(policy: PolicyName, tally: Tally): void {
    this.#tallies.set(policy, tally);
  }

  seen(policy: PolicyName, atMs: number): void {
    const { heals, lastMs } = this.of(policy);
    this.#tallies.set(policy, { heals, lastMs: Math.max(lastMs, atMs) });
  }

  healed(policy: PolicyName): void {
    const { heals, lastMs } = this.of(policy);
    this.#tallies.set(policy, { heals: heals + 1, lastMs });
  }

  /** The policy has left, with its mirror. */
  forget(policy: PolicyName): void {
    this.#tallies.delete(policy);
  }
}
