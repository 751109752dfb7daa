import type { Intent } from '@accord/core/desired/intent';
import type { ObjectKey } from '@accord/proto/ids';
import { gatherOf, type GatherDeps } from './gather.ts';

/**
 * What a pass would put back if somebody had changed this object; undefined where it would leave it alone, and where it would write
 * something else than was applied last.
 *
 * Unlike a pass it takes no note of what policies want now.
 */
export function healOf(deps: GatherDeps, key: ObjectKey): Intent | undefined {
  const { contributions, judge, ownedByKey } = deps;
  const owned = ownedByKey(key);
  if (owned?.intact !== true) return undefined;
  const policies = new Set([owned.owner, ...(owned.contributors ?? []), ...contributions.policiesOf(key)]);
  const verdicts = new Map([...policies].map((policy) => [policy, judge(policy)] as const));
  const changed = { ...owned, intact: false };
  const { plan, intents } = gatherOf(
    { ...deps, ownedByKey: (other) => (other === key ? changed : ownedByKey(other)) },
    { verdicts, keys: new Set([key]) },
  );
  const isPutBack = plan.apply.some(({ digest, owner }) => digest === owned.digest && owner === owned.owner);
  return isPutBack ? intents.get(key) : undefined;
}
