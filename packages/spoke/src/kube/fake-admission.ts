import type { JsonObject } from '@accord/proto/canonical';
import { inventoryGroup, managerLabel, managerName } from '@accord/core/registry/cluster-profile';
import {
  adoptableAnnotation,
  allowLabel,
  deletionAnnotation,
  ifCreatedDeletion,
  ifEmptyDeletion,
  originAnnotation,
  ownerLabel,
} from '@accord/proto/labels';
import type { ApplyAnswer, ObjectRef, Refused } from './kube.ts';

/** The spoke's own namespace, as the shipped guard rails name it. */
const systemNamespace = 'accord-system';
export const protectedNamespaces: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease', systemNamespace];

const deletableAnnotation = 'accord.dev/deletable';
const unguardedKinds: ReadonlySet<string> = new Set(['accord.dev/Cluster', 'accord.dev/ClusterPolicy', 'events.k8s.io/Event']);
const ownState: ReadonlySet<string> = new Set([
  'coordination.k8s.io/Lease/accord-spoke',
  '/ConfigMap/accord-spoke-state',
  '/Secret/accord-spoke-credential',
  '/Secret/accord-spoke-sealing-keys',
]);

export interface Admitted {
  readonly ref: ObjectRef;
  readonly old: JsonObject | undefined;
  /** Undefined on deletion. */
  readonly next: JsonObject | undefined;
  /** The namespace that the object lies in; undefined for cluster scope. */
  readonly namespace: JsonObject | undefined;
}

type Denial = Refused | Extract<ApplyAnswer, { outcome: 'adoptable' }>;

/** The rules of the guard rail `accord-spoke-ownership`, with its sentences. Undefined when it admits the request. */
export function admit(request: Admitted): Denial | undefined {
  if (isExempt(request.ref)) return undefined;
  return admitNamespace(request) ?? (request.next === undefined ? admitDeletion(request) : admitWrite(request, request.next));
}

function isExempt({ kind, namespace, name }: ObjectRef): boolean {
  const groupKind = `${kind.group}/${kind.kind}`;
  return unguardedKinds.has(groupKind) || (namespace === systemNamespace && ownState.has(`${groupKind}/${name}`));
}

/** A ClusterProfile that the spoke writes for the registry: the role is bound in its namespace, and that is consent enough. */
function isProjection({ ref, old, next }: Admitted): boolean {
  const isOfRegistry = (object: JsonObject | undefined): boolean =>
    object === undefined || (marks(object, 'labels')[ownerLabel] === '' && marks(object, 'labels')[managerLabel] === managerName);
  return ref.kind.group === inventoryGroup && ref.kind.kind === 'ClusterProfile' && isOfRegistry(old ?? next) && isOfRegistry(next);
}

function admitNamespace(request: Admitted): Denial | undefined {
  const { ref, namespace } = request;
  const target = ref.kind.kind === 'Namespace' ? ref.name : ref.namespace;
  if (target === undefined) return undefined;
  if (protectedNamespaces.includes(target)) return denied(ref, 'GuardRail', `namespace ${target} is protected`);
  const labels = marks(namespace, 'labels');
  if (isProjection(request) || namespace === undefined || labels[ownerLabel] !== undefined || labels[allowLabel] === 'true')
    return undefined;
  const how = `kubectl label namespace ${target} accord.dev/allow=true`;
  return denied(ref, 'GuardRail', `namespace ${target} is not managed by Accord; its owner can allow it with: ${how}`);
}

function admitDeletion({ ref, old }: Admitted): Denial | undefined {
  const isCreated = isOwned(old) && originOf(old) === 'Created';
  const word = marks(old, 'annotations')[deletionAnnotation];
  if (ref.kind.kind === 'Namespace' && !(isCreated && (word === ifEmptyDeletion || word === ifCreatedDeletion)))
    return denied(
      ref,
      'GuardRail',
      'the spoke may delete only a Namespace that it created and that its policy lets go (accord.dev/deletion: DeleteIfEmpty or DeleteIfCreated)',
    );
  if (isCreated || marks(old, 'annotations')[deletableAnnotation] === 'true') return undefined;
  return denied(
    ref,
    'GuardRail',
    'the spoke may delete only what it created (ownership label and accord.dev/origin: Created), or what its owner annotated accord.dev/deletable=true',
  );
}

function admitWrite({ ref, old }: Admitted, next: JsonObject): Denial | undefined {
  const newOrigin = marks(next, 'annotations')[originAnnotation] ?? '';
  if (old === undefined) {
    if (!isOwned(next)) return denied(ref, 'GuardRail', 'objects that the spoke creates must carry the ownership label');
    if (newOrigin !== 'Created') return denied(ref, 'GuardRail', 'objects that the spoke creates must carry accord.dev/origin: Created');
  } else {
    if (!isOwned(old) && marks(old, 'annotations')[adoptableAnnotation] !== 'true') {
      return denied(ref, 'NotOurs', 'this object is not ours; its owner can allow adoption with the annotation accord.dev/adoptable=true');
    }
    if (newOrigin !== 'Adopted' && newOrigin !== originOf(old)) {
      const { because } = denied(ref, 'NotOurs', `this object existed before: apply it with accord.dev/origin: ${originOf(old)}`);
      return { outcome: 'adoptable', because };
    }
  }
  if (ownersMarks(old) !== ownersMarks(next))
    return denied(ref, 'GuardRail', 'accord.dev/allow and accord.dev/deletable are set by the owner of the cluster only');
  if (lifeOf(old) === lifeOf(next)) return undefined;
  return denied(
    ref,
    'GuardRail',
    'owner references and finalizers are not set by policy: the garbage collector would delete for the spoke what it may not delete, and keep what others delete',
  );
}

function isOwned(object: JsonObject | undefined): boolean {
  return marks(object, 'labels')[ownerLabel] !== undefined;
}

/** What existed before and says nothing counts as adopted. */
function originOf(object: JsonObject | undefined): string {
  return marks(object, 'annotations')[originAnnotation] ?? 'Adopted';
}

function ownersMarks(object: JsonObject | undefined): string {
  return `${marks(object, 'labels')[allowLabel] ?? ''} ${marks(object, 'annotations')[deletableAnnotation] === 'true'}`;
}

/** What the garbage collector goes by. */
function lifeOf(object: JsonObject | undefined): string {
  const { ownerReferences = [], finalizers = [] } = (object?.['metadata'] ?? {}) as JsonObject;
  return JSON.stringify([ownerReferences, finalizers]);
}

export function marks(object: JsonObject | undefined, which: 'labels' | 'annotations'): Readonly<Record<string, string>> {
  const metadata = object?.['metadata'] as JsonObject | undefined;
  return (metadata?.[which] ?? {}) as Readonly<Record<string, string>>;
}

function denied({ kind, name }: ObjectRef, reason: 'GuardRail' | 'NotOurs', sentence: string): Refused {
  const what = `${kind.resource}${kind.group === '' ? '' : `.${kind.group}`} "${name}" is forbidden`;
  const policy = "ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request";
  return { outcome: 'refused', reason, because: `${what}: ${policy}: ${sentence}` };
}
