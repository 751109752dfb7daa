/** How a cluster leaves the fleet: told to, it lets go and says so; or people end its membership without it. */
import { CodedError } from '@accord/proto/coded-error';
import type { LeaveMode } from '@accord/proto/member';
import { draft, type Draft } from '../registry/draft.ts';
import type { ClusterFact, FactType, LeftBehind } from '../registry/facts.ts';
import type { Recorded } from '../registry/registry.ts';

/** What is known when a membership ends. */
export interface Ending {
  readonly nowMs: number;
  /** Issued-at of the newest token of the cluster that somebody saw; 0 when nobody did. */
  readonly usedIat: number;
}

/** A token may be issued that far ahead of the clock; a beat that names a later one lies. */
const aheadSecondsMax = 3_600;

/** Tells the cluster to let go. Rejects with `conflict` when it was told before. */
export function decideLeave(
  current: Recorded<ClusterFact>,
  { mode, nowMs }: { readonly mode: LeaveMode; readonly nowMs: number },
): readonly Draft[] {
  const { name, leaving } = current.body;
  if (leaving !== undefined)
    throw new CodedError(
      'conflict',
      `cluster ${name} leaves already, with ${leaving.mode}, since ${new Date(leaving.sinceMs).toISOString()}`,
      {
        help: `See what is left there: accord get cluster ${name}. Take it back with: accord cluster stay ${name}`,
      },
    );
  return [change(current, 'ClusterLeaving', { leaving: { mode, sinceMs: nowMs } })];
}

/** Takes it back: what was let go is applied again. Rejects with `conflict` where there is nothing to take back, or no more. */
export function decideStay(current: Recorded<ClusterFact>, hasLetGo: boolean): readonly Draft[] {
  const { name, leaving } = current.body;
  if (leaving === undefined)
    throw new CodedError('conflict', `cluster ${name} is not leaving`, { help: `See how it stands: accord get cluster ${name}` });
  if (hasLetGo)
    throw new CodedError('conflict', `cluster ${name} has let go of everything already`, {
      help: `It can join again: accord cluster add ${name}`,
    });
  const { leaving: _takenBack, ...body } = current.body;
  return [change({ ...current, body }, 'ClusterStays', {})];
}

/** The cluster says that it has let go: from here on it is no member. Nothing when nobody told it to leave. */
export function decideLeft(current: Recorded<ClusterFact>, ending: Ending): readonly Draft[] {
  return current.body.leaving === undefined ? [] : [leftNow(current, ending)];
}

/** Without asking the cluster: it is gone for good. What is on it stays, and is written down. */
export function decideForceLeave(current: Recorded<ClusterFact>, behind: readonly LeftBehind[], ending: Ending): readonly Draft[] {
  return [leftNow(current, ending, behind)];
}

function leftNow(current: Recorded<ClusterFact>, { nowMs, usedIat }: Ending, behind?: readonly LeftBehind[]): Draft {
  const { tokenFloor, revokedUntil } = current.body;
  const nowSeconds = Math.floor(nowMs / 1000);
  const newestIat = Math.min(usedIat, nowSeconds + aheadSecondsMax);
  return change(current, 'ClusterLeft', {
    // Also the tokens that were issued ahead of the clock.
    revokedUntil: Math.max(nowSeconds, newestIat, tokenFloor, revokedUntil),
    left: { atMs: nowMs, ...(behind !== undefined && { behind }) },
  });
}

function change({ body, seq }: Recorded<ClusterFact>, type: FactType, changed: Partial<ClusterFact>): Draft {
  const next: ClusterFact = { ...body, ...changed, revision: body.revision + 1 };
  return draft('cluster', body.id, type, next, seq, `cluster/${body.name}@${next.revision}`);
}
