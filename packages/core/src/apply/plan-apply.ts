import { keyParts, namespaceKeyOf, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { LocalHold } from '../drift/local-hold.ts';
import type { InformReason } from '../desired/judge-policy.ts';
import type { HoldScope, StopReason } from '../desired/stop-of.ts';
import { secretsGrantKey } from '../policy/sealed-secrets.ts';
import { brakedPolicies, heldByBrake, isWhole } from './removal-brake.ts';
import { removalsSpent, type GuardReason, type GuardRefusal } from '../guard/guard-object.ts';

/** What the plan needs to know of a merged intent. */
export interface WantedObject {
  readonly key: ObjectKey;
  readonly owner: PolicyName;
  /** 1 to 7: namespaces before what lives in them, roles before bindings. */
  readonly stage: number;
  readonly order: number;
  readonly digest: string;
  /** It is as wanted as soon as it is there. */
  readonly isCreateOnly?: true;
}

/** What the metadata watch last showed of an object that carries our label. */
export interface OwnedObject {
  readonly key: ObjectKey;
  readonly owner: PolicyName;
  /** All policies whose content is in it, as the object itself says; absent where the owner is the only one. */
  readonly contributors?: readonly PolicyName[];
  /** Digest of the intent that was last applied, as the object itself says. */
  readonly digest: string;
  /** False as soon as somebody else changed a field of ours, and while we cannot know. */
  readonly intact: boolean;
  readonly origin: 'Created' | 'Adopted';
  /** The policy or the object itself says that it stays when the policy goes. */
  readonly retain: boolean;
  readonly isNamespace: boolean;
  /** Of a Namespace: its policy wants it deleted when nothing is left in it. */
  readonly isDeletedEmpty?: true;
  /** Of a Namespace: its policy wants it deleted with everything in it, whoever made that. */
  readonly isDeletedWhole?: true;
  readonly stage: number;
  /** The end of the grant that it is, as the object itself says. */
  readonly endMs?: number;
  /** Somebody in the cluster keeps it as it is. */
  readonly hold?: LocalHold | undefined;
  /** It is being deleted, and is there until these finalizers are gone. */
  readonly terminating?: readonly string[];
}

/** Why objects of a policy may leave, or why they must not yet. */
export type RemovalGround =
  /** Explicit: a tombstone, a newer revision, or a person. Up to this many without the brake; of these, so many that a person looked at. */
  | { readonly allowed: true; readonly removalsMax: number; readonly removalsConfirmed?: number }
  /** Half of a desired set looks just like an order to remove the other half. */
  | {
      readonly allowed: false;
      readonly reason: 'NotCaughtUp' | 'EpochChanged' | 'ReplacementRefused' | 'UnknownPolicy' | StopReason | InformReason;
    };

export interface Removal {
  readonly key: ObjectKey;
  readonly owner: PolicyName;
  readonly how: 'delete' | 'release';
  readonly stage: number;
  /** A grant that is over: it goes at once, whatever else the policy waits for. */
  readonly isOver?: true;
  /** Of a Namespace: it goes when nothing of any policy is in it any more, for nobody will be there to manage it. */
  readonly isLast?: true;
}

export interface HeldRemoval {
  readonly key: ObjectKey;
  readonly owner: PolicyName;
  readonly reason: Extract<RemovalGround, { readonly allowed: false }>['reason'] | 'RemovalBrake' | ObjectHold['reason'] | GuardReason;
  /** What is said against this object: by the cluster's owner, or by whoever holds it. */
  readonly because?: string;
  readonly scope?: HoldScope;
  /** Of a Namespace: it would go with everything in it. */
  readonly isWhole?: true;
}

/** Somebody keeps a single object as it is: whoever may edit it in the cluster, or an operator at the hub. */
export interface ObjectHold {
  readonly reason: 'LocalHold' | 'Held';
  readonly message: string;
  /** Of a hold of operators. */
  readonly scope?: HoldScope;
}

export interface ApplyPlan {
  /** By stage, then order, then key; inside a stage and order all may go at once. */
  readonly apply: readonly WantedObject[];
  /** Not as wanted, and left alone: the policy whose word counts is stopped or waits for another one, or the object is being deleted. */
  readonly stopped: readonly WantedObject[];
  /** Undone by somebody again and again: they were applied, and are healed later. */
  readonly fought: readonly WantedObject[];
  /** Grants that are over and are to be replaced: they go if that does not succeed. */
  readonly superseded: readonly Removal[];
  /** In reverse order; carried out only after every apply of the same policy succeeded. */
  readonly remove: readonly Removal[];
  readonly held: readonly HeldRemoval[];
}

/** What the cluster's owner allows in this pass. */
export interface GuardLimits {
  /** What speaks against touching this object. */
  readonly refusalOf: (key: ObjectKey) => GuardRefusal | undefined;
  /** How much more may be deleted, the ends of grants aside. */
  readonly removalsLeft: number;
  /** Even grants that are over stay. */
  readonly isFrozen: boolean;
}

/** An owner who limits nothing. */
export const unguarded: GuardLimits = { refusalOf: () => undefined, removalsLeft: Number.POSITIVE_INFINITY, isFrozen: false };

export interface ApplyInput {
  readonly wanted: readonly WantedObject[];
  /** Objects that a policy which holds them only compares from now on: they stay, and are not applied. */
  readonly compared: ReadonlySet<ObjectKey>;
  /** Owned objects that belong to the policies under consideration or carry a wanted key. */
  readonly owned: readonly OwnedObject[];
  readonly groundOf: (policy: PolicyName) => RemovalGround;
  /** Whether anything may be written for the policy: nothing that is `new`, or nothing at all. */
  readonly holdOf: (policy: PolicyName) => 'new' | 'all' | undefined;
  /** By what this object is kept as it is, or its Namespace. */
  readonly objectHoldOf: (key: ObjectKey) => ObjectHold | undefined;
  readonly guard: GuardLimits;
  /** Whether a policy that has a share in what is there, or would have one, may not change anything now. */
  readonly isShareHeld: (key: ObjectKey, owner: PolicyName) => boolean;
  /** Whether somebody took this object away from the policy: to put it back is a heal. */
  readonly isLost: (key: ObjectKey, owner: PolicyName) => boolean;
  /** Whether putting the object back waits, because somebody undoes it again and again. */
  readonly isFought?: (object: WantedObject) => boolean;
  /** The cluster leaves the fleet. */
  readonly isLeaving?: boolean;
  /** It is given back, whoever made it: the cluster leaves the fleet. */
  readonly isGivenBack?: (object: OwnedObject) => boolean;
  /** Objects of ours on the whole cluster, for the brake. */
  readonly ownedTotal: number;
  readonly nowMs: number;
}

/**
 * Decides what to send to the API server, without asking it anything.
 *
 * An intact object with the right digest costs no request. Removals that must not happen now are part of the result, so that a report can say why.
 */
export function planApply(input: ApplyInput): ApplyPlan {
  const { wanted, compared, owned, groundOf, objectHoldOf, guard, isGivenBack = () => false, nowMs } = input;
  const live = new Map(owned.map((object) => [object.key, object]));
  const keep = new Set([...wanted.map(({ key }) => key), ...compared]);
  const open = Map.groupBy(wanted.filter((object) => !isInPlace(object, live.get(object.key))).toSorted(byStage), (object) =>
    fateOf(object, live.get(object.key), input),
  );
  const apply = open.get('apply') ?? [];

  const remove: Removal[] = [];
  const held: HeldRemoval[] = [];
  const later: Removal[] = [];
  // An expired grant must not outlive a stop, a brake, a failure or the loss of its policy: it said itself when it ends.
  const isOver = ({ endMs = Number.POSITIVE_INFINITY }: OwnedObject): boolean => endMs <= nowMs && !guard.isFrozen;
  const written = new Set(apply.map(({ key }) => key));
  const overdue = (object: OwnedObject): Removal => ({ ...removalOf(object), isOver: true });
  const over = owned.filter((object) => isOver(object) && !written.has(object.key)).map(overdue);
  const superseded = owned.filter((object) => isOver(object) && written.has(object.key)).map(overdue);
  const unwanted = owned.filter(({ key }) => !keep.has(key));
  for (const object of unwanted.filter((candidate) => !isOver(candidate))) {
    // A shared object leaves with its last contributor: each of them has to let it go.
    const grounds = [object.owner, ...(object.contributors ?? [])].map(groundOf);
    const against = grounds.find((ground) => !ground.allowed);
    // What policies may not touch stays, and what is given back stays too.
    const refusal = isGivenBack(object) ? undefined : refusalToLeave(object, input);
    const hold = objectHoldOf(object.key);
    if (refusal !== undefined) held.push({ key: object.key, owner: object.owner, reason: refusal.reason, because: refusal.message });
    else if (hold !== undefined) held.push(heldByHand(object, hold));
    else if (against?.allowed === false) held.push({ key: object.key, owner: object.owner, reason: against.reason });
    else remove.push(leavingOf(object, input));
    const isStaying = refusal !== undefined || hold !== undefined || against !== undefined;
    if (isStaying && groundOf(object.owner).allowed) later.push(leavingOf(object, input));
  }
  const braked = brakedPolicies({ now: remove, later }, input, live);
  held.push(...remove.filter(({ owner }) => braked.has(owner)).map((removal) => heldByBrake(removal, live.get(removal.key))));
  const { going, tooMany } = withinHour(
    remove.filter(({ owner }) => !braked.has(owner)).toSorted((a, b) => byStage(b, a)),
    guard.removalsLeft,
  );
  held.push(...tooMany);
  // Once a policy has given its namespace back, it can no longer remove what it has in there.
  const inUse = new Map(held.map(({ key, owner, reason }) => [`${owner} ${namespaceKeyOf(key)}`, reason]));
  const reasonToStay = ({ key, owner }: Removal): HeldRemoval['reason'] | undefined => inUse.get(`${owner} ${key}`);
  held.push(
    ...going.flatMap((removal) => {
      const reason = reasonToStay(removal);
      return reason === undefined ? [] : [{ key: removal.key, owner: removal.owner, reason }];
    }),
  );
  return {
    apply,
    stopped: open.get('stopped') ?? [],
    fought: open.get('fought') ?? [],
    superseded,
    remove: [...over, ...going.filter((removal) => reasonToStay(removal) === undefined)].toSorted((a, b) => byStage(b, a)),
    held: held.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

function heldByHand({ key, owner }: OwnedObject, { reason, message, scope }: ObjectHold): HeldRemoval {
  return { key, owner, reason, because: message, ...(scope && { scope }) };
}

/** What goes now of what may leave, and what waits because so much went within the hour. */
function withinHour(
  removals: readonly Removal[],
  left: number,
): { readonly going: readonly Removal[]; readonly tooMany: readonly HeldRemoval[] } {
  const late = new Set(removals.filter(({ how }) => how === 'delete').slice(left));
  return {
    going: removals.filter((removal) => !late.has(removal)),
    tooMany: [...late].map(({ key, owner }) => ({ key, owner, reason: removalsSpent.reason, because: removalsSpent.message })),
  };
}

/** What becomes of an object that is not as wanted. */
function fateOf(object: WantedObject, was: OwnedObject | undefined, input: ApplyInput): 'apply' | 'stopped' | 'fought' {
  if (isHeld(object, was, input)) return 'stopped';
  return input.isFought?.(object) === true ? 'fought' : 'apply';
}

/** Whether what is not as wanted is left alone until something else ends. */
function isHeld(object: WantedObject, was: OwnedObject | undefined, input: ApplyInput): boolean {
  const { key, owner, digest } = object;
  // It cannot be kept: what is wanted comes back when it is gone.
  if (was?.terminating !== undefined) return true;
  if (input.objectHoldOf(key) !== undefined || input.guard.refusalOf(key) !== undefined) return true;
  const hold = input.holdOf(owner);
  // What was applied before is healed: only what is new waits.
  if (hold === 'all' || (hold === 'new' && !isHeal(object, was, input))) return true;
  return was !== undefined && was.digest !== digest && input.isShareHeld(key, owner);
}

/** Whether applying it only puts back what was there, so that it waits for nothing. */
export function isHeal(
  { key, owner, digest }: Pick<WantedObject, 'key' | 'owner' | 'digest'>,
  was: OwnedObject | undefined,
  input: Pick<ApplyInput, 'isLost'>,
): boolean {
  return was === undefined ? input.isLost(key, owner) : was.owner === owner && was.digest === digest;
}

function isInPlace(object: WantedObject, live: OwnedObject | undefined): boolean {
  if (live?.terminating !== undefined) return false;
  if (object.isCreateOnly && live !== undefined) return true;
  return live !== undefined && live.intact && live.digest === object.digest && live.owner === object.owner;
}

/** To delete an empty Namespace takes the right to look at the Secrets in it: that binding is the spoke's own, and the owner of the cluster has a say in it as well. */
function refusalToLeave(object: OwnedObject, { guard, isLeaving = false }: ApplyInput): GuardRefusal | undefined {
  const looks = object.isNamespace && !isWhole(object) && removalOf(object).how === 'delete' && !isLeaving;
  return guard.refusalOf(object.key) ?? (looks ? guard.refusalOf(secretsGrantKey(keyParts(object.key).name)) : undefined);
}

function leavingOf(object: OwnedObject, { isLeaving = false, isGivenBack = () => false }: ApplyInput): Removal {
  const removal = removalOf(object);
  return {
    ...removal,
    ...(isGivenBack(object) && { how: 'release' }),
    ...(isLeaving && object.isNamespace && { how: 'release', isLast: true }),
  };
}

/** A Namespace that is to be deleted when it is empty may not be: whoever carries that out looks. */
function removalOf({ key, owner, origin, retain, isNamespace, isDeletedEmpty, isDeletedWhole, stage }: OwnedObject): Removal {
  const stays = origin === 'Adopted' || retain || (isNamespace && isDeletedEmpty !== true && isDeletedWhole !== true);
  return { key, owner, how: stays ? 'release' : 'delete', stage };
}

function byStage(a: { stage: number; order?: number; key: string }, b: { stage: number; order?: number; key: string }): number {
  return a.stage - b.stage || (a.order ?? 0) - (b.order ?? 0) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
