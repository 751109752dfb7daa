import { staysBehind } from '@accord/core/apply/given-back';
import { planApply, type ApplyPlan, type GuardLimits, type OwnedObject } from '@accord/core/apply/plan-apply';
import { removalGround } from '@accord/core/apply/removal-ground';
import type { Contributions } from '@accord/core/desired/contributions';
import type { Block } from '@accord/core/desired/dependencies';
import { entryOf } from '@accord/core/desired/fan-out';
import type { Verdict } from '@accord/core/desired/judge-policy';
import { holdOfObject } from '@accord/core/desired/operator-hold';
import type { Intent } from '@accord/core/desired/intent';
import type { Fight } from '@accord/core/drift/fight';
import type { LocalHold } from '@accord/core/drift/local-hold';
import { guardObject, type GuardRefusal } from '@accord/core/guard/guard-object';
import type { Guardrail } from '@accord/core/guard/guardrail';
import type { CompiledObject } from '@accord/core/policy/compile-object';
import { mergeIntents, type Contribution, type Shadowed } from '@accord/core/desired/merge-intents';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';
import { heldByFight, Holds, type Hold } from './holds.ts';

export interface GatherDeps {
  readonly contributions: Contributions;
  readonly judge: (policy: PolicyName) => Verdict;
  readonly ownedByKey: (key: ObjectKey) => OwnedObject | undefined;
  readonly ownedByPolicy: (policy: PolicyName) => readonly OwnedObject[];
  readonly ownedTotal: () => number;
  readonly member: Member;
  readonly isCaughtUp: boolean;
  readonly epoch: number;
  readonly nowMs: number;
  /** What holds up a policy with these dependencies. */
  readonly blockOf: (dependsOn: readonly string[]) => Block | undefined;
  /** What the cluster's owner allows. */
  readonly guard: Omit<GuardLimits, 'refusalOf'> & { readonly rules: Guardrail };
  /** Somebody took this object away from the policy. */
  readonly isLost: (key: ObjectKey, owner: PolicyName) => boolean;
  /** By which somebody in the cluster keeps what is in a namespace. */
  readonly namespaceHoldOf: (namespace: string) => LocalHold | undefined;
  /** Why putting it back waits, where somebody undoes it again and again. */
  readonly fightFor: (wanted: Pick<Intent, 'key' | 'owner' | 'digest'>) => Fight | undefined;
  /** The namespace is being deleted, or is not there. */
  readonly isGoing: (namespace: string) => boolean;
  /** More may be lost in this moment than can be counted yet. */
  readonly isLosing: (policy: PolicyName) => boolean;
  /** What a person confirmed for the policy has served. */
  readonly isSpent: (policy: PolicyName, verdict: Verdict) => boolean;
  /** What a person confirmed of namespaces with everything in them has served. */
  readonly hasServed: (policy: PolicyName, verdict: Verdict) => boolean;
}

export interface HeldObject {
  readonly owner: PolicyName;
  readonly hold: Hold;
}

/** An object that a policy says must not exist. */
export interface UnwantedObject {
  readonly policy: PolicyName;
  readonly object: CompiledObject;
  /** Another policy that wants it, and therefore decides. */
  readonly wantedBy: PolicyName | undefined;
  /** False where the policy only compares, is stopped, or waits. */
  readonly mayRemove: boolean;
  /** What the cluster's owner says against it. */
  readonly refusal: GuardRefusal | undefined;
}

/** Everything that a pass decides, before anything is sent. */
export interface Gathered {
  readonly plan: ApplyPlan;
  readonly intents: ReadonlyMap<ObjectKey, Intent>;
  /** Wishes that another policy overrules. */
  readonly shadowed: readonly Shadowed[];
  /** Policies whose report may change: those asked for, and those that share an object with them. */
  readonly verdicts: ReadonlyMap<PolicyName, Verdict>;
  readonly keys: ReadonlySet<ObjectKey>;
  /** Objects that are not as wanted and are left alone, with what holds the policy that owns them. */
  readonly held: ReadonlyMap<ObjectKey, HeldObject>;
  /** What must not be there. */
  readonly absent: readonly UnwantedObject[];
  /** What single policies only compare, as each of them alone would have it. */
  readonly informing: ReadonlyMap<PolicyName, readonly Intent[]>;
  readonly isCaughtUp: boolean;
}

/** Compiles, merges and plans the policies under consideration, with what they share with others. */
export function gather(deps: GatherDeps, policies: ReadonlySet<PolicyName>): Gathered {
  return gatherOf(deps, touched(deps, policies));
}

