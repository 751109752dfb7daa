import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { renderKey, type ObjectKey } from '@accord/proto/ids';
import { adoptableAnnotation, fieldManager, originAnnotation, ownerLabel } from '@accord/proto/labels';
import { admit, marks, type Admitted } from './fake-admission.ts';
import { blank, type FakeCluster, type Stored } from './fake-cluster.ts';
import { mergePatch } from './fake-fields.ts';
import { conflictOf, serverSideApply, updateBy } from './fake-ownership.ts';
import { isSelected } from './fake-selection.ts';
import { missingRole, staleWrite } from './fake-validation.ts';
import { FakeWatches, notServed } from './fake-watches.ts';
import { keyOf } from './ref-key.ts';
import type {
  ApplyAnswer,
  ApplyOptions,
  Inhabitant,
  KindRef,
  KindVersion,
  Kube,
  ObjectMeta,
  ObjectRef,
  Refused,
  RemoveAnswer,
  RemoveCondition,
  RemoveOptions,
  Retry,
  Selection,
  ServerFacts,
  WatchEvent,
} from './kube.ts';
import { apiVersionOf, clusterRoleBindingKind, isDefinition } from './own-kinds.ts';
import { parseMeta } from './parse-meta.ts';

export interface FakeWrite {
  readonly verb: 'apply' | 'patch' | 'remove' | 'release';
  readonly key: ObjectKey;
  readonly outcome: ApplyAnswer['outcome'] | RemoveAnswer['outcome'];
}

/**
 * The API server of a cluster in memory, as the spoke sees it, with the guard rails of the spoke.
 *
 * It has no time of its own. Watch events come during the write that causes them, before its answer: the hardest order for a caller.
 */
export class FakeKube implements Kube {
  readonly cluster: FakeCluster;
  /** Every write of the spoke in order; refused ones and those that changed nothing are among them, dry runs are not. */
  readonly writes: FakeWrite[] = [];
  readonly #gitVersion: string;
  readonly #refusals = new Map<ObjectKey, Refused | Retry>();
  readonly #unlistable = new Set<string>();
  readonly #held = new Map<ObjectKey, Promise<void>>();
  readonly #watches: FakeWatches;
  #isReachable = true;

  constructor(cluster: FakeCluster, gitVersion = 'v1.36.3') {
    this.cluster = cluster;
    this.#gitVersion = gitVersion;
    this.#watches = new FakeWatches((kind) => cluster.ofKind(kind));
    cluster.onChange((ref, change) => {
      this.#watches.tell(ref, change);
      if (isDefinition(ref.kind)) this.#watches.endWhere((kind) => !this.#isServed(kind));
    });
  }

  /** Writes to this object get this answer from now on; undefined lifts it. */
  refuse(key: ObjectKey, answer: Refused | Retry | undefined): void {
    if (answer === undefined) this.#refusals.delete(key);
    else this.#refusals.set(key, answer);
  }

  /** The spoke may not list this kind from now on; false lifts it. */
  forbidListing({ group, resource }: KindRef, isForbidden = true): void {
    if (isForbidden) this.#unlistable.add(`${resource}.${group}`);
    else this.#unlistable.delete(`${resource}.${group}`);
  }

