import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { KindRef } from '../kube/kube.ts';
import { apiVersionOf } from '../kube/own-kinds.ts';
import { scopeKey, type Owned } from './owned-of.ts';

/** What is ours, by key and by policy. */
export class OwnedIndex {
  readonly #objects = new Map<ObjectKey, Owned>();
  readonly #byPolicy = new Map<PolicyName, Set<ObjectKey>>();
  /** What has an end of its own: grants, and what somebody holds. */
  readonly #ending = new Set<ObjectKey>();

  get size(): number {
    return this.#objects.size;
  }

  get(key: ObjectKey): Owned | undefined {
    return this.#objects.get(key);
  }

  keys(): Iterable<ObjectKey> {
    return this.#objects.keys();
  }

  ofPolicy(policy: PolicyName): readonly Owned[] {
    return [...(this.#byPolicy.get(policy) ?? [])].flatMap((key) => this.#objects.get(key) ?? []);
  }

  policies(): Iterable<PolicyName> {
    return this.#byPolicy.keys();
  }

  /** Everything of a kind in a namespace, or anywhere. */
  ofKind(kind: KindRef, namespace?: string): IteratorObject<Owned> {
    const isIn = ({ ref }: Owned): boolean =>
      scopeKey(ref.kind) === scopeKey(kind) && (namespace === undefined || ref.namespace === namespace);
    return this.#objects.values().filter(isIn);
  }

  /** Whether anything of a kind in a namespace, or anywhere, is ours. */
  has(kind: KindRef, namespace?: string): boolean {
    return this.ofKind(kind, namespace).some(() => true);
  }

  /** Whether anything in this namespace is ours. */
  hasIn(namespace: string): boolean {
    return this.#objects.values().some(({ ref }) => ref.namespace === namespace);
  }

  /** An object of the kind that this definition defines: it would go with it. */
  definedBy(definition: string): Owned | undefined {
    return this.#objects.values().find(({ ref: { kind } }) => `${kind.resource}.${kind.group}` === definition);
  }

  /** Every kind of which something is ours, in each of the versions that it was seen or applied in. */
  kinds(): Iterable<KindRef> {
    return new Map(this.#objects.values().map(({ ref: { kind } }) => [`${apiVersionOf(kind)} ${kind.kind}`, kind])).values();
  }

  protected values(): IteratorObject<Owned> {
    return this.#objects.values();
  }

  /** Whose end has come by this time, whether of a grant or of a hold. */
  protected over(nowMs: number): readonly Owned[] {
    return [...this.#ending]
      .flatMap((key) => this.#objects.get(key) ?? [])
      .filter(({ endMs = Number.POSITIVE_INFINITY, hold }) => Math.min(endMs, hold?.endMs ?? Number.POSITIVE_INFINITY) <= nowMs);
  }

  /** From here on nobody waits for an end of it. */
  protected endless(key: ObjectKey): void {
    this.#ending.delete(key);
  }

  protected set(key: ObjectKey, object: Owned): void {
    this.#objects.set(key, object);
    if (object.endMs === undefined && object.hold === undefined) this.#ending.delete(key);
    else this.#ending.add(key);
    this.#byPolicy.set(object.owner, (this.#byPolicy.get(object.owner) ?? new Set()).add(key));
  }

  /** False when there was no such object. */
  protected delete(key: ObjectKey): boolean {
    const object = this.#objects.get(key);
    if (object === undefined) return false;
    this.#objects.delete(key);
    this.#ending.delete(key);
    const ofPolicy = this.#byPolicy.get(object.owner);
    ofPolicy?.delete(key);
    if (ofPolicy?.size === 0) this.#byPolicy.delete(object.owner);
    return true;
  }
}