/** Merges and plans these objects alone, by what these policies say of them. */
export function gatherOf(deps: GatherDeps, { verdicts, keys }: Pick<Gathered, 'verdicts' | 'keys'>): Gathered {
  const {
    enforced = [],
    compared = [],
    absent = [],
  } = Object.groupBy(contributionsTo(keys, verdicts), ({ isCompared, object }) =>
    object.isAbsent ? 'absent' : isCompared ? 'compared' : 'enforced',
  );
  const { intents, shadowed } = mergeIntents(enforced);
  const informing = informingOf(compared);
  const { isCaughtUp, epoch, member, judge, guard } = deps;
  const verdictOf = (policy: PolicyName): Verdict => verdicts.get(policy) ?? judge(policy);
  const groundOf = (policy: PolicyName): ReturnType<typeof removalGround> => {
    const verdict = verdictOf(policy);
    return removalGround({
      verdict,
      isCaughtUp: isCaughtUp && !deps.isLosing(policy),
      ...{ isSpent: deps.isSpent(policy, verdict), hasServed: deps.hasServed(policy, verdict) },
      epoch,
      confirmedEpoch: member.confirmedEpoch,
      confirmedRemovals: member.confirmedRemovals[policy] ?? 0,
      anchors: member.anchors,
    });
  };
  const owned = [...keys].flatMap((key) => deps.ownedByKey(key) ?? []);
  const byKey = new Map(intents.map((intent) => [intent.key, intent]));
  const refusalOf = (key: ObjectKey): GuardRefusal | undefined => guardObject(guard.rules, key, byKey.get(key)?.body);
  const holds = new Holds({
    ...{ verdictOf, blockOf: deps.blockOf, ownedByKey: deps.ownedByKey, namespaceHoldOf: deps.namespaceHoldOf },
    contributorsOf: (key) => byKey.get(key)?.contributors ?? [],
    operatorHoldOf: (key) => holdOfObject(member.holds, key, deps.nowMs),
    ...{ refusalOf, nowMs: deps.nowMs },
  });
  const plan = planApply({
    wanted: intents,
    compared: new Set([...heldBy(informing, deps.ownedByKey), ...goingAlong(owned, verdicts, deps.isGoing)]),
    owned,
    groundOf,
    holdOf: (policy) => extentOf(holds.ofPolicy(policy)),
    objectHoldOf: (key) => holds.byHand(key),
    isShareHeld: (key, owner) => holds.shareOf(key, owner) !== undefined,
    isLost: deps.isLost,
    isFought: (wanted) => deps.fightFor(wanted) !== undefined,
    ...leavingTerms(member, verdictOf),
    guard: { ...guard, refusalOf },
    ownedTotal: deps.ownedTotal(),
    nowMs: deps.nowMs,
  });
  return {
    plan,
    ...{ intents: byKey, shadowed, verdicts, keys, isCaughtUp, informing },
    held: heldOf(plan, holds, deps.fightFor),
    absent: absent.map(({ policy, object, isCompared }) => {
      const wantedBy = byKey.get(object.key)?.owner;
      const mayRemove = !isCompared && holds.ofPolicy(policy) === undefined && holds.byHand(object.key) === undefined;
      return { policy, object, wantedBy, mayRemove, refusal: guardObject(guard.rules, object.key) };
    }),
  };
}

/**
 * Every object that the policies want or own, and every policy that has a say in one of these: an object that others want as well is
 * handed over, and only they can tell.
 *
 * Of a policy that has something left over all objects are looked at, whoever touched it: what is not looked at would count as gone.
 */
function touched(deps: GatherDeps, policies: ReadonlySet<PolicyName>): Pick<Gathered, 'verdicts' | 'keys'> {
  const { contributions, judge, ownedByKey, ownedByPolicy } = deps;
  const verdicts = new Map<PolicyName, Verdict>();
  const keys = new Set<ObjectKey>();
  const judged = (policy: PolicyName): Verdict => {
    const verdict = verdicts.get(policy) ?? judge(policy);
    verdicts.set(policy, verdict);
    return verdict;
  };
  const whole = new Set(policies);
  // A set is walked to its end, with what is added on the way.
  for (const policy of whole) {
    const own = [...touchedKeys(contributions, policy, judged(policy)), ...ownedByPolicy(policy).map(({ key }) => key)];
    for (const key of own.filter((candidate) => !keys.has(candidate))) {
      keys.add(key);
      const owner = ownedByKey(key)?.owner;
      for (const other of [...contributions.policiesOf(key), ...(owner === undefined ? [] : [owner])])
        if (!verdicts.has(other) && hasLeftovers(deps, other, judged(other))) whole.add(other);
    }
  }
  return { verdicts, keys };
}

