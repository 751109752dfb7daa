import type { Contributions } from '@accord/core/desired/contributions';
import { blockOf, dependencyState } from '@accord/core/desired/dependencies';
import { underStops, type Verdict } from '@accord/core/desired/judge-policy';
import { holdOfPolicy } from '@accord/core/desired/operator-hold';
import type { PolicyName } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';
import type { Clock } from '@accord/runtime/clock';
import type { Namespaces } from '../drift/namespaces.ts';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { GuardrailKeeper } from '../guard/guardrail-keeper.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { GatherDeps } from './gather.ts';
import type { JudgeCache } from './judge-cache.ts';
import type { NamespaceChanges } from './namespace-changes.ts';
import type { SpentConfirmations } from './spent-confirmations.ts';

export interface GatherSources {
  readonly inbox: Inbox;
  readonly owned: OwnedObjects;
  readonly namespaces: Namespaces;
  readonly cache: JudgeCache;
  readonly namespaceChanges: NamespaceChanges;
  readonly outbox: Outbox;
  readonly guardrail: Pick<GuardrailKeeper, 'rules' | 'stop'>;
  readonly contributions: Contributions;
  readonly spent: SpentConfirmations;
  readonly removalsLeft: number;
  readonly clock: Clock;
}

/** What the spoke knows in this moment, as a pass asks for it. */
export function gatherDepsOf(
  { inbox, owned, namespaces, cache, namespaceChanges, outbox, guardrail, contributions, spent, removalsLeft, clock }: GatherSources,
  member: Member,
): GatherDeps {
  const nowMs = clock.now();
  const stop = guardrail.stop(nowMs);
  const { allowRisks, isNamespaceAllowed } = guardrail.rules;
  const situation = { member, allowRisks, nowMs };
  const isCaughtUp = inbox.isCaughtUp() && owned.isKnown() && namespaces.isKnown();
  const judge = (policy: PolicyName): Verdict =>
    underStops(cache.judge(policy, inbox.desired, situation, isNamespaceAllowed), holdOfPolicy(member.holds, policy, nowMs), stop);
  const compiled = (policy: PolicyName): Verdict => cache.compiled(policy, inbox.desired, situation);
  return {
    nowMs,
    contributions,
    judge,
    blockOf: (dependsOn) => blockOf(dependsOn, (policy) => dependencyState(compiled(policy), outbox.reportOf(policy), isCaughtUp)),
    ownedByKey: (key) => owned.get(key),
    ownedByPolicy: (policy) => owned.ofPolicy(policy),
    ownedTotal: () => owned.size,
    isLost: (key, owner) => owned.isLost(key, owner),
    namespaceHoldOf: (namespace) => namespaces.holdOf(namespace),
    fightFor: (wanted) => owned.fightFor(wanted, nowMs),
    isGoing: (namespace) => namespaces.get(namespace)?.isTerminating !== false,
    isLosing: (policy) => namespaceChanges.isLosing(policy),
    isSpent: (policy, verdict) => spent.isSpent(policy, verdict),
    hasServed: (policy, verdict) => spent.hasServed(policy, verdict),
    member,
    guard: { rules: guardrail.rules, removalsLeft, isFrozen: stop?.endsNothing === true },
    isCaughtUp,
    epoch: inbox.epoch(),
  };
}
