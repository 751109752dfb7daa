import type { PolicyName } from '@accord/proto/ids';
import type { PolicyReport } from '@accord/proto/messages';
import type { Verdict } from './judge-policy.ts';

/** How a policy that another one depends on stands on the same cluster. */
export type DependencyState = 'applied' | 'not-applied' | 'not-selected';

/** Why what is new in a policy waits for another one. What was applied before is healed all the same. */
export interface Block {
  readonly reason: 'DependencyNotApplied' | 'DependencyNotSelected';
  readonly message: string;
}

/** How a policy stands, by what is wanted of it and what was last told of it. Before everything is known, what is missing may still come. */
export function dependencyState(verdict: Verdict, report: PolicyReport | undefined, isCaughtUp: boolean): DependencyState {
  if (verdict.says === 'leave') return isCaughtUp ? 'not-selected' : 'not-applied';
  const { epoch, revision } = verdict.document.statement;
  return report?.state === 'Applied' && report.epoch === epoch && report.revision === revision ? 'applied' : 'not-applied';
}

/** The first dependency that is not in, or undefined when nothing holds the policy up. */
export function blockOf(dependsOn: readonly string[], stateOf: (policy: PolicyName) => DependencyState): Block | undefined {
  for (const name of dependsOn) {
    const state = stateOf(name as PolicyName);
    if (state === 'not-selected')
      return { reason: 'DependencyNotSelected', message: `it depends on policy ${name}, which is not for this cluster` };
    if (state === 'not-applied')
      return { reason: 'DependencyNotApplied', message: `it depends on policy ${name}, which is not applied here` };
  }
  return undefined;
}

/** Which policies wait for which, as far as a cluster knows. */
export class Dependents {
  readonly #byDependency = new Map<string, Set<PolicyName>>();

  /** Takes what a policy depends on now. */
  set(policy: PolicyName, dependsOn: readonly string[]): void {
    for (const [name, dependents] of this.#byDependency) if (!dependsOn.includes(name)) dependents.delete(policy);
    for (const name of dependsOn) this.#byDependency.set(name, (this.#byDependency.get(name) ?? new Set()).add(policy));
  }

  of(policy: PolicyName): Iterable<PolicyName> {
    return this.#byDependency.get(policy) ?? [];
  }
}
