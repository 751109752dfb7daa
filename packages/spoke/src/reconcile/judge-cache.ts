import { judgePolicy, type Situation, type Verdict } from '@accord/core/desired/judge-policy';
import type { DesiredSet } from '@accord/core/desired/desired-set';
import type { PolicyName } from '@accord/proto/ids';

/** Compiled objects kept for the next look; more would cost more memory than compiling them again costs time. */
const objectsKeptMax = 600;

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
  #objects = 0;

  judge(policy: PolicyName, desired: DesiredSet, situation: Situation): Verdict {
    const { member, allowRisks, nowMs } = situation;
    const standing = desired.standing(policy);
    const proof = standing.says === 'absent' ? undefined : standing.document.signedStatement;
    const known = this.#verdicts.get(policy);
    const isSame =
      known !== undefined && known.proof === proof && known.memberRevision === member.revision && known.allowRisks === allowRisks;
    if (isSame && !isOver(known.verdict, nowMs)) return known.verdict;
    this.#drop(policy);
    const verdict = judgePolicy(policy, standing, situation);
    this.#verdicts.set(policy, { proof, memberRevision: member.revision, allowRisks, verdict });
    this.#objects += sizeOf(verdict);
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
