import { planApply, type ApplyPlan, type OwnedObject } from '@accord/core/apply/plan-apply';
import { removalGround } from '@accord/core/apply/removal-ground';
import type { Contributions } from '@accord/core/desired/contributions';
import type { Verdict } from '@accord/core/desired/judge-policy';
import type { Intent } from '@accord/core/desired/intent';
import { mergeIntents, type Contribution, type Shadowed } from '@accord/core/desired/merge-intents';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';

export interface GatherDeps {
  readonly contributions: Contributions;
  readonly judge: (policy: PolicyName) => Verdict;
  readonly ownedByKey: (key: ObjectKey) => OwnedObject | undefined;
  readonly ownedByPolicy: (policy: PolicyName) => readonly OwnedObject[];
  readonly ownedTotal: () => number;
  readonly member: Member;
  readonly isCaughtUp: boolean;
  readonly epoch: number;
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
}

/** Compiles, merges and plans the policies under consideration, with what they share with others. */
export function gather(deps: GatherDeps, policies: ReadonlySet<PolicyName>): Gathered {
  const { contributions, judge } = deps;
  const verdicts = new Map<PolicyName, Verdict>([...policies].map((policy) => [policy, judge(policy)]));
  const keys = new Set<ObjectKey>();
  for (const [policy, verdict] of verdicts) for (const key of touchedKeys(contributions, policy, verdict)) keys.add(key);
  for (const key of keys)
    for (const policy of contributions.policiesOf(key)) if (!verdicts.has(policy)) verdicts.set(policy, judge(policy));

  const { intents, shadowed } = mergeIntents(contributionsTo(keys, verdicts));
  const owned = ownedUnder(deps, policies, keys);
  for (const { owner } of owned) if (!verdicts.has(owner)) verdicts.set(owner, judge(owner));
  const { isCaughtUp, epoch, member } = deps;
  const groundOf = (policy: PolicyName): ReturnType<typeof removalGround> =>
    removalGround({
      verdict: verdicts.get(policy) ?? judge(policy),
      isCaughtUp,
      epoch,
      confirmedEpoch: member.confirmedEpoch,
      confirmedRemovals: member.confirmedRemovals[policy] ?? 0,
      anchors: member.anchors,
    });
  const plan = planApply({ wanted: intents, owned, groundOf, ownedTotal: deps.ownedTotal() });
  return { plan, intents: new Map(intents.map((intent) => [intent.key, intent])), shadowed, verdicts, keys };
}

/** A policy that cannot be compiled here keeps what it had: its old wishes stand until it says new ones. */
function touchedKeys(contributions: Contributions, policy: PolicyName, verdict: Verdict): Iterable<ObjectKey> {
  if (verdict.says === 'keep') return contributions.keysOf(policy);
  return contributions.set(policy, verdict.says === 'apply' ? verdict.objects.map(({ key }) => key) : []);
}

function contributionsTo(keys: ReadonlySet<ObjectKey>, verdicts: ReadonlyMap<PolicyName, Verdict>): readonly Contribution[] {
  return [...verdicts].flatMap(([policy, verdict]) => {
    if (verdict.says !== 'apply') return [];
    const { priority } = verdict.spec;
    const { createdAtMs } = verdict.document.statement;
    return verdict.objects.filter(({ key }) => keys.has(key)).map((object) => ({ policy, priority, createdAtMs, object }));
  });
}

function ownedUnder(
  { ownedByKey, ownedByPolicy }: GatherDeps,
  policies: ReadonlySet<PolicyName>,
  keys: ReadonlySet<ObjectKey>,
): readonly OwnedObject[] {
  const owned = new Map<ObjectKey, OwnedObject>();
  for (const policy of policies) for (const object of ownedByPolicy(policy)) owned.set(object.key, object);
  for (const key of keys) {
    const object = ownedByKey(key);
    if (object !== undefined) owned.set(key, object);
  }
  return [...owned.values()];
}
