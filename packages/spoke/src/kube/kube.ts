import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import type { JsonObject } from '@accord/proto/canonical';
import type { ObjectKey } from '@accord/proto/ids';

/** A kind as the API server serves it. `resource` is the plural in URLs. */
export interface KindRef {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
  readonly namespaced: boolean;
}

/** A kind in one of its versions, by its names alone. */
export type KindVersion = Pick<KindRef, 'group' | 'version' | 'kind'>;

/** Which object: enough to build its URL. */
export interface ObjectRef {
  readonly kind: KindRef;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What the API server says of an object in a metadata-only answer or event. */
export interface ObjectMeta {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly managedFields: readonly ManagedFieldsEntry[];
  readonly deletionTimestamp: string | undefined;
  /** What it waits for once it is being deleted; absent where there is nothing. */
  readonly finalizers?: readonly string[];
}

/** Reasons as they appear in conditions and rows; each has an entry in docs/errors.md. */
export type RefusalReason =
  | 'Forbidden' // RBAC
  | 'Escalation' // RBAC: the grant exceeds what the spoke may grant
  | 'QuotaExceeded'
  | 'NamespaceTerminating'
  | 'GuardRail' // a ValidatingAdmissionPolicy, ours or the owner's
  | 'NotOurs' // exists without its owner's consent
  | 'Immutable'
  | 'StaleDocumentRefused'
  | 'Invalid'
  | 'NoSuchKind'
  | 'NamespaceMissing'
  | 'RoleMissing'
  | 'TooLarge'
  | 'FieldConflict'
  | 'BadRequest';

/** A refusal is a value: it keeps neither the other objects nor the other policies from being applied. */
export type Refused = { readonly outcome: 'refused'; readonly reason: RefusalReason; readonly because: string };

export type Retry = {
  readonly outcome: 'retry';
  readonly reason: 'Overloaded' | 'ServerError' | 'Unreachable' | 'Conflict' | 'Unauthenticated' | 'LeaseLost';
  readonly because: string;
  /** What the server asked for with Retry-After. */
  readonly afterMs?: number;
};

export type ApplyAnswer =
  | { readonly outcome: 'created' | 'changed' | 'unchanged'; readonly meta: ObjectMeta }
  /** Exists, and its owner consented: apply again with origin Adopted. */
  | { readonly outcome: 'adoptable'; readonly because: string }
  | Refused
  | Retry;

/** What must still hold of an object that is to be deleted: it is the same, and, where a version is named, nobody has written it since. */
export type RemoveCondition = Pick<ObjectMeta, 'uid'> & Partial<Pick<ObjectMeta, 'resourceVersion'>>;

export interface RemoveOptions {
  /** Asks whether it would be deleted, and deletes nothing. */
  readonly dryRun?: boolean;
}

/** An object that lies in a namespace, as far as it takes to tell whose it is. */
export interface Inhabitant {
  readonly name: string;
  readonly labels: ObjectMeta['labels'];
}

/** It is being deleted, and is there until these are taken away. */
export type Terminating = { readonly outcome: 'terminating'; readonly finalizers: readonly string[] };

export type RemoveAnswer = { readonly outcome: 'removed' | 'released' | 'absent' } | Terminating | Refused | Retry;

export type WatchEvent =
  | { readonly type: 'present'; readonly key: ObjectKey; readonly ref: ObjectRef; readonly meta: ObjectMeta }
  /** Deleted, or our label was removed: the server tells them apart only by the next request. */
  | { readonly type: 'gone'; readonly key: ObjectKey; readonly ref: ObjectRef; readonly meta: ObjectMeta }
  /** The initial list is complete: what was known before and was not seen since the watch (re)started is gone. */
  | { readonly type: 'listed' };

/** Sets of permissions as deploy/spoke ships them, widest last. */
export type PermissionTier = 'Observe' | 'Standard' | 'RBACAdmin';

export interface ServerFacts {
  readonly gitVersion: string;
  readonly platform: string;
  readonly permissions: PermissionTier;
  /** Kinds of others that kubectl finds under our names, for example `clusters.aaa.example`. */
  readonly nameCollisions: readonly string[];
}

export interface Selection {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** In this namespace alone. */
  readonly namespace?: string;
  /** Asked of each object that a watch sees: of others than these nothing is told, and nothing is kept. */
  readonly isTold?: (key: ObjectKey) => boolean;
}

export interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  readonly subresource?: 'status';
  /** False leaves a field to whoever holds it: then the answer is `FieldConflict`. True unless said otherwise. */
  readonly force?: boolean;
  /** resourceVersion that the caller saw before; an equal one in the answer means `unchanged`. */
  readonly seenVersion?: string;
}

