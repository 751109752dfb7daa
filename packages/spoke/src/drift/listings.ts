import type { ObjectKey } from '@accord/proto/ids';
import type { KindRef } from '../kube/kube.ts';
import { scopeKey } from './owned-of.ts';

export interface Expected {
  readonly namespace?: string | undefined;
  readonly isLate?: boolean;
}

/** Which kinds are watched, everywhere or in one namespace, and how far each has been listed. */
export class Listings {
  /** With what the present listing has shown so far; undefined once it is complete. */
  readonly #seen = new Map<string, Set<ObjectKey> | undefined>();
  readonly #blind = new Set<string>();

  /** What comes up late, and a namespace that is opened while everything else is known, make nobody wait. */
  expect(kind: KindRef, { namespace, isLate = false }: Expected): void {
    const scope = scopeKey(kind, namespace);
    if (isLate || (namespace !== undefined && this.isKnown())) this.#blind.add(scope);
    this.#seen.set(scope, new Set());
  }

  /** It is not watched any more. */
  end(kind: KindRef, namespace: string): void {
    this.#seen.delete(scopeKey(kind, namespace));
    this.#blind.delete(scopeKey(kind, namespace));
  }

  cannotWatch(kind: KindRef, namespace: string | undefined): void {
    this.#blind.add(scopeKey(kind, namespace));
  }

  /** Whether everything that is there was seen once, as far as it can be watched. */
  isKnown(): boolean {
    return [...this.#seen].every(([scope, seen]) => seen === undefined || this.#blind.has(scope));
  }

  show(kind: KindRef, namespace: string | undefined, key: ObjectKey): void {
    this.#seen.get(scopeKey(kind, namespace))?.add(key);
  }

  /** The list is complete. Returns what it has shown, and undefined when nobody waited for it. */
  complete(kind: KindRef, namespace: string | undefined): ReadonlySet<ObjectKey> | undefined {
    const scope = scopeKey(kind, namespace);
    const seen = this.#seen.get(scope);
    this.#seen.set(scope, undefined);
    this.#blind.delete(scope);
    return seen;
  }
}
