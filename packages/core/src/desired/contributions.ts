import type { ObjectKey, PolicyName } from '@accord/proto/ids';

/** Which policies want which objects, both ways, so that a pass looks only at what a policy touches. */
export class Contributions {
  readonly #keysOf = new Map<PolicyName, ReadonlySet<ObjectKey>>();
  readonly #policiesOf = new Map<ObjectKey, Set<PolicyName>>();

  /** Replaces what a policy wants. Returns every key that it wants now or wanted before. */
  set(policy: PolicyName, keys: readonly ObjectKey[]): ReadonlySet<ObjectKey> {
    const touched = new Set([...(this.#keysOf.get(policy) ?? []), ...keys]);
    for (const key of this.#keysOf.get(policy) ?? []) {
      const policies = this.#policiesOf.get(key);
      policies?.delete(policy);
      if (policies?.size === 0) this.#policiesOf.delete(key);
    }
    if (keys.length === 0) this.#keysOf.delete(policy);
    else this.#keysOf.set(policy, new Set(keys));
    for (const key of keys) this.#policiesOf.set(key, (this.#policiesOf.get(key) ?? new Set()).add(policy));
    return touched;
  }

  policiesOf(key: ObjectKey): ReadonlySet<PolicyName> {
    return this.#policiesOf.get(key) ?? new Set();
  }

  keysOf(policy: PolicyName): ReadonlySet<ObjectKey> {
    return this.#keysOf.get(policy) ?? new Set();
  }
}
