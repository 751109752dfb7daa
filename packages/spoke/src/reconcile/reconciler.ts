import { Contributions } from '@accord/core/desired/contributions';
import { Dependents } from '@accord/core/desired/dependencies';
import type { Intent } from '@accord/core/desired/intent';
import { guardObject } from '@accord/core/guard/guard-object';
import type { JsonObject } from '@accord/proto/canonical';
import type { ClusterRecord } from '@accord/proto/cluster';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { SealingKey } from '@accord/proto/hpke';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Namespaces } from '../drift/namespaces.ts';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { WatchUnowned } from '../drift/watch-unowned.ts';
import type { GuardrailKeeper } from '../guard/guardrail-keeper.ts';
import { RemovalBudget } from '../guard/removal-budget.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { KindRef, Kube } from '../kube/kube.ts';
import type { MirrorLoop } from '../mirror/mirror-loop.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ApplyIntentDeps } from './apply-intent.ts';
import type { Awaited } from './awaited.ts';
import { carryOut, nothingCarried, type Carried } from './carry-out.ts';
import { changeFields } from './change-fields.ts';
import { gather, type GatherDeps, type Gathered } from './gather.ts';
import { gatherDepsOf } from './gather-deps.ts';
import { healOf } from './heal-of.ts';
import type { JudgeCache } from './judge-cache.ts';
import { concernsOf, lookBeside, type Beside } from './look-beside.ts';
import type { NamespaceChanges } from './namespace-changes.ts';
import { notReady } from './not-ready.ts';
import { OpenWork } from './open-work.ts';
import { putOff } from './put-off.ts';
import { Previews } from './previews.ts';
import { Progress, type PassInHand } from './progress.ts';
import { isNews, ObjectResults } from './policy-results.ts';
import { documentToMirror, isDone, resultsOf, sharesOf, termsOf, type PolicyShare } from './policy-share.ts';
import { SpentConfirmations } from './spent-confirmations.ts';
import { unseal } from './unseal.ts';
import { withLosses } from './with-losses.ts';

export interface ReconcilerDeps {
  readonly kube: Kube;
  readonly inbox: Inbox;
  readonly owned: OwnedObjects;
  readonly unowned: WatchUnowned;
  readonly namespaces: Namespaces;
  readonly cache: JudgeCache;
  readonly namespaceChanges: NamespaceChanges;
  readonly mirrors: MirrorLoop;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly guardrail: Pick<GuardrailKeeper, 'isRead' | 'rules' | 'stop'>;
  /** Open what was sealed for this cluster. */
  readonly sealingKeys: () => readonly SealingKey[];
  readonly mayWrite: () => boolean;
  /** Why nothing may be written now that the spoke does not hold yet. */
  readonly againstNew: ApplyIntentDeps['againstNew'];
  readonly onKind: (kind: KindRef) => void;
  readonly awaited: Awaited;
  /** Called with each policy that was looked at. */
  readonly onSettled: (policies: Iterable<PolicyName>) => void;
}

/** Every policy is looked at again this often, so that a refusal that has ended elsewhere is noticed. */
const everythingMs = 300_000;

/** What the parts of one pass share. */
interface Pass {
  readonly gathered: Gathered;
  readonly cluster: ClusterRecord;
  readonly planned: ReadonlySet<ObjectKey>;
  readonly carried: Carried;
  /** What only compares, and what must not be there: the policies that say so wait for it, and no other does. */
  readonly beside: Beside;
  readonly compiledMs: number;
  readonly unsettled: Set<PolicyName>;
  readonly signal: AbortSignal;
}

/** The loop of the spoke: brings the objects of some policies to what is desired, and tells what came of it. */
export class Reconciler {
  readonly #deps: ReconcilerDeps;
  readonly #contributions = new Contributions();
  readonly #spent = new SpentConfirmations();
  readonly #results = new ObjectResults();
  readonly #dependents = new Dependents();
  readonly #budget: RemovalBudget;
  readonly #previews: Previews;
  readonly #progress: Progress;
  #inHand: PassInHand | undefined;
  readonly loop: Loop<PolicyName>;

