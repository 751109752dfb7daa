import { standingOf, type ClusterNamespace, type NamespaceStanding } from '@accord/core/desired/fan-out';
import type { PolicyName } from '@accord/proto/ids';
import type { NamespaceSelector } from '@accord/proto/selector';
import type { Clock } from '@accord/runtime/clock';
import { collectLater } from '@accord/runtime/collect-later';

export interface NamespaceChangesDeps {
  /** Policies that make something in each namespace of a selector. */
  readonly selectors: () => Iterable<readonly [PolicyName, NamespaceSelector | undefined]>;
  readonly mark: (policies: Iterable<PolicyName>) => void;
  readonly clock: Clock;
}

/** Whoever relabels many namespaces sends a request for each: what belongs together must meet the brake together. */
const afterBurst = { quietMs: 1_000, maxMs: 10_000 };

/** Has exactly those policies looked at that a change of a namespace concerns, and knows which of them may not remove anything yet. */
export class NamespaceChanges {
  readonly #deps: NamespaceChangesDeps;
  readonly #later: (policies: Iterable<PolicyName>) => void;
  readonly #losing = new Set<PolicyName>();

  constructor(deps: NamespaceChangesDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#later = collectLater((policies) => this.#burstIsOver(policies), afterBurst, deps.clock, signal);
  }

  onChange(before: ClusterNamespace | undefined, after: ClusterNamespace | undefined): void {
    for (const [policy, selector] of this.#deps.selectors()) {
      const [was, is] = [standingOf(selector, before), standingOf(selector, after)];
      if (was === is || (!isTold(was) && !isTold(is))) continue;
      // What a namespace takes along is not removed by anybody, so that it need not be counted.
      if (was === 'in' && is !== 'going') this.#losing.add(policy);
      else this.#deps.mark([policy]);
      // Once more: the API server may have refused what came before its own guard rails had seen the labels.
      this.#later([policy]);
    }
  }

  /** More namespaces may stop to match in this moment: what they lose waits until all can be counted. */
  isLosing(policy: PolicyName): boolean {
    return this.#losing.has(policy);
  }

  #burstIsOver(policies: ReadonlySet<PolicyName>): void {
    for (const policy of policies) this.#losing.delete(policy);
    this.#deps.mark(policies);
  }
}

/** Whether a policy has something there, or says that it has not. */
function isTold(standing: NamespaceStanding): boolean {
  return standing === 'in' || standing === 'closed';
}
