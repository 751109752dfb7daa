import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { ApplyInput, HeldRemoval, OwnedObject, Removal, RemovalGround } from './plan-apply.ts';

/** A pass that would delete more than this without being told so explicitly waits for a person, and so does one that would delete a Namespace. */
export function removalLimit(ownedTotal: number): number {
  return Math.max(10, Math.floor(ownedTotal / 5));
}

interface Leaving {
  readonly now: readonly Removal[];
  /** What would leave as well, if nobody kept that one object, or a policy that shares it. */
  readonly later: readonly Removal[];
}

/**
 * Releases take nothing away, so only deletions count. Policies with an explicit allowance stand outside of the common limit.
 *
 * What somebody keeps counts too: a hold of one object must not let others go that would wait for a person without it.
 */
export function brakedPolicies(
  { now, later }: Leaving,
  { groundOf, ownedTotal }: Pick<ApplyInput, 'groundOf' | 'ownedTotal'>,
  live: ReadonlyMap<ObjectKey, OwnedObject>,
): ReadonlySet<PolicyName> {
  const [leaving, staying] = [deletionsByOwner(now), deletionsByOwner(later)];
  const all = deletionsByOwner([...now, ...later]);
  // Whoever allowed a number was told without what is kept.
  const isBeyond = (policy: PolicyName, allowed: number): boolean =>
    (leaving.get(policy)?.length ?? 0) > allowed || (allowed === 0 && staying.has(policy));
  const loses = (removals: readonly Removal[], isMeant: (object: OwnedObject | undefined) => boolean): boolean =>
    removals.some(({ key }) => isMeant(live.get(key)));
  const unannounced = [...all].filter(([policy]) => isBeyond(policy, allowance(groundOf(policy))));
  const isTooMuch = unannounced.reduce((sum, [, { length }]) => sum + length, 0) > removalLimit(ownedTotal);
  // Everything in a Namespace goes with it, so that a single one is too much.
  const braked = unannounced.filter(([, removals]) => isTooMuch || loses(removals, (object) => object?.isNamespace === true));
  // Whoever deletes a policy means what is in it: what others have takes somebody who looked. What is going already is lost.
  const isLosingAll = (object: OwnedObject | undefined): boolean => isWhole(object) && object?.terminating === undefined;
  const unseen = [...all].filter(([policy, removals]) => loses(removals, isLosingAll) && isBeyond(policy, confirmed(groundOf(policy))));
  return new Set([...braked, ...unseen].map(([policy]) => policy)).intersection(new Set(now.map(({ owner }) => owner)));
}

function deletionsByOwner(removals: readonly Removal[]): ReadonlyMap<PolicyName, readonly Removal[]> {
  return Map.groupBy(
    removals.filter(({ how }) => how === 'delete'),
    ({ owner }) => owner,
  );
}

/** A removal of a policy that the brake holds. */
export function heldByBrake({ key, owner, how }: Removal, object: OwnedObject | undefined): HeldRemoval {
  return { key, owner, reason: 'RemovalBrake', ...(how === 'delete' && isWhole(object) && { isWhole: true as const }) };
}

/** Whether it is a Namespace that would go with everything in it. */
export function isWhole(object: OwnedObject | undefined): boolean {
  return object?.isNamespace === true && object.isDeletedWhole === true;
}

function allowance(ground: RemovalGround): number {
  return ground.allowed ? ground.removalsMax : 0;
}

function confirmed(ground: RemovalGround): number {
  return ground.allowed ? (ground.removalsConfirmed ?? 0) : 0;
}