  /** Writes to this object stay without answer, and without effect, until the returned function is called. */
  hold(key: ObjectKey): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(key, promise);
    return () => {
      this.#held.delete(key);
      resolve();
    };
  }

  /** While it is unreachable nothing is answered and nothing shown; afterwards every watch lists anew. */
  setReachable(isReachable: boolean): void {
    if (this.#isReachable === isReachable) return;
    this.#isReachable = isReachable;
    this.#watches.setConnected(isReachable);
  }

  apply(ref: ObjectRef, body: JsonObject, options: ApplyOptions, signal: AbortSignal): Promise<ApplyAnswer> {
    const verb = options.dryRun === true ? undefined : 'apply';
    return this.#answer({ ref, verb, signal }, () => this.#apply(ref, body, options));
  }

  async preview(ref: ObjectRef, body: JsonObject, signal: AbortSignal): Promise<JsonObject | undefined> {
    const shown: { object?: JsonObject } = {};
    const answer = await this.#answer({ ref, verb: undefined, signal }, () =>
      this.#apply(ref, body, { dryRun: true }, (object) => (shown.object = object)),
    );
    if (answer.outcome === 'retry') throw new CodedError('unavailable', answer.because);
    return shown.object;
  }

  remove(ref: ObjectRef, condition: RemoveCondition, signal: AbortSignal, { dryRun = false }: RemoveOptions = {}): Promise<RemoveAnswer> {
    return this.#answer({ ref, verb: dryRun ? undefined : 'remove', signal }, () => this.#remove(ref, condition, dryRun));
  }

  release(ref: ObjectRef, meta: ObjectMeta, signal: AbortSignal): Promise<RemoveAnswer> {
    return this.#answer({ ref, verb: 'release', signal }, () => this.#release(ref, meta));
  }

  patch(ref: ObjectRef, patch: JsonObject, signal: AbortSignal): Promise<ApplyAnswer> {
    return this.#answer({ ref, verb: 'patch', signal }, () => this.#patch(ref, patch));
  }

  async get(ref: ObjectRef, signal: AbortSignal): Promise<JsonObject | undefined> {
    this.#requireReachable(signal);
    const object = this.#isServed(ref.kind) ? this.cluster.peek(keyOf(ref)) : undefined;
    // Whatever version it was written in.
    return object && { ...object, apiVersion: apiVersionOf(ref.kind) };
  }

  async list(kind: KindRef, selection: Selection, signal: AbortSignal): Promise<readonly JsonObject[]> {
    this.#requireReachable(signal);
    const { objects } = this.cluster.ofKind(kind);
    return objects.map(({ object }) => object).filter((object) => isSelected(object, selection));
  }

  watch(kind: KindRef, selection: Selection, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void> {
    if (!this.#isServed(kind)) return Promise.reject(notServed(kind));
    return this.#watches.add({ kind, selection, onEvent }, signal);
  }

  async kindOf(apiVersion: string, kind: string, signal: AbortSignal): Promise<KindRef | undefined> {
    this.#requireReachable(signal);
    return this.cluster.kindOf(apiVersion, kind);
  }

  async servedAs({ group, version, kind }: KindVersion, signal: AbortSignal): Promise<KindRef | undefined> {
    this.#requireReachable(signal);
    const versions = this.cluster.kinds().filter((other) => other.group === group && other.kind === kind);
    return versions.find((other) => other.version === version) ?? versions[0];
  }

  async kindsInNamespaces(signal: AbortSignal): Promise<readonly KindRef[]> {
    this.#requireReachable(signal);
    return this.cluster.kinds().filter(({ namespaced }) => namespaced);
  }

  async peek(kind: KindRef, namespace: string, signal: AbortSignal): Promise<readonly Inhabitant[]> {
    this.#requireReachable(signal);
    const { group, resource } = kind;
    if (this.#unlistable.has(`${resource}.${group}`))
      throw new CodedError(
        'forbidden',
        `User "spoke" cannot list resource "${resource}" in API group "${group}" in the namespace "${namespace}"`,
      );
    const { objects } = this.cluster.ofKind(kind);
    return objects
      .filter(({ ref }) => ref.namespace === namespace)
      .map(({ ref: { name }, object }) => ({ name, labels: marks(object, 'labels') }));
  }

  async inspect(signal: AbortSignal): Promise<ServerFacts> {
    this.#requireReachable(signal);
    const { objects } = this.cluster.ofKind(clusterRoleBindingKind);
    const isAdmin = objects.some(({ object }) => (object['roleRef'] as JsonObject | undefined)?.['name'] === 'accord-spoke-rbacadmin');
    const permissions = isAdmin ? 'RBACAdmin' : 'Standard';
    return { gitVersion: this.#gitVersion, platform: 'linux/amd64', permissions, nameCollisions: [] };
  }

  async #answer<A extends ApplyAnswer | RemoveAnswer>(
    { ref, verb, signal }: { readonly ref: ObjectRef; readonly verb: FakeWrite['verb'] | undefined; readonly signal: AbortSignal },
    write: () => A,
  ): Promise<A | Refused | Retry> {
    const key = keyOf(ref);
    await this.#held.get(key);
    const isLost = signal.aborted || !this.#isReachable;
    const answer = isLost ? unreachable(key) : (this.#refusals.get(key) ?? write());
    if (verb !== undefined) this.writes.push({ verb, key, outcome: answer.outcome });
    return answer;
  }

  #apply(ref: ObjectRef, body: JsonObject, options: ApplyOptions, show?: (object: JsonObject) => void): ApplyAnswer {
    const { cluster } = this;
    const old = cluster.stored(ref);
    const faulty = this.#validate(ref, body) ?? preconditionFault(old, body, options);
    if (faulty !== undefined) return faulty;
    const applier = cluster.applier(ref, options.fieldManager ?? fieldManager, options.subresource);
    const conflicting = options.force === false ? conflictOf(old ?? blank(ref), body, applier) : undefined;
    if (conflicting !== undefined) return { outcome: 'refused', reason: 'FieldConflict', because: conflicting };
    const next = serverSideApply(old ?? blank(ref), body, applier);
    const denied = this.#admit({ ref, old: old?.object, next: next.object, namespace: cluster.namespaceOf(ref) });
    if (denied !== undefined) return denied;
    const stored = options.dryRun === true ? cluster.stamp(ref, next) : cluster.store(ref, next);
    show?.(stored.object);
    const { meta } = parseMeta(stored.object);
    if (old === undefined) return { outcome: 'created', meta };
    return { outcome: meta.resourceVersion === options.seenVersion ? 'unchanged' : 'changed', meta };
  }

  #patch(ref: ObjectRef, patch: JsonObject): ApplyAnswer {
    const { cluster } = this;
    const old = cluster.stored(ref);
    if (old === undefined) return { outcome: 'refused', reason: 'Invalid', because: `${renderKey(keyOf(ref))} not found` };
    const faulty = preconditionFault(old, patch, {});
    if (faulty !== undefined) return faulty;
    const next = mergePatch(old.object, patch);
    const denied = this.#admit({ ref, old: old.object, next, namespace: cluster.namespaceOf(ref) });
    if (denied !== undefined) return denied;
    // Whoever names managedFields says who owns what.
    const entries = 'managedFields' in (patch['metadata'] as JsonObject) ? parseMeta(next).meta.managedFields : old.entries;
    const written = updateBy({ ...old, entries }, next, cluster.applier(ref, fieldManager));
    return { outcome: 'changed', meta: parseMeta(cluster.store(ref, written).object).meta };
  }

  #validate(ref: ObjectRef, body: JsonObject): Refused | undefined {
    const { cluster } = this;
    if (!this.#isServed(ref.kind)) return pageNotFound;
    if (ref.namespace !== undefined && cluster.namespaceOf(ref) === undefined)
      return { outcome: 'refused', reason: 'NamespaceMissing', because: `namespaces "${ref.namespace}" not found` };
    return missingRole(ref, body, (key) => cluster.peek(key) !== undefined) ?? staleWrite(ref, body, cluster.stored(ref)?.object);
  }

  #isServed(kind: KindRef): boolean {
    return this.cluster.kindOf(apiVersionOf(kind), kind.kind) !== undefined;
  }

  #remove(ref: ObjectRef, { uid, resourceVersion }: RemoveCondition, dryRun: boolean): RemoveAnswer {
    if (!this.#isServed(ref.kind)) return pageNotFound;
    const old = this.cluster.stored(ref);
    if (old === undefined) return { outcome: 'absent' };
    const denied = this.#admit({ ref, old: old.object, next: undefined, namespace: this.cluster.namespaceOf(ref) });
    if (denied?.outcome === 'refused') return denied;
    const { meta } = parseMeta(old.object);
    if (meta.uid !== uid) return conflict(preconditionSentence(ref, 'UID', uid, meta.uid));
    if (resourceVersion !== undefined && meta.resourceVersion !== resourceVersion)
      return conflict(preconditionSentence(ref, 'ResourceVersion', resourceVersion, meta.resourceVersion));
    if (dryRun) return { outcome: 'removed' };
    this.cluster.drop(keyOf(ref));
    return meta.finalizers === undefined ? { outcome: 'removed' } : { outcome: 'terminating', finalizers: meta.finalizers };
  }

  #release(ref: ObjectRef, { uid, labels, annotations }: ObjectMeta): RemoveAnswer {
    const owner = labels[ownerLabel];
    if (owner === undefined) return { outcome: 'released' };
    if (!this.#isServed(ref.kind)) return pageNotFound;
    const old = this.cluster.stored(ref);
    if (old === undefined) return { outcome: 'absent' };
    if (parseMeta(old.object).meta.uid !== uid || marks(old.object, 'labels')[ownerLabel] !== owner)
      return conflict('the server rejected our request due to an error in our request: test failed');
    const origin = annotations[originAnnotation] ?? 'Adopted';
    const next = mergePatch(old.object, {
      metadata: { labels: { [ownerLabel]: null }, annotations: { [adoptableAnnotation]: 'true', [originAnnotation]: origin } },
    });
    const denied = this.#admit({ ref, old: old.object, next, namespace: this.cluster.namespaceOf(ref) });
    if (denied?.outcome === 'refused') return denied;
    this.cluster.store(ref, updateBy(old, next, this.cluster.applier(ref, fieldManager)));
    return { outcome: 'released' };
  }

  #admit(request: Admitted): ReturnType<typeof admit> {
    return this.cluster.isGuarded ? admit(request) : undefined;
  }

  #requireReachable(signal: AbortSignal): void {
    if (!this.#isReachable || signal.aborted) throw new CodedError('unavailable', 'no answer from the API server');
  }
}

