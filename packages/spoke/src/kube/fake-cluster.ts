import assert from 'node:assert';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, renderKey, type ObjectKey } from '@accord/proto/ids';
import { protectedNamespaces } from './fake-admission.ts';
import { mergePatch } from './fake-fields.ts';
import { serverSideApply, updateBy, type Applier, type Managed } from './fake-ownership.ts';
import type { Change, Shown } from './fake-watches.ts';
import { parseMeta } from './parse-meta.ts';
import { keyOf } from './ref-key.ts';
import type { KindRef, ObjectRef } from './kube.ts';
import { definedKinds, isEstablished, withCondition } from './fake-definitions.ts';
import {
  apiVersionOf,
  clusterKind,
  clusterPolicyKind,
  definitionKind,
  guardrailKind,
  isDefinition,
  leaseKind,
  namespaceKind,
  policyKinds,
  secretKind,
} from './own-kinds.ts';

export interface FakeClusterInput {
  /** For the times in managedFields; they have a resolution of one second, as on a server. */
  readonly now?: () => number;
  /** Begins the uids of its objects: no two clusters have one in common. */
  readonly uidPrefix?: string;
  /** Served besides what typed parts of policies make and the spoke's own kinds. */
  readonly kinds?: readonly KindRef[];
}

export interface Stored extends Managed {
  readonly ref: ObjectRef;
}

const builtInRoles = ['view', 'edit', 'admin', 'cluster-admin', 'accord-spoke-secrets'];

/** The objects of a cluster in memory, and what others than the spoke do to them: past all guard rails, as administrators. */
export class FakeCluster {
  readonly #now: () => number;
  readonly #uidPrefix: string;
  readonly #kinds = new Map<string, KindRef>();
  readonly #objects = new Map<ObjectKey, Stored>();
  readonly #listeners = new Set<(ref: ObjectRef, change: Change) => void>();
  #version = 0;
  #establishes = true;
  #isGuarded = true;

