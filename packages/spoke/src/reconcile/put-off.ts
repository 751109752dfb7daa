import { checksToPutOff } from '@accord/core/apply/put-off-checks';
import type { PolicyName } from '@accord/proto/ids';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { Gathered } from './gather.ts';

/** What one pass does of what was gathered, and the policies that wait for the next one. */
export function putOff(
  gathered: Gathered,
  owned: Pick<OwnedObjects, 'get'>,
): { readonly now: Gathered; readonly later: ReadonlySet<PolicyName> } {
  const { plan, intents } = gathered;
  const applies = plan.apply.map(({ key, owner, digest }) => {
    const live = owned.get(key);
    const isCheck = live?.isUnchecked === true && live.owner === owner && live.digest === digest;
    return { key, policies: [owner, ...(intents.get(key)?.contributors ?? [])], isCheck };
  });
  const { keys, policies: later } = checksToPutOff(applies);
  if (later.size === 0) return { now: gathered, later };
  return {
    now: {
      ...gathered,
      plan: {
        ...plan,
        apply: plan.apply.filter(({ key }) => !keys.has(key)),
        superseded: plan.superseded.filter(({ key }) => !keys.has(key)),
        // A removal waits for the applies of its policy, but a grant that is over waits for nothing.
        remove: plan.remove.filter(({ owner, isOver }) => isOver === true || !later.has(owner)),
      },
    },
    later,
  };
}