function leavingTerms(
  { leave }: Member,
  verdictOf: (policy: PolicyName) => Verdict,
): { readonly isLeaving: boolean; readonly isGivenBack: (object: OwnedObject) => boolean } {
  const isGivenBack = (object: OwnedObject): boolean => {
    const verdict = verdictOf(object.owner);
    return verdict.says === 'leave' && verdict.givesBack === true && staysBehind(object);
  };
  return { isLeaving: leave !== undefined, isGivenBack };
}

function hasLeftovers({ contributions, ownedByPolicy }: GatherDeps, policy: PolicyName, verdict: Verdict): boolean {
  if (verdict.says === 'leave') return true;
  const wanted = contributions.keysOf(policy);
  return ownedByPolicy(policy).some(({ key }) => !wanted.has(key));
}

/** A policy that cannot be compiled here keeps what it had: its old wishes stand until it says new ones. */
function touchedKeys(contributions: Contributions, policy: PolicyName, verdict: Verdict): Iterable<ObjectKey> {
  if (verdict.says === 'keep') return contributions.keysOf(policy);
  return contributions.set(policy, verdict.says === 'apply' ? verdict.objects.map(({ key }) => key) : []);
}

interface Wish extends Contribution {
  readonly isCompared: boolean;
}

function contributionsTo(keys: ReadonlySet<ObjectKey>, verdicts: ReadonlyMap<PolicyName, Verdict>): readonly Wish[] {
  return [...verdicts].flatMap(([policy, verdict]) => {
    if (verdict.says !== 'apply') return [];
    const { inform } = verdict;
    const { priority } = verdict.spec;
    const { createdAtMs } = verdict.document.statement;
    return verdict.objects
      .filter(({ key }) => keys.has(key))
      .map((object) => ({ policy, priority, createdAtMs, object, isCompared: inform !== undefined || object.isInform === true }));
  });
}

/** A policy that only compares has no say in what others apply: what it wants is formed for each of them alone. */
function informingOf(compared: readonly Contribution[]): ReadonlyMap<PolicyName, readonly Intent[]> {
  const byPolicy = Map.groupBy(compared, ({ policy }) => policy);
  return new Map([...byPolicy].map(([policy, wishes]) => [policy, mergeIntents(wishes).intents]));
}

/** What such a policy applied while it enforced stays as it is. */
function heldBy(informing: Gathered['informing'], ownedByKey: GatherDeps['ownedByKey']): ReadonlySet<ObjectKey> {
  return new Set(
    [...informing].flatMap(([policy, intents]) =>
      intents
        .map(({ key }) => key)
        .filter((key) => {
          const object = ownedByKey(key);
          return object?.owner === policy || object?.contributors?.includes(policy) === true;
        }),
    ),
  );
}

/** What a policy made in each namespace goes along with one that is going: there is nothing to remove, and nothing to count. */
function goingAlong(
  owned: readonly OwnedObject[],
  verdicts: ReadonlyMap<PolicyName, Verdict>,
  isGoing: GatherDeps['isGoing'],
): readonly ObjectKey[] {
  return owned
    .filter(({ key, owner }) => {
      const verdict = verdicts.get(owner);
      if (verdict?.says !== 'apply' || verdict.fanOut === undefined) return false;
      const { entry, namespace } = entryOf(key);
      return namespace !== '' && verdict.fanOut.entries.has(entry) && isGoing(namespace);
    })
    .map(({ key }) => key);
}

function heldOf({ stopped, fought }: ApplyPlan, holds: Holds, fightFor: GatherDeps['fightFor']): Gathered['held'] {
  const held = new Map<ObjectKey, HeldObject>();
  for (const { key, owner } of stopped) held.set(key, { owner, hold: holds.ofObject(key, owner) });
  for (const wanted of fought) {
    const fight = fightFor(wanted);
    if (fight !== undefined) held.set(wanted.key, { owner: wanted.owner, hold: heldByFight(fight) });
  }
  return held;
}

function extentOf(hold: Hold | undefined): 'new' | 'all' | undefined {
  if (hold === undefined) return undefined;
  return hold.outcome === 'stopped' && hold.heals !== true ? 'all' : 'new';
}