const pageNotFound: Refused = { outcome: 'refused', reason: 'NoSuchKind', because: '404 page not found' };

function preconditionFault(old: Stored | undefined, body: JsonObject, { subresource }: ApplyOptions): Retry | undefined {
  const { uid, resourceVersion } = body['metadata'] as { readonly uid?: string; readonly resourceVersion?: string };
  const meta = old && parseMeta(old.object).meta;
  if (uid !== undefined && uid !== meta?.uid) return conflict(`uid mismatch: the provided object specified uid ${uid}`);
  if (resourceVersion !== undefined && resourceVersion !== meta?.resourceVersion)
    return conflict('the object has been modified; please apply your changes to the latest version and try again');
  return subresource !== undefined && old === undefined ? conflict('the object is not there') : undefined;
}

function preconditionSentence({ kind, name }: ObjectRef, what: 'UID' | 'ResourceVersion', sent: string, stored: string): string {
  const fate = what === 'UID' ? 'deleted and then recreated' : 'modified';
  const mismatch = `the ${what} in the precondition (${sent}) does not match the ${what} in record (${stored})`;
  return `Operation cannot be fulfilled on ${kind.kind} "${name}": ${mismatch}. The object might have been ${fate}`;
}

function conflict(because: string): Retry {
  return { outcome: 'retry', reason: 'Conflict', because };
}

function unreachable(key: ObjectKey): Retry {
  return { outcome: 'retry', reason: 'Unreachable', because: `no answer from the API server for ${renderKey(key)}` };
}
