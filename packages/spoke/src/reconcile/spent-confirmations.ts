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
  /** Of all policies, for what would take along what others have. */
  readonly #served = new Map<PolicyName, Uint8Array>();

  isSpent(policy: PolicyName, verdict: Verdict): boolean {
    const { document } = verdict;
    if (document === undefined) return false;
    if (this.#spent.get(policy) === document.signedStatement) return true;
    // Whether what was restored has served before the restart nobody knows any more.
    return verdict.says === 'apply' && verdict.fanOut !== undefined && document.receivedMs === 0;
  }

  /** As `isSpent`, whatever the policy follows: nobody looked at the namespaces that it made since. */
  hasServed(policy: PolicyName, { document }: Verdict): boolean {
    if (document === undefined) return false;
    return document.receivedMs === 0 || this.#served.get(policy) === document.signedStatement;
  }

  /** A pass has left nothing of the policy to be removed. */
  spend(policy: PolicyName, verdict: Verdict): void {
    if (verdict.says !== 'apply') return;
    const { statement, signedStatement } = verdict.document;
    if (verdict.fanOut !== undefined) this.#spent.set(policy, signedStatement);
    if (statement.removalsConfirmed > 0) this.#served.set(policy, signedStatement);
    else this.#served.delete(policy);
  }
}
