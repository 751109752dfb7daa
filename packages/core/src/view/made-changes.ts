import type { PolicyName } from '@accord/proto/ids';
import { selectorTest, type Labels } from '../labels/match-selector.ts';
import type { PolicyFact } from '../registry/facts.ts';
import { changesKeptMax } from './reported.ts';

/** Change → the policies that it wrote → whom they select. Bounded; the oldest leave first. */
export type MadeChanges = Map<string, Map<PolicyName, (labels: Labels) => boolean>>;

/** Takes a fact of a policy, in the order of INTENT. */
export function noteChange(made: MadeChanges, change: string, { name, spec }: PolicyFact): void {
  const policies = made.get(change) ?? new Map<PolicyName, (labels: Labels) => boolean>();
  policies.set(name, selectorTest(spec.clusterSelector));
  made.delete(change);
  made.set(change, policies);
  const [oldest] = made.keys();
  if (made.size > changesKeptMax && oldest !== undefined) made.delete(oldest);
}

/** Whether people made this change, of this policy, for clusters with these labels. Whoever reports may name any. */
export function isMadeFor(made: MadeChanges, { change, policy, labels }: NamedChange): boolean {
  return made.get(change)?.get(policy)?.(labels) === true;
}

export interface NamedChange {
  readonly change: string;
  readonly policy: PolicyName;
  readonly labels: Labels;
}
