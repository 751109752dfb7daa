import type { DesiredSet } from '@accord/core/desired/desired-set';
import type { ClusterNamespace } from '@accord/core/desired/fan-out';
import { fansOut, judgePolicy, spreadVerdict, type Situation, type Verdict } from '@accord/core/desired/judge-policy';
import type { PolicyName } from '@accord/proto/ids';
import type { NamespaceSelector } from '@accord/proto/selector';

/** Compiled objects kept for the next look; more would cost more memory than compiling them again costs time. */
const objectsKeptMax = 1_200;

/** Remembers what was judged, for as long as document and record are the same. A heal then compiles nothing. */
export class JudgeCache {
  readonly #verdicts = new Map<
    PolicyName,
    {
      readonly proof: Uint8Array | undefined;
      readonly memberRevision: number;
      readonly allowRisks: ReadonlySet<string>;
      readonly verdict: Verdict;
    }
  >();
  /** Of policies that make something in each namespace, whether or not their objects are still kept. */
  readonly #selectors = new Map<PolicyName, NamespaceSelector | undefined>();
  readonly #namespaces: () => Iterable<ClusterNamespace> | undefined;
  #objects = 0;

  constructor(namespaces: () => Iterable<ClusterNamespace> | undefined) {
    this.#namespaces = namespaces;
  }

  /**
   * What is to be done for the namespaces that there are now, as far as the cluster's owner lets policies act in them. Entries for each
   * are compiled once, and copied at each call.
   */
  judge(policy: PolicyName, desired: DesiredSet, situation: Situation, isAllowed: (namespace: string) => boolean): Verdict {
    return spreadVerdict({ policy, isAllowed }, this.compiled(policy, desired, situation), this.#namespaces());
  }

  selectors(): Iterable<readonly [PolicyName, NamespaceSelector | undefined]> {
    return this.#selectors;
  }

  /** The verdict before its entries for each namespace are copied: enough for whoever asks only what it says. */
  compiled(policy: PolicyName, desired: DesiredSet, situation: Situation): Verdict {
    const { member, allowRisks, nowMs } = situation;
    const standing = desired.standing(policy);
    const proof = standing.says === 'absent' ? undefined : standing.document.signedStatement;
    const known = this.#verdicts.get(policy);
    const isSame =
      known !== undefined && known.proof === proof && known.memberRevision === member.revision && known.allowRisks === allowRisks;
    if (isSame && !isOver(known.verdict, nowMs)) return known.verdict;
    this.#drop(policy);
    const verdict = judgePolicy(policy, standing, situation, known?.verdict);
    this.#verdicts.set(policy, { proof, memberRevision: member.revision, allowRisks, verdict });
    this.#objects += sizeOf(verdict);
    if (fansOut(verdict)) this.#selectors.set(policy, verdict.spec.namespaceSelector);
    else this.#selectors.delete(policy);
    for (const oldest of this.#verdicts.keys()) {
      if (this.#objects <= objectsKeptMax || oldest === policy) break;
      this.#drop(oldest);
    }
    return verdict;
  }

  #drop(policy: PolicyName): void {
    const known = this.#verdicts.get(policy);
    if (known === undefined) return;
    this.#objects -= sizeOf(known.verdict);
    this.#verdicts.delete(policy);
  }
}

/** A grant in it has ended since. */
function isOver(verdict: Verdict, nowMs: number): boolean {
  return verdict.says === 'apply' && verdict.nextEndMs !== undefined && verdict.nextEndMs <= nowMs;
}

function sizeOf(verdict: Verdict): number {
  return verdict.says === 'apply' ? verdict.objects.length : 1;
}
