import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { PolicyShare } from './policy-share.ts';

/** What of a pass each policy still waits for, so that each is told as soon as the last of its own objects is done. */
export class OpenWork {
  readonly #waiting = new Map<ObjectKey, PolicyName[]>();
  readonly #open = new Map<PolicyName, number>();

  /** Whoever wants an object waits for it, also where another policy owns it. */
  constructor(shares: readonly PolicyShare[], planned: ReadonlySet<ObjectKey>) {
    for (const { policy, verdict, removals } of shares) {
      const wanted = verdict.says === 'apply' ? verdict.objects.map(({ key }) => key).filter((key) => planned.has(key)) : [];
      const keys = [...wanted, ...removals];
      this.#open.set(policy, keys.length);
      for (const key of keys) this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), policy]);
    }
  }

  isIdle(policy: PolicyName): boolean {
    return (this.#open.get(policy) ?? 0) === 0;
  }

  waitingFor(key: ObjectKey): readonly PolicyName[] {
    return this.#waiting.get(key) ?? [];
  }

  /** The object was applied, removed or refused. Returns the policies for which it was the last. */
  done(key: ObjectKey): readonly PolicyName[] {
    const policies = this.waitingFor(key);
    this.#waiting.delete(key);
    for (const policy of policies) this.#open.set(policy, (this.#open.get(policy) ?? 0) - 1);
    return policies.filter((policy) => this.isIdle(policy));
  }
}
