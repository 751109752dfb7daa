import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { ApplyInput, HeldRemoval, OwnedObject, Removal, RemovalGround } from './plan-apply.ts';

/** A pass that would delete more than this without being told so explicitly waits for a person, and so does one that would delete a Namespace. */
export function removalLimit(ownedTotal: number): number {
  return Math.max(10, Math.floor(ownedTotal / 5));
}

/** `later`: what something holds only for now. A person is asked about that all the same. */
interface Leaving {
  readonly now: readonly Removal[];
  readonly later: readonly Removal[];
}

/** Releases take nothing away, so only deletions count. Policies with an explicit allowance stand outside of the common limit. */
export function brakedPolicies(
  { now, later }: Leaving,
  { groundOf, ownedTotal }: Pick<ApplyInput, 'groundOf' | 'ownedTotal'>,
  live: ReadonlyMap<ObjectKey, OwnedObject>,
): ReadonlySet<PolicyName> {
  const isDeletion = ({ how }: Removal): boolean => how === 'delete';
  const deletions = [...Map.groupBy(now.filter(isDeletion), ({ owner }) => owner)];
  const ownersOf = (isMeant: (object: OwnedObject | undefined) => boolean): ReadonlySet<PolicyName> =>
    new Set([...now, ...later].filter((removal) => isDeletion(removal) && isMeant(live.get(removal.key))).map(({ owner }) => owner));
  const unannounced = deletions.filter(([policy, { length }]) => length > allowance(groundOf(policy)));
  const isTooMuch = unannounced.reduce((sum, [, { length }]) => sum + length, 0) > removalLimit(ownedTotal);
  // Everything in a Namespace goes with it, so that a single one is too much.
  const losing = ownersOf((object) => object?.isNamespace === true);
  const braked = unannounced.filter(([policy]) => isTooMuch || losing.has(policy));
  // Whoever deletes a policy means what is in it: what others have takes somebody who looked. What is going already is lost.
  const losingAll = ownersOf((object) => isWhole(object) && object?.terminating === undefined);
  const unseen = deletions.filter(([policy, { length }]) => losingAll.has(policy) && length > confirmed(groundOf(policy)));
  return new Set([...braked, ...unseen].map(([policy]) => policy));
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
