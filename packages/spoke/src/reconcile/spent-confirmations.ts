import type { Verdict } from '@accord/core/desired/judge-policy';
import type { PolicyName } from '@accord/proto/ids';

/**
 * Confirmations of removals that have served.
 *
 * Where what a policy wants follows the namespaces of a cluster, it loses objects again and again under one document. What a person
 * confirmed was for what had been lost by then: as soon as nothing of that is left, the next loss is for a person again.
 */
export class SpentConfirmations {
  readonly #spent = new Map<PolicyName, Uint8Array>();

  isSpent(policy: PolicyName, verdict: Verdict): boolean {
    const { document } = verdict;
    if (document === undefined) return false;
    if (this.#spent.get(policy) === document.signedStatement) return true;
    // Whether what was restored has served before the restart nobody knows any more.
    return verdict.says === 'apply' && verdict.fanOut !== undefined && document.receivedMs === 0;
  }

  /** A pass has left nothing of the policy to be removed. */
  spend(policy: PolicyName, verdict: Verdict): void {
    if (verdict.says === 'apply' && verdict.fanOut !== undefined) this.#spent.set(policy, verdict.document.signedStatement);
  }
}
