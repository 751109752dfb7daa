import type { HeldRemoval } from '@accord/core/apply/plan-apply';
import type { ObjectResult } from '@accord/core/apply/report-policy';
import type { Verdict } from '@accord/core/desired/judge-policy';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { Terms } from './apply-intent.ts';
import type { Carried } from './carry-out.ts';
import type { Gathered } from './gather.ts';

/** What one policy has to do with a pass. */
export interface PolicyShare {
  readonly policy: PolicyName;
  readonly verdict: Verdict;
  /** Objects that it wants and another policy owns. */
  readonly overruled: ReadonlyMap<ObjectKey, PolicyName>;
  readonly removals: readonly ObjectKey[];
  readonly held: readonly HeldRemoval[];
}

/** One look at the plan for all policies of a pass: looking through it for each would take the square of the time. */
export function sharesOf({ verdicts, shadowed, plan }: Gathered): readonly PolicyShare[] {
  const overruled = Map.groupBy(shadowed, ({ policy }) => policy);
  const removals = Map.groupBy(plan.remove, ({ owner }) => owner);
  const held = Map.groupBy(plan.held, ({ owner }) => owner);
  return [...verdicts].map(([policy, verdict]) => ({
    policy,
    verdict,
    overruled: new Map(overruled.get(policy)?.map(({ key, owner }) => [key, owner])),
    removals: removals.get(policy)?.map(({ key }) => key) ?? [],
    held: held.get(policy) ?? [],
  }));
}

/** Nothing is left of what the policy had to let go. */
export function isDone({ held, removals }: PolicyShare, { removed, released }: Carried): boolean {
  return held.length === 0 && removals.every((key) => removed.has(key) || released.has(key));
}

/** What there is to mirror: a policy that is not for this cluster, or only left a tombstone, has nothing. */
export function documentToMirror(verdict: Verdict): Extract<Verdict, { says: 'apply' }>['document'] | undefined {
  return verdict.says === 'leave' || verdict.document.body.length === 0 ? undefined : verdict.document;
}

/** What became of the objects that it wants, and of those that it had to let go. */
export function resultsOf({ verdict, removals }: PolicyShare, { results }: Carried): ReadonlyMap<ObjectKey, ObjectResult> {
  const keys = [...(verdict.says === 'apply' ? verdict.objects.map(({ key }) => key) : []), ...removals];
  return new Map(keys.flatMap((key) => (results.has(key) ? [[key, results.get(key) as ObjectResult] as const] : [])));
}

/** A document from before these fields had defaults says neither. */
export function termsOf(verdict: Verdict | undefined): Terms {
  const { adoption = 'IfUnowned', recreate = 'IfImmutable' }: Partial<Terms> = verdict?.says === 'apply' ? verdict.spec : {};
  return { adoption, recreate };
}
