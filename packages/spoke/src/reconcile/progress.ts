import { countDone, isProgressDue, reportProgress, type Wait } from '@accord/core/apply/report-progress';
import type { HeldDocument } from '@accord/core/desired/desired-set';
import type { Verdict } from '@accord/core/desired/judge-policy';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { PolicyOutcome } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { GuardrailKeeper } from '../guard/guardrail-keeper.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Carried } from './carry-out.ts';
import type { Gathered } from './gather.ts';
import type { JudgeCache } from './judge-cache.ts';
import { notReady, type NotReadyDeps } from './not-ready.ts';
import type { PolicyShare } from './policy-share.ts';

export interface ProgressDeps extends NotReadyDeps {
  readonly inbox: Pick<Inbox, 'desired' | 'member' | 'memberMs'>;
  readonly outbox: Pick<Outbox, 'before' | 'tellProgress'>;
  readonly owned: Pick<OwnedObjects, 'isKnown' | 'tally'>;
  readonly guardrail: Pick<GuardrailKeeper, 'isRead' | 'rules'>;
  readonly cache: Pick<JudgeCache, 'judge'>;
  readonly clock: Clock;
}

/** A pass that is on its way. */
export interface PassInHand {
  readonly begunMs: number;
  readonly shares: ReadonlyMap<PolicyName, PolicyShare>;
  /** Policies that have to wait for the next one. */
  readonly later: ReadonlySet<PolicyName>;
  readonly gathered: Pick<Gathered, 'held'>;
  readonly planned: ReadonlySet<ObjectKey>;
  readonly carried: Pick<Carried, 'results'>;
}

const earlierPass: Wait = { reason: 'EarlierPass', message: 'what came before it is still being applied' };

/** Judged at once: each may have to be compiled, and the CPU belongs to the pass. */
const judgedMax = 24;

/** Tells how far policies are that take long. */
export class Progress {
  readonly #deps: ProgressDeps;
  /** Documents of policies that are not for this cluster. */
  readonly #foreign = new WeakSet<HeldDocument>();

  constructor(deps: ProgressDeps) {
    this.#deps = deps;
  }

  /** Of the policies that no pass has begun with, and of those in the pass that is on its way. Returns those of which something was told. */
  tell(waiting: ReadonlySet<PolicyName>, pass: PassInHand | undefined): readonly PolicyName[] {
    const nowMs = this.#deps.clock.now();
    const told: PolicyOutcome[] = [];
    // A pass also looks at policies that share its objects, by what was known when it began.
    const isInPass = (policy: PolicyName): boolean => pass?.shares.get(policy)?.verdict.document === this.#documentOf(policy);
    const inPass = [...(pass?.shares.values() ?? [])].filter(({ policy }) => isInPass(policy));
    if (pass !== undefined) for (const share of inPass) told.push(...this.#ofShare(pass, share, nowMs));
    const wait = notReady(this.#deps) ?? (pass === undefined ? undefined : earlierPass);
    let judged = 0;
    for (const policy of waiting.union(pass?.later ?? new Set<PolicyName>())) {
      if (isInPass(policy) || !this.#isDue(policy, { begunMs: undefined, wait, nowMs })) continue;
      judged += 1;
      if (judged > judgedMax) break;
      told.push(...this.#ofWaiting(policy, wait, nowMs));
    }
    if (told.length > 0) this.#deps.outbox.tellProgress(told);
    return told.flatMap(({ report }) => (report === null ? [] : [report.policy as PolicyName]));
  }

  #ofShare(pass: PassInHand, { policy, verdict, overruled }: PolicyShare, nowMs: number): readonly PolicyOutcome[] {
    const { gathered, planned, carried, begunMs } = pass;
    if (!this.#isDue(policy, { begunMs, wait: undefined, nowMs })) return [];
    const keys = verdict.says === 'apply' ? verdict.objects.map(({ key }) => key) : [];
    const isLeft = (key: ObjectKey): boolean => gathered.held.has(key) || overruled.has(key);
    const done = countDone(keys, { results: carried.results, planned, isLeft });
    return this.#told({ policy, verdict, done, wait: undefined, compiledMs: begunMs, nowMs });
  }

  #ofWaiting(policy: PolicyName, wait: Wait | undefined, nowMs: number): readonly PolicyOutcome[] {
    const { inbox, cache, guardrail } = this.#deps;
    const { member } = inbox;
    if (member === undefined) return [];
    const { allowRisks, isNamespaceAllowed } = guardrail.rules;
    const verdict = cache.judge(policy, inbox.desired, { member, allowRisks, nowMs }, isNamespaceAllowed);
    if (verdict.says === 'leave' && verdict.document !== undefined) this.#foreign.add(verdict.document);
    return this.#told({ policy, verdict, done: undefined, wait, compiledMs: 0, nowMs });
  }

  #isDue(policy: PolicyName, times: Omit<Parameters<typeof isProgressDue>[2], 'recordMs'>): boolean {
    const { inbox, outbox } = this.#deps;
    const document = this.#documentOf(policy);
    if (document === undefined || this.#foreign.has(document)) return false;
    return isProgressDue(document, outbox.before(policy), { ...times, recordMs: inbox.memberMs });
  }

  #documentOf(policy: PolicyName): HeldDocument | undefined {
    const standing = this.#deps.inbox.desired.standing(policy);
    return standing.says === 'present' ? standing.document : undefined;
  }

  #told({ policy, verdict, done, wait, compiledMs, nowMs }: ToTell): readonly PolicyOutcome[] {
    const { outbox, owned } = this.#deps;
    const { heals } = owned.tally.of(policy);
    const report = reportProgress({ policy, verdict, done, wait, ...outbox.before(policy), heals, nowMs });
    if (report === undefined || verdict.document === undefined) return [];
    const { statement, receivedMs, verifiedMs } = verdict.document;
    const { acceptedAtMs: acceptedMs, issuedAtMs: publishedMs, change } = statement;
    const stamps = { acceptedMs, publishedMs, receivedMs, verifiedMs, compiledMs, appliedMs: 0, reportedMs: nowMs };
    return [{ report, change, stamps, created: 0, changed: 0, removed: 0, stages: [] }];
  }
}

interface ToTell {
  readonly policy: PolicyName;
  readonly verdict: Verdict;
  readonly done: number | undefined;
  readonly wait: Wait | undefined;
  readonly compiledMs: number;
  readonly nowMs: number;
}