/**
 * The spoke's own API server, in the words of the spoke.
 *
 * Methods reject with CodedError `unavailable`, `timeout`, `forbidden` or `unauthenticated` where their answer has no place for it.
 */
export interface Kube {
  /** One server-side apply as field manager `accord`, forced, with strict validation. `body` is the whole intent. */
  apply(ref: ObjectRef, body: JsonObject, options: ApplyOptions, signal: AbortSignal): Promise<ApplyAnswer>;

  /**
   * The whole object as an apply would leave it; undefined where the server refuses to say. A dry run: nothing is written. Rejects with
   * `unavailable` where that is not known yet.
   */
  preview(ref: ObjectRef, body: JsonObject, signal: AbortSignal): Promise<JsonObject | undefined>;

  /** DELETE with background propagation, if the condition holds. */
  remove(ref: ObjectRef, condition: RemoveCondition, signal: AbortSignal, options?: RemoveOptions): Promise<RemoveAnswer>;

  /** Gives an object back: takes the ownership label away, marks it adoptable, keeps every value. One tested JSON patch. */
  release(ref: ObjectRef, meta: ObjectMeta, signal: AbortSignal): Promise<RemoveAnswer>;

  /** One JSON merge patch as the spoke, for what an apply cannot take away. The patch names the version that it is for. */
  patch(ref: ObjectRef, patch: JsonObject, signal: AbortSignal): Promise<ApplyAnswer>;

  /** The whole object; undefined when it is not there. For the spoke's own kinds, ConfigMap, Lease and Secret, definitions and ClusterProperties. */
  get(ref: ObjectRef, signal: AbortSignal): Promise<JsonObject | undefined>;

  /** Whole objects of one kind, paged behind the scenes. For the spoke's own kinds, quotas and ClusterProfiles. */
  list(kind: KindRef, selection: Selection, signal: AbortSignal): Promise<readonly JsonObject[]>;

  /**
   * Metadata of all objects that match, then their changes, until `signal` aborts. Reconnects by itself; after each `listed` the
   * caller knows everything. `onEvent` must not throw. Rejects with `not-found` when the kind is not served in this version any more.
   */
  watch(kind: KindRef, selection: Selection, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void>;

  /** The served kind for an apiVersion and kind, from cached discovery; asks again once when it is unknown. */
  kindOf(apiVersion: string, kind: string, signal: AbortSignal): Promise<KindRef | undefined>;

  /**
   * The same kind as it is served: in its own version while that is served, else in the one that the server prefers; undefined when it is
   * served in none. What a watch or a write has found to be gone is asked for anew.
   */
  servedAs(kind: KindVersion, signal: AbortSignal): Promise<KindRef | undefined>;

  /** Every kind whose objects go with their namespace, as of now. Rejects with `unavailable` too while a part of the kinds is not known. */
  kindsInNamespaces(signal: AbortSignal): Promise<readonly KindRef[]>;

  /** The first few objects of a kind in a namespace: enough to tell whether there are others than those that are in every namespace. */
  peek(kind: KindRef, namespace: string, signal: AbortSignal): Promise<readonly Inhabitant[]>;

  /** What the server is, and what the spoke may do there. */
  inspect(signal: AbortSignal): Promise<ServerFacts>;
}
