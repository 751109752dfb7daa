import type { OwnedObject } from '@accord/core/apply/plan-apply';
import { readEnd } from '@accord/core/policy/grant-end';
import { stageOf } from '@accord/core/policy/stage-of';
import { exactMapsOf, type ExactMap } from '@accord/core/drift/exact-maps';
import type { EventMeaning, HealCause } from '@accord/core/drift/classify-event';
import { writtenMsOf } from '@accord/core/drift/find-culprit';
import type { Print } from '@accord/core/drift/fingerprint';
import type { HeatRule } from '@accord/core/drift/heat';
import { appliesAnnotation } from '@accord/core/drift/managed-fields';
import { neverYields } from '@accord/core/drift/never-yields';
import { elementsBeside, type TurnedKey } from '@accord/core/drift/turned-keys';
import type { JsonObject } from '@accord/proto/canonical';
import { keyParts, objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import {
  appliedHashAnnotation,
  contributorsAnnotation,
  deletionAnnotation,
  fieldManager,
  ifCreatedDeletion,
  ifEmptyDeletion,
  matchAnnotation,
  originAnnotation,
  ownerLabel,
  untilAnnotation,
} from '@accord/proto/labels';
import type { KindRef, ObjectMeta, ObjectRef } from '../kube/kube.ts';

/** An object of ours as it was last seen. Hashes, not manifests: five thousand of these cost a few megabytes. */
export interface Owned extends OwnedObject {
  readonly ref: ObjectRef;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Of our own managed fields after our last apply; undefined while we have not applied it in this process. */
  readonly print: Print | undefined;
  /** It was there when this process first saw it, and has not changed since. */
  readonly isUnchecked?: true;
  /** Maps that hold nothing but what we state. */
  readonly exactMaps?: readonly ExactMap[];
  /** Elements of others in lists of ours, where there are any. */
  readonly beside?: readonly string[];
  /** Elements of ours whose keys were changed since the last apply. */
  readonly turned?: readonly TurnedKey[];
  /** When this process applied it last; absent where it has not, or somebody has changed it since. */
  readonly appliedMs?: number;
}

export interface OwnedListeners {
  readonly onDrift: (policy: PolicyName) => void;
  /** Every policy has to be looked at: all kinds have been listed, or a Namespace is held or free again. */
  readonly onEverything: () => void;
  /** How long somebody in the cluster may hold an object as it is. */
  readonly longestHoldMs: () => number;
  /** The spoke can read the Secrets of this namespace from now on, or no longer. */
  readonly onSecretsGrant: (namespace: string, isGranted: boolean) => void;
}

/** Somebody changed or removed an object of ours. */
export interface Drift {
  readonly policy: PolicyName;
  /** Of what was applied last, before it. */
  readonly digest: string;
  readonly seenMs: number;
  readonly cause: HealCause;
  readonly manager: string;
  readonly operation: string;
  /** By the clock of the API server; 0 where the object does not say. */
  readonly writtenMs: number;
  readonly fields: readonly string[];
}

/** What an event says of an object that somebody changed. Who takes one away leaves no name. */
export function driftOf(
  meaning: Extract<EventMeaning, { readonly means: 'drift' | 'recreated' | 'gone' }>,
  { owner, digest }: Pick<Owned, 'owner' | 'digest'>,
  seenMs: number,
): Drift {
  const known = { policy: owner, digest, seenMs };
  if (meaning.means === 'gone') return { ...known, cause: 'Gone', manager: '', operation: 'Delete', writtenMs: 0, fields: [] };
  const { culprit } = meaning;
  const by = { manager: culprit?.manager ?? '', operation: culprit?.operation ?? '', writtenMs: writtenMsOf(culprit) };
  return meaning.means === 'recreated'
    ? { ...known, cause: 'Recreated', ...by, fields: [] }
    : { ...known, cause: meaning.cause, ...by, fields: meaning.fields };
}

/** What a dry run says of an object that no event told of: nobody has left a name. */
export function unseenDrift({ owner, digest }: Pick<Owned, 'owner' | 'digest'>, seenMs: number, fields: readonly string[]): Drift {
  return { policy: owner, digest, seenMs, cause: 'UnseenWrite', manager: '', operation: '', writtenMs: 0, fields };
}

const rbacGroup = 'rbac.authorization.k8s.io';

/** What the metadata of an object says of it. Without a print this process has not applied it yet. */
export function ownedOf(key: ObjectKey, ref: ObjectRef, meta: ObjectMeta, print: Print | undefined): Owned {
  const { group, kind } = ref.kind;
  const isNamespace = group === '' && kind === 'Namespace';
  const contributors = meta.annotations[contributorsAnnotation];
  const beside = besideOf(meta, print);
  const endMs = readEnd(`${group}/${kind}`, meta.annotations[untilAnnotation]);
  return {
    key,
    ref,
    uid: meta.uid,
    resourceVersion: meta.resourceVersion,
    owner: (meta.labels[ownerLabel] ?? '') as PolicyName,
    ...(contributors === undefined ? {} : { contributors: contributors.split(',') as PolicyName[] }),
    digest: meta.annotations[appliedHashAnnotation] ?? '',
    print,
    // An object that this process has not applied may have drifted while nobody looked; one apply finds out.
    intact: print !== undefined,
    origin: meta.annotations[originAnnotation] === 'Created' ? 'Created' : 'Adopted',
    // A grant with an end always goes: nobody would end it any more.
    retain: endMs === undefined && isRetained(group, meta),
    isNamespace,
    ...(isNamespace && meta.annotations[deletionAnnotation] === ifEmptyDeletion && { isDeletedEmpty: true as const }),
    ...(isNamespace && isDeletedWhole(meta) && { isDeletedWhole: true as const }),
    stage: stageOf(`${group}/${kind}`),
    ...(endMs === undefined ? {} : { endMs }),
    ...(meta.deletionTimestamp !== undefined && { terminating: meta.finalizers ?? [] }),
    ...(beside.length > 0 && { beside }),
    ...(meta.annotations[matchAnnotation] === 'MustOnlyHave' && { exactMaps: exactMapsOf(`${group}/${kind}`) }),
  };
}

/** Whoever may annotate a binding could keep a right by it: of what grants rights only the policy itself says that it stays. */
function isRetained(group: string, { annotations, managedFields }: ObjectMeta): boolean {
  if (annotations[deletionAnnotation] !== 'retain') return false;
  return group !== rbacGroup || appliesAnnotation(managedFields, fieldManager, deletionAnnotation);
}

/** Whoever may annotate a Namespace could have others lose what they have in it: here only the word of its policy counts. */
export function isDeletedWhole({ annotations, managedFields }: ObjectMeta): boolean {
  return annotations[deletionAnnotation] === ifCreatedDeletion && appliesAnnotation(managedFields, fieldManager, deletionAnnotation);
}

function besideOf({ managedFields }: ObjectMeta, print: Print | undefined): readonly string[] {
  // Most objects have no lists with keys, and an event of theirs need not be looked through.
  if (print?.fields.includes('"k:') !== true) return [];
  return elementsBeside(JSON.parse(print.fields) as JsonObject, managedFields, fieldManager);
}

/** How somebody who fights for the object is answered. */
export function ruleOf(key: ObjectKey): HeatRule {
  const { group, kind } = keyParts(key);
  return { neverYields: neverYields(`${group}/${kind}`) };
}

/** What a list or a watch is of: every version of a kind is the same objects. */
export function scopeKey({ group, kind }: KindRef, namespace?: string): string {
  return objectKey(group, kind, namespace, '');
}
