import type { ObjectResult } from '@accord/core/apply/report-policy';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import { compareAll, type CompareDeps } from './compare.ts';
import type { Gathered } from './gather.ts';
import type { ObjectResults } from './policy-results.ts';
import { removeUnwanted, type RemoveUnwantedDeps } from './remove-unwanted.ts';

/** What a pass finds of objects that it does not apply: those that are only compared, and those that must not be there. */
export interface Beside {
  /** Resolves when all of it has been looked at. */
  readonly ended: Promise<unknown>;
  /** Of one policy; undefined at once for a policy that has no such objects, so that it waits for nothing. */
  readonly of: (policy: PolicyName) => Promise<ReadonlyMap<ObjectKey, ObjectResult> | undefined>;
}

/** Looks at all of it together, beside what is applied. */
export function lookBeside(deps: CompareDeps & RemoveUnwantedDeps, gathered: Gathered, signal: AbortSignal): Beside {
  const found = Promise.all([compareAll(deps, gathered.informing, signal), removeUnwanted(deps, gathered.absent, signal)]);
  const of = async (policy: PolicyName): Promise<ReadonlyMap<ObjectKey, ObjectResult> | undefined> => {
    if (besideOf(gathered, policy).length === 0) return undefined;
    return new Map((await found).flatMap((results) => [...(results.get(policy) ?? [])]));
  };
  return { ended: found, of };
}

/** What others may give free, or must: until then the policy waits. */
const consents: ReadonlySet<string> = new Set(['NotOurs', 'AdoptionRefused', 'FieldConflict']);

/** The objects whose changes concern a policy although nobody sees them by our label. */
export function concernsOf(gathered: Gathered, results: ObjectResults, policy: PolicyName): readonly ObjectKey[] {
  return [...besideOf(gathered, policy), ...results.keysWith(policy, consents)];
}

function besideOf({ informing, absent }: Gathered, policy: PolicyName): readonly ObjectKey[] {
  const unwanted = absent.filter((object) => object.policy === policy);
  return [...(informing.get(policy) ?? []).map(({ key }) => key), ...unwanted.map(({ object }) => object.key)];
}
