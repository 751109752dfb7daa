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
  const [leaving, staying] = [deletionsByPolicy(going), deletionsByPolicy(kept)];
  const unannounced = [...leaving.keys(), ...staying.keys()].filter((policy) => {
    const allowed = allowance(groundOf(policy));
    // Whoever allowed a number was told without what is kept.
    return (leaving.get(policy)?.length ?? 0) > allowed || (allowed === 0 && staying.has(policy));
  });
  const whole = [...new Set(unannounced)].map(
    (policy) => [policy, [...(leaving.get(policy) ?? []), ...(staying.get(policy) ?? [])]] as const,
  );
  const isTooMuch = whole.reduce((sum, [, { length }]) => sum + length, 0) > removalLimit(ownedTotal);
  // Everything in a Namespace goes with it, so that a single one is too much.
  const braked = whole.filter(([, all]) => isTooMuch || all.some(({ key }) => isNamespace(key)));
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
