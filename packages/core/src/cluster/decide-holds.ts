/** What operators hold on a cluster: each decision is a change of the cluster's own fact, which its spoke reads. */
import { CodedError } from '@accord/proto/coded-error';
import { equalJson } from '@accord/proto/canonical';
import { holdsPerClusterMax, type OperatorHold } from '@accord/proto/member';
import { draft, type Draft } from '../registry/draft.ts';
import type { ClusterFact, FactType } from '../registry/facts.ts';
import type { Recorded } from '../registry/registry.ts';

/** What is held, as far as it is said: without a policy everything, without an object the whole policy. */
export type HoldScope = Pick<OperatorHold, 'policy' | 'object'>;

/** As for local holds: a sentence, and no log. */
export const holdReasonMax = 200;

/** Sets a hold; one of the same scope is replaced. Nothing to do where it stands already. Rejects with `invalid`. */
export function decideHold(current: Recorded<ClusterFact>, hold: OperatorHold, nowMs: number): readonly Draft[] {
  if (!(hold.untilMs > nowMs)) throw new CodedError('invalid', 'until: this time is over', { help: 'Write a time to come, such as 2h.' });
  if (hold.reason === '' || hold.reason.length > holdReasonMax)
    throw new CodedError('invalid', `reason: from 1 to ${holdReasonMax} characters`, { help: 'Say why, such as INC-4711.' });
  const before = current.body.holds ?? [];
  if (before.some((other) => equalJson(other, hold))) return [];
  const holds = [...openHolds(before, nowMs).filter((other) => !isOfScope(other, hold)), hold];
  if (holds.length > holdsPerClusterMax) {
    const { name } = current.body;
    throw new CodedError('invalid', `cluster ${name} has ${holdsPerClusterMax} holds already`, {
      help: `Lift some, or pause the cluster: accord cluster pause ${name}`,
    });
  }
  return [change(current, holds, 'HoldSet')];
}

/** Lifts what is of that scope: without an object all holds of the policy, without a policy those of everything. */
export function decideUnhold(current: Recorded<ClusterFact>, { policy, object }: HoldScope, nowMs: number): readonly Draft[] {
  const before = openHolds(current.body.holds, nowMs);
  const holds = before.filter((hold) => hold.policy !== policy || (object !== undefined && hold.object !== object));
  return holds.length === before.length ? [] : [change(current, holds, 'HoldLifted')];
}

/** Those that are not over. */
export function openHolds(holds: readonly OperatorHold[] | undefined, nowMs: number): readonly OperatorHold[] {
  return (holds ?? []).filter(({ untilMs }) => untilMs > nowMs);
}

/** The fact as it goes on: what is over is carried no further. */
export function withoutEndedHolds(cluster: ClusterFact, nowMs: number): ClusterFact {
  const { holds: before, ...rest } = cluster;
  const holds = openHolds(before, nowMs);
  return holds.length === 0 ? rest : { ...rest, holds };
}

function isOfScope(a: HoldScope, b: HoldScope): boolean {
  return a.policy === b.policy && a.object === b.object;
}

function change({ body, seq }: Recorded<ClusterFact>, holds: readonly OperatorHold[], type: FactType): Draft {
  const { holds: _before, ...rest } = body;
  const next: ClusterFact = { ...rest, revision: body.revision + 1, ...(holds.length > 0 && { holds }) };
  return draft('cluster', body.id, type, next, seq, `cluster/${body.name}@${next.revision}`);
}
