import type { ObjectKey, PolicyName } from '@accord/proto/ids';

/** Objects that are there and not ready, with the policies that wait for them. What the watch shows of one wakes these, once. */
export class Awaited {
  readonly #waiting = new Map<ObjectKey, Set<PolicyName>>();
  readonly #wake: (policies: Iterable<PolicyName>) => void;

  constructor(wake: (policies: Iterable<PolicyName>) => void) {
    this.#wake = wake;
  }

  /** To be called before the object is looked at, so that no change is missed. */
  wait(key: ObjectKey, policies: Iterable<PolicyName>): void {
    this.#waiting.set(key, new Set([...(this.#waiting.get(key) ?? []), ...policies]));
  }

  /** Somebody wrote the object. */
  seen(key: ObjectKey): void {
    const policies = this.#waiting.get(key);
    if (policies === undefined) return;
    this.#waiting.delete(key);
    this.#wake(policies);
  }

  /** It is ready, so that nobody waits. */
  settle(key: ObjectKey): void {
    this.#waiting.delete(key);
  }
}
