import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { ApplyInput, Removal, RemovalGround } from './plan-apply.ts';

/** A pass that would delete more than this without being told so explicitly waits for a person, and so does one that would delete a Namespace. */
export function removalLimit(ownedTotal: number): number {
  return Math.max(10, Math.floor(ownedTotal / 5));
}

/**
 * Releases take nothing away, so only deletions count. Policies with an explicit allowance stand outside of the common limit.
 *
 * What somebody keeps counts too: a hold of one object must not let others go that would wait for a person without it.
 */
export function brakedPolicies(
  { going, kept }: { readonly going: readonly Removal[]; readonly kept: readonly Removal[] },
  { groundOf, ownedTotal }: Pick<ApplyInput, 'groundOf' | 'ownedTotal'>,
  isNamespace: (key: ObjectKey) => boolean,
): ReadonlySet<PolicyName> {
  const deletions = deletionsByPolicy(going);
  const unannounced = [...deletions].filter(([policy, { length }]) => length > allowance(groundOf(policy)));
  const keptOf = deletionsByPolicy(kept);
  const whole = unannounced.map(([policy, leaving]) => [policy, [...leaving, ...(keptOf.get(policy) ?? [])]] as const);
  const isTooMuch = whole.reduce((sum, [, { length }]) => sum + length, 0) > removalLimit(ownedTotal);
  // Everything in a Namespace goes with it, so that a single one is too much.
  const braked = whole.filter(([, leaving]) => isTooMuch || leaving.some(({ key }) => isNamespace(key)));
  return new Set(braked.map(([policy]) => policy));
}

function deletionsByPolicy(removals: readonly Removal[]): ReadonlyMap<PolicyName, readonly Removal[]> {
  return Map.groupBy(
    removals.filter(({ how }) => how === 'delete'),
    ({ owner }) => owner,
  );
}

function allowance(ground: RemovalGround): number {
  return ground.allowed ? ground.removalsMax : 0;
}
