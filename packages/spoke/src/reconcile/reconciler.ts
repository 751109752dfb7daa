import { reportPolicy, saysTheSame, type ObjectResult } from '@accord/core/apply/report-policy';
import { Contributions } from '@accord/core/desired/contributions';
import type { Verdict } from '@accord/core/desired/judge-policy';
import { isCoded } from '@accord/proto/coded-error';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { PolicyOutcome, Stamps } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { KindRef, Kube } from '../kube/kube.ts';
import type { MirrorStore } from '../mirror/mirror-store.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { carryOut, type Carried } from './carry-out.ts';
import { gather, type Gathered } from './gather.ts';
import { JudgeCache } from './judge-cache.ts';

export interface ReconcilerDeps {
  readonly kube: Kube;
  readonly inbox: Inbox;
  readonly owned: OwnedObjects;
  readonly mirrors: MirrorStore;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly objectsMax: number;
  readonly mayWrite: () => boolean;
  readonly onKind: (kind: KindRef) => void;
  /** Called after each pass with the policies that it looked at. */
  readonly onPass: (policies: Iterable<PolicyName>) => void;
}

/** Every policy is looked at again this often, so that a refusal that has ended elsewhere is noticed. */
const everythingMs = 300_000;

/** The loop of the spoke: brings the objects of some policies to what is desired, and tells what came of it. */
export class Reconciler {
  readonly #deps: ReconcilerDeps;
  readonly #contributions = new Contributions();
  readonly #cache = new JudgeCache();
  /** What became of each object that a policy wants, over all passes. */
  readonly #results = new Map<PolicyName, Map<ObjectKey, ObjectResult>>();
  readonly #heals = new Map<PolicyName, number>();
  readonly loop: Loop<PolicyName>;