  constructor({ now = () => 0, uidPrefix = '', kinds = [] }: FakeClusterInput = {}) {
    this.#now = now;
    this.#uidPrefix = uidPrefix;
    for (const kind of [...policyKinds, secretKind, leaseKind, clusterKind, clusterPolicyKind, guardrailKind, definitionKind, ...kinds])
      this.serve(kind);
    for (const name of ['default', ...protectedNamespaces])
      this.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, 'kube-apiserver');
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', rules: [] };
    for (const name of builtInRoles) this.create({ ...role, metadata: { name } }, 'kube-apiserver');
  }

  /** As a new CustomResourceDefinition does. */
  serve(kind: KindRef): void {
    this.#kinds.set(`${apiVersionOf(kind)}/${kind.kind}`, kind);
  }

  get isGuarded(): boolean {
    return this.#isGuarded;
  }

  /** Whether the guard rails of the spoke are in force; a real server takes up to a second. */
  setGuarded(isGuarded: boolean): void {
    this.#isGuarded = isGuarded;
  }

  /** Whether definitions are established, as soon as they are written; a real server takes some milliseconds. */
  setEstablishes(establishes: boolean): void {
    this.#establishes = establishes;
    for (const { ref, object, entries } of this.ofKind(definitionKind).objects.map(({ ref: at }) => this.stored(at) as Stored))
      this.#establish({ ref, object, entries });
  }

  /** Versions that a definition has served, and does not serve any more. The objects are those of the other versions. */
  #serveNoMore(before: JsonObject, after: JsonObject): void {
    const served = new Set(definedKinds(after).map(apiVersionOf));
    for (const kind of definedKinds(before)) if (!served.has(apiVersionOf(kind))) this.#kinds.delete(`${apiVersionOf(kind)}/${kind.kind}`);
  }

  #establish({ ref, object, entries }: Stored): Stored {
    if (!this.#establishes || !isDefinition(ref.kind)) return { ref, object, entries };
    for (const kind of definedKinds(object)) this.serve(kind);
    if (isEstablished(object)) return { ref, object, entries };
    return this.store(ref, updateBy({ object, entries }, withCondition(object), this.applier(ref, 'kube-apiserver')));
  }

  kinds(): readonly KindRef[] {
    return [...this.#kinds.values()];
  }

  kindOf(apiVersion: string, kind: string): KindRef | undefined {
    return this.#kinds.get(`${apiVersion}/${kind}`);
  }

  /** Creates or replaces a whole object. */
  create(object: JsonObject, manager: string): ObjectKey {
    const ref = this.#refOf(object);
    const before = this.stored(ref) ?? blank(ref);
    const metadata = { ...kept(before.object), ...(object['metadata'] as JsonObject) };
    this.store(ref, updateBy(before, { ...object, metadata }, this.applier(ref, manager)));
    return keyOf(ref);
  }

  /** Changes an object by a JSON merge patch (RFC 7386). */
  edit(key: ObjectKey, manager: string, change: JsonObject): void {
    const before = this.#existing(key);
    const after = mergePatch(before.object, change);
    // Whoever takes away the last finalizer of what is being deleted deletes it.
    const isLast = finalizersOf(before.object).length > 0 && finalizersOf(after).length === 0;
    this.store(before.ref, updateBy(before, after, this.applier(before.ref, manager)));
    if (isLast && (after['metadata'] as JsonObject)['deletionTimestamp'] !== undefined) this.drop(key);
  }

  /** Changes an object in etcd by a JSON merge patch: watches tell of it, and nobody's entry in managedFields does. */
  editStored(key: ObjectKey, change: JsonObject): void {
    const { ref, object, entries } = this.#existing(key);
    this.store(ref, { object: mergePatch(object, change), entries });
  }

  /** A forced server-side apply under any name. */
  applyAs(body: JsonObject, manager: string): void {
    const ref = this.#refOf(body);
    this.store(ref, serverSideApply(this.stored(ref) ?? blank(ref), body, this.applier(ref, manager)));
  }

  /** Deletes an object, or marks it where it has finalizers. What lies in a namespace goes with it, and with a definition every object of its kind. */
  drop(key: ObjectKey): void {
    const { ref, object, entries } = this.#existing(key);
    const metadata = object['metadata'] as JsonObject;
    if (finalizersOf(object).length > 0) {
      const isMarked = metadata['deletionTimestamp'] !== undefined;
      const marked = { ...object, metadata: { ...metadata, deletionTimestamp: this.#time() } };
      return isMarked ? undefined : void this.store(ref, { object: marked, entries });
    }
    if (ref.kind.kind === namespaceKind.kind)
      for (const inner of [...this.#objects.values()]) if (inner.ref.namespace === ref.name) this.drop(keyOf(inner.ref));
    for (const kind of isDefinition(ref.kind) ? definedKinds(object) : []) {
      for (const inner of this.ofKind(kind).objects) this.drop(keyOf(inner.ref));
      this.#kinds.delete(`${apiVersionOf(kind)}/${kind.kind}`);
    }
    this.#objects.delete(key);
    this.#tell(ref, { before: object, after: undefined, resourceVersion: this.#nextVersion() });
  }

  /** What the object is now; undefined when it is not there. */
  peek(key: ObjectKey): JsonObject | undefined {
    return this.#objects.get(key)?.object;
  }

  keys(): readonly ObjectKey[] {
    return [...this.#objects.keys()].toSorted();
  }

  // What the API server of this cluster is made of.

  stored(ref: ObjectRef): Stored | undefined {
    return this.#objects.get(keyOf(ref));
  }

  ofKind({ group, kind }: KindRef): Shown {
    const objects = [...this.#objects.values()].filter(({ ref }) => ref.kind.group === group && ref.kind.kind === kind);
    return { objects, resourceVersion: String(this.#version) };
  }

  namespaceOf({ namespace }: ObjectRef): JsonObject | undefined {
    return namespace === undefined ? undefined : this.peek(objectKey('', namespaceKind.kind, undefined, namespace));
  }

  /** Called during each write, before whoever writes gets an answer. */
  onChange(listener: (ref: ObjectRef, change: Change) => void): void {
    this.#listeners.add(listener);
  }

  /** Writes, unless nothing is different. */
  store(ref: ObjectRef, next: Managed): Stored {
    const before = this.stored(ref);
    if (before !== undefined && before.object === next.object && before.entries === next.entries) return before;
    const resourceVersion = this.#nextVersion();
    const stored = this.stamp(ref, next, resourceVersion);
    this.#objects.set(keyOf(ref), stored);
    if (isDefinition(ref.kind) && before !== undefined) this.#serveNoMore(before.object, stored.object);
    this.#tell(ref, { before: before?.object, after: stored.object, resourceVersion });
    return this.#establish(stored);
  }

  /** The object as it would be stored, with what the server itself keeps in the metadata. */
  stamp(ref: ObjectRef, { object, entries }: Managed, resourceVersion = String(this.#version)): Stored {
    const before = kept(this.stored(ref)?.object);
    const made = { uid: `uid-${this.#uidPrefix}${resourceVersion}`, creationTimestamp: this.#time(), ...before };
    const managedFields = entries.map(({ subresource, ...entry }) => (subresource === '' ? entry : { ...entry, subresource }));
    const metadata = { ...(object['metadata'] as JsonObject), ...made, resourceVersion, managedFields };
    return { ref, object: { ...object, metadata }, entries };
  }

  applier(ref: ObjectRef, manager: string, subresource: Applier['subresource'] = ''): Applier {
    return { manager, apiVersion: apiVersionOf(ref.kind), subresource, time: this.#time() };
  }

  #refOf(object: JsonObject): ObjectRef {
    const { name, namespace } = object['metadata'] as { readonly name: string; readonly namespace?: string };
    const kind = this.kindOf(String(object['apiVersion']), String(object['kind']));
    assert(kind, `this server does not serve ${String(object['kind'])}`);
    return { kind, namespace: kind.namespaced ? namespace : undefined, name };
  }

  #existing(key: ObjectKey): Stored {
    const stored = this.#objects.get(key);
    assert(stored, `there is no ${renderKey(key)}`);
    return stored;
  }

  #tell(ref: ObjectRef, change: Change): void {
    for (const listener of this.#listeners) listener(ref, change);
  }

  #nextVersion(): string {
    this.#version += 1;
    return String(this.#version);
  }

  #time(): string {
    return new Date(this.#now()).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}

/** An object that does not exist yet. */
export function blank({ kind, namespace, name }: ObjectRef): Managed {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return { object: { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata }, entries: [] };
}

function finalizersOf(object: JsonObject): readonly string[] {
  return parseMeta(object).meta.finalizers ?? [];
}

/** What no writer can change. */
function kept(object: JsonObject | undefined): JsonObject {
  const { uid, creationTimestamp, deletionTimestamp } = (object?.['metadata'] ?? {}) as JsonObject;
  return Object.fromEntries(
    Object.entries({ uid, creationTimestamp, deletionTimestamp }).filter(([, value]) => value !== undefined),
  ) as JsonObject;
}