  constructor(deps: ReconcilerDeps) {
    this.#deps = deps;
    const { kube, clock, log, guardrail } = deps;
    this.#previews = new Previews({ kube, clock, isAllowed: (key, body) => guardObject(guardrail.rules, key, body) === undefined });
    this.#budget = new RemovalBudget(clock);
    this.#progress = new Progress(deps);
    const pass = async (policies: ReadonlySet<PolicyName>, signal: AbortSignal): Promise<ReadonlySet<PolicyName>> =>
      this.#pass(policies, signal).finally(() => (this.#inHand = undefined));
    this.loop = new Loop<PolicyName>({
      name: 'reconcile',
      pass,
      allKeys: () => this.policies(),
      everythingMs,
      retryMsFirst: 200,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /** A pass is on its way, by the record of the cluster with which it began. */
  get isBusy(): boolean {
    return this.#inHand !== undefined;
  }

  /** A pass could begin, and none is on its way. */
  get isIdle(): boolean {
    return !this.isBusy && this.#memberToWriteFor() !== undefined;
  }

  /** What a pass would put back now if somebody had changed the object; undefined where it would leave it alone. */
  healOf(key: ObjectKey): Intent | undefined {
    const member = this.#memberToWriteFor();
    return member && healOf(this.#gatherDeps(member), key);
  }

  markAll(): void {
    const { inbox, owned, outbox } = this.#deps;
    const policies = new Set(this.policies());
    for (const policy of policies) this.loop.mark(policy);
    // No pass comes to say that there is nothing, and the hub may still believe what an earlier process told it.
    if (policies.size > 0 || !inbox.isCaughtUp() || !owned.isKnown()) return;
    outbox.markSummary();
    outbox.toldAll();
  }

  /** What these policies are in trouble for may have changed. */
  markTroubled(isMeant: (reason: string, key: ObjectKey) => boolean): void {
    for (const policy of this.#results.troubled(isMeant)) this.loop.mark(policy);
  }

  /** Tells how far it is with what takes long. To be called now and then: where nothing is under way it costs nothing. */
  tellProgress(): void {
    if (!this.isBusy && this.loop.waiting === 0) return;
    const told = this.#progress.tell(this.loop.waitingKeys(), this.#inHand);
    if (told.length > 0) this.#deps.onSettled(told);
  }

  async #pass(policies: ReadonlySet<PolicyName>, signal: AbortSignal): Promise<ReadonlySet<PolicyName>> {
    const { kube, mayWrite, owned, clock, mirrors, outbox, onKind } = this.#deps;
    const member = this.#memberToWriteFor();
    if (member === undefined) return policies;
    const { now: gathered, later } = putOff(gather(this.#gatherDeps(member), policies), owned);
    const planned = new Set(gathered.plan.apply.map(({ key }) => key));
    const isLost = (key: ObjectKey, owner: PolicyName): boolean => owned.isLost(key, owner);
    const carried = nothingCarried();
    const { writes } = carried;
    const comparing = { kube, ownedByKey: (key: ObjectKey) => owned.get(key), onKind, clock, isLost, previews: this.#previews };
    const removing = { mayWrite, writes, removalsLeft: () => this.#removalsLeft(), onRemoved: () => this.#budget.note() };
    const beside = lookBeside({ ...comparing, ...removing }, gathered, signal);
    const { cluster } = member;
    const started = { carried, compiledMs: clock.now(), unsettled: new Set<PolicyName>() };
    const pass: Pass = { gathered, cluster, planned, beside, ...started, signal };
    const shares = new Map(sharesOf(gathered).map((share) => [share.policy, share]));
    for (const { policy, verdict } of shares.values()) {
      mirrors.want(policy, documentToMirror(verdict));
      this.#dependents.set(policy, verdict.says === 'apply' ? (verdict.spec.dependsOn ?? []) : []);
    }
    for (const policy of later) shares.delete(policy);
    this.#inHand = { begunMs: pass.compiledMs, shares, later, gathered, planned, carried };
    await Promise.all([this.#carryOut(pass, shares), beside.ended]);
    // What was compared while it was written has to be compared again; what could not be written is as it was.
    const { created, changed, removed } = pass.carried;
    for (const [policy, intents] of gathered.informing)
      if (intents.some(({ key }) => created.has(key) || changed.has(key) || removed.has(key))) this.loop.mark(policy);
    for (const policy of later) this.loop.mark(policy);
    if (later.size === 0) outbox.toldAll();
    return pass.unsettled;
  }

  /** Undefined while no pass can do anything. */
  #memberToWriteFor(): Inbox['member'] {
    return notReady(this.#deps) === undefined ? this.#deps.inbox.member : undefined;
  }

  #gatherDeps(member: NonNullable<Inbox['member']>): GatherDeps {
    return gatherDepsOf(
      { ...this.#deps, contributions: this.#contributions, spent: this.#spent, removalsLeft: this.#removalsLeft() },
      member,
    );
  }

  #removalsLeft(): number {
    return this.#budget.left(this.#deps.guardrail.rules.maxRemovalsPerHour);
  }

  /** Each policy is told as soon as its own objects and its mirror are in, whatever else the pass has to do. */
  async #carryOut(pass: Pass, shares: ReadonlyMap<PolicyName, PolicyShare>): Promise<void> {
    const { kube, mirrors, sealingKeys } = this.#deps;
    const { gathered, cluster, planned, carried, signal } = pass;
    const work = new OpenWork([...shares.values()], planned);
    const mirrored = new Map<PolicyName, Promise<void>>();
    // Mirror and objects go side by side: neither waits for the other.
    const mirror = (policy: PolicyName): Promise<void> => {
      const started = mirrored.get(policy) ?? mirrors.write(policy, signal);
      mirrored.set(policy, started);
      return started;
    };
    const settling: Promise<void>[] = [];
    const settle = async (policy: PolicyName): Promise<void> => {
      const share = shares.get(policy);
      if (share === undefined) return;
      await mirror(policy);
      await this.#settle(pass, await withLosses(kube, share, signal));
    };
    for (const policy of shares.keys()) {
      if (!work.isIdle(policy)) continue;
      // Nothing of what it wants is new, so what the old mirror says holds as well: its turn may come later.
      if (mirrors.holds(policy)) {
        mirrors.writeLater(policy);
        mirrored.set(policy, Promise.resolve());
      }
      settling.push(settle(policy));
    }
    const deps = {
      ...this.#deps,
      objectsMax: () => this.#deps.guardrail.rules.maxObjects,
      onRemoved: () => this.#budget.note(),
      unseal: (body: JsonObject) => unseal(body, { cluster: cluster.name, clusterID: cluster.id, keys: sealingKeys() }),
      termsOf: (policy: PolicyName) => termsOf(gathered.verdicts.get(policy)),
    };
    await carryOut(deps, gathered, carried, {
      signal,
      onStart: (key) => Promise.all(work.waitingFor(key).map(mirror)),
      onDone: (key) => work.done(key).forEach((policy) => settling.push(settle(policy))),
    });
    // What was held back with a failed replacement has not been done.
    for (const policy of shares.keys()) if (!work.isIdle(policy)) settling.push(settle(policy));
    await Promise.all(settling);
  }

  async #settle({ gathered, cluster, planned, carried, beside, compiledMs, unsettled, signal }: Pass, share: PolicyShare): Promise<void> {
    const { outbox, owned, unowned, clock, log, mirrors, onSettled } = this.#deps;
    const { policy, verdict } = share;
    const compared = await beside.of(policy);
    const appliedMs = clock.now();
    const isFirst = !this.#results.knows(policy);
    const hasDrifted = this.#results.note(share, planned, gathered, carried, compared);
    unowned.concern(policy, concernsOf(gathered, this.#results, policy));
    // What a process finds that has just begun may have been seen by the one before.
    if (hasDrifted && !(isFirst && owned.tally.of(policy).lastMs > 0)) owned.tally.seen(policy, appliedMs);
    if (gathered.isCaughtUp && isDone(share, carried)) this.#spent.spend(policy, verdict);
    // What nobody wants any more is not mended.
    const wanted = this.#contributions.keysOf(policy);
    if (verdict.says === 'apply') owned.forgetDrift(policy, (key) => wanted.has(key));
    const heals = owned.takeHeals(resultsOf(share, carried), appliedMs);
    for (const heal of heals) owned.tally.healed(heal.policy as PolicyName);
    if (!this.#isStranger(share)) {
      const counted = {
        isCaughtUp: gathered.isCaughtUp,
        heals: owned.tally.of(policy).heals,
        compiledMs,
        appliedMs,
        reportedMs: clock.now(),
      };
      const outcome = this.#results.outcomeOf(share, carried, counted);
      if (outcome.report?.state === 'Retrying' || this.#results.isOpen(share, carried)) unsettled.add(policy);
      if (outcome.report?.state === 'Removed') {
        owned.forgetDrift(policy);
        owned.tally.forget(policy);
        if (!(await mirrors.remove(policy, signal))) unsettled.add(policy);
      }
      const news = isNews(outcome, outbox.before(policy)) ? [outcome] : [];
      if (news.length > 0 || heals.length > 0) outbox.record(news, heals);
      for (const told of news) log.info('a policy is reported', changeFields(cluster.id, told));
      if (news.length > 0) for (const dependent of this.#dependents.of(policy)) this.loop.mark(dependent);
    }
    onSettled([policy]);
  }

  /** A policy that is not for this cluster, and never was. */
  #isStranger({ policy, verdict, removals, held }: PolicyShare): boolean {
    const { outbox, mirrors } = this.#deps;
    const isKnown = outbox.toldOf(policy) !== undefined || mirrors.holds(policy) || removals.length > 0 || held.length > 0;
    return verdict.says === 'leave' && !isKnown;
  }

  /** Everything that is wanted here or that something is left of, and what was told and is not there any more: nobody else would say that it has gone. */
  *policies(): Iterable<PolicyName> {
    const { inbox, owned, mirrors, outbox } = this.#deps;
    const told = [...outbox.reports()].map(({ policy }) => policy as PolicyName);
    yield* new Set([...inbox.desired.names(), ...owned.policies(), ...mirrors.policies(), ...told]);
  }
}