  constructor(deps: ReconcilerDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    const pass = (policies: ReadonlySet<PolicyName>, signal: AbortSignal): Promise<ReadonlySet<PolicyName>> => this.#pass(policies, signal);
    this.loop = new Loop<PolicyName>({
      name: 'reconcile',
      pass,
      allKeys: () => this.#allPolicies(),
      everythingMs,
      retryMsFirst: 200,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  markAll(): void {
    for (const policy of this.#allPolicies()) this.loop.mark(policy);
  }

  async #pass(policies: ReadonlySet<PolicyName>, signal: AbortSignal): Promise<ReadonlySet<PolicyName>> {
    const { inbox, owned, mayWrite } = this.#deps;
    const { member } = inbox;
    if (member === undefined || !mayWrite()) return policies;
    const gathered = gather(
      {
        contributions: this.#contributions,
        judge: (policy) => this.#cache.judge(policy, inbox.desired, member),
        ownedByKey: (key) => owned.get(key),
        ownedByPolicy: (policy) => owned.ofPolicy(policy),
        ownedTotal: () => owned.size,
        member,
        isCaughtUp: inbox.isCaughtUp() && owned.isListed(),
        epoch: inbox.epoch(),
      },
      policies,
    );
    const compiledMs = this.#deps.clock.now();
    // Mirror and objects go side by side: neither waits for the other, and both are in before anything is reported.
    const [carried, unmirrored] = await Promise.all([
      carryOut(this.#deps, gathered.plan, gathered.intents, signal),
      this.#mirror(policies, gathered.verdicts, signal),
    ]);
    return this.#conclude(policies, gathered, carried, unmirrored, compiledMs, signal);
  }

  /** Policies whose mirror could not be written; it is tried again, and their objects do not wait for it. */
  async #mirror(
    policies: ReadonlySet<PolicyName>,
    verdicts: ReadonlyMap<PolicyName, Verdict>,
    signal: AbortSignal,
  ): Promise<ReadonlySet<PolicyName>> {
    const failed = new Set<PolicyName>();
    const write = async (policy: PolicyName): Promise<void> => {
      const verdict = verdicts.get(policy);
      if (verdict === undefined || verdict.says === 'leave' || verdict.document.body.length === 0) return;
      const answer = await this.#deps.mirrors.write(policy, verdict.document, signal);
      if (answer === undefined || 'meta' in answer) return;
      failed.add(policy);
      this.#deps.log.warn('a mirror was not written', { policy, because: answer.because });
    };
    await Promise.all([...policies].map(write));
    return failed;
  }

  async #conclude(
    policies: ReadonlySet<PolicyName>,
    gathered: Gathered,
    carried: Carried,
    unmirrored: ReadonlySet<PolicyName>,
    compiledMs: number,
    signal: AbortSignal,
  ): Promise<ReadonlySet<PolicyName>> {
    const { outbox, owned, clock, onPass } = this.#deps;
    const appliedMs = clock.now();
    this.#note(gathered, carried);
    const heals = owned.takeHeals(carried.results, appliedMs);
    for (const { policy } of heals) this.#heals.set(policy as PolicyName, (this.#heals.get(policy as PolicyName) ?? 0) + 1);
    const outcomes: PolicyOutcome[] = [];
    const unsettled = new Set(unmirrored);
    for (const [policy, verdict] of gathered.verdicts) {
      const outcome = this.#outcomeOf(policy, verdict, gathered, carried, { compiledMs, appliedMs });
      if (outcome === undefined) continue;
      if (outcome.report?.state === 'Retrying') unsettled.add(policy);
      if (outcome.report?.state === 'Removed') {
        owned.forgetPolicy(policy);
        if (!(await this.#unmirror(policy, signal))) unsettled.add(policy);
      }
      outcomes.push(outcome);
    }
    const news = outcomes.filter((outcome) => isNews(outcome, outbox));
    if (news.length > 0 || heals.length > 0) outbox.record(news, heals);
    onPass(gathered.verdicts.keys());
    return unsettled;
  }

  #note({ plan, intents, shadowed, verdicts, keys }: Gathered, carried: Carried): void {
    const planned = new Set(plan.apply.map(({ key }) => key));
    const overruled = new Map(shadowed.map(({ policy, key, owner }) => [`${policy}\0${key}`, owner]));
    for (const [policy, verdict] of verdicts) {
      if (verdict.says === 'keep') continue;
      if (verdict.says === 'leave') {
        this.#results.delete(policy);
        continue;
      }
      const before = this.#results.get(policy) ?? new Map<ObjectKey, ObjectResult>();
      const now = new Map<ObjectKey, ObjectResult>();
      for (const { key } of verdict.objects) {
        const by = overruled.get(`${policy}\0${key}`);
        const fresh: ObjectResult = planned.has(key)
          ? (carried.results.get(key) ?? { outcome: 'retry', reason: 'NotTried', because: 'not tried yet' })
          : { outcome: 'done' };
        if (by !== undefined) now.set(key, { outcome: 'shadowed', by });
        else now.set(key, keys.has(key) && intents.has(key) ? fresh : (before.get(key) ?? fresh));
      }
      this.#results.set(policy, now);
    }
  }

  #outcomeOf(
    policy: PolicyName,
    verdict: Verdict,
    { plan, isCaughtUp }: Gathered,
    carried: Carried,
    times: Pick<Stamps, 'compiledMs' | 'appliedMs'>,
  ): PolicyOutcome | undefined {
    const { outbox, mirrors, clock } = this.#deps;
    const mine = plan.remove.filter(({ owner }) => owner === policy).map(({ key }) => key);
    const held = plan.held.filter(({ owner }) => owner === policy);
    const isStranger =
      verdict.says === 'leave' && outbox.reportOf(policy) === undefined && !mirrors.holds(policy) && mine.length === 0 && held.length === 0;
    if (isStranger) return undefined;
    const stuck = new Map(
      mine.flatMap((key) => (carried.results.has(key) ? [[key, carried.results.get(key) as ObjectResult] as const] : [])),
    );
    const objects = this.#results.get(policy) ?? new Map<ObjectKey, ObjectResult>();
    const retained = mine.filter((key) => carried.released.has(key));
    const report = reportPolicy({
      policy,
      verdict,
      objects,
      stuck,
      held,
      retained,
      nowMs: clock.now(),
      heals: this.#heals.get(policy) ?? 0,
      isCaughtUp,
    });
    const count = (of: ReadonlySet<ObjectKey>, among: Iterable<ObjectKey>): number => [...among].filter((key) => of.has(key)).length;
    const { statement, receivedMs = 0, verifiedMs = 0 } = verdict.document ?? {};
    const stamps: Stamps = {
      acceptedMs: statement?.acceptedAtMs ?? 0,
      publishedMs: statement?.issuedAtMs ?? 0,
      receivedMs,
      verifiedMs,
      ...times,
      reportedMs: clock.now(),
    };
    return {
      report,
      change: statement?.change ?? null,
      stamps,
      created: count(carried.created, objects.keys()),
      changed: count(carried.changed, objects.keys()),
      removed: count(carried.removed, mine),
    };
  }

  async #unmirror(policy: PolicyName, signal: AbortSignal): Promise<boolean> {
    this.#heals.delete(policy);
    try {
      await this.#deps.mirrors.remove(policy, signal);
      return true;
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#deps.log.warn('a mirror was not removed', { policy, because: error.message });
      return false;
    }
  }

  *#allPolicies(): Iterable<PolicyName> {
    yield* new Set([...this.#deps.inbox.desired.policies(), ...this.#deps.owned.policies(), ...this.#deps.mirrors.policies()]);
  }
}

/** A pass that found everything in place, and says what was said before, is not told. */
function isNews({ report, created, changed, removed }: PolicyOutcome, outbox: Outbox): boolean {
  if (report === null) return false;
  const before = outbox.reportOf(report.policy as PolicyName);
  return before === undefined || created + changed + removed > 0 || !saysTheSame(before, report);
}
