import type { Verdict } from '../desired/judge-policy.ts';
import type { RemovalGround } from './plan-apply.ts';

export interface GroundInput {
  readonly verdict: Verdict;
  /** All anchors are live and every watch has listed what is there. */
  readonly isCaughtUp: boolean;
  /** Epoch of what is followed, and up to which a person has confirmed that absence means removal. */
  readonly epoch: number;
  readonly confirmedEpoch: number;
  /** Confirmed for a policy that no longer reaches this cluster. */
  readonly confirmedRemovals: number;
  /** What was confirmed in the document was for an earlier removal, and is used up. */
  readonly isSpent?: boolean;
  /** As `isSpent`, for what takes along what others have: there a confirmation serves once in every policy. */
  readonly hasServed?: boolean;
  /** Anchors that this cluster follows. */
  readonly anchors: readonly string[];
}

/** The one table of removals: what may leave, and on whose word. */
export function removalGround({
  verdict,
  isCaughtUp,
  epoch,
  confirmedEpoch,
  confirmedRemovals,
  isSpent = false,
  hasServed = false,
  anchors,
}: GroundInput): RemovalGround {
  if (!isCaughtUp || isOnItsWay(verdict, anchors)) return { allowed: false, reason: 'NotCaughtUp' };
  if (verdict.says === 'keep') return { allowed: false, reason: 'ReplacementRefused' };
  if (verdict.stop !== undefined) return { allowed: false, reason: verdict.stop.reason };
  if (verdict.says === 'apply' && verdict.inform !== undefined) return { allowed: false, reason: verdict.inform };
  // A person let the whole cluster go, with everything on it.
  if (verdict.says === 'leave' && verdict.because === 'clusterLeaves') return { allowed: true, removalsMax: Number.POSITIVE_INFINITY };
  const isAbsent = verdict.says === 'leave' && (verdict.because === 'absent' || verdict.because === 'unknown');
  // Absence counts only in an index that was read, and there is none without an epoch.
  if (isAbsent && epoch === 0) return { allowed: false, reason: 'NotCaughtUp' };
  const explicit = isSpent ? 0 : Math.max(verdict.document?.statement.removalsMax ?? 0, confirmedRemovals);
  // A history of desired state that was rebuilt may not know everything that the old one knew.
  if (isAbsent && epoch > confirmedEpoch) return { allowed: false, reason: 'EpochChanged' };
  // Another hub may have put it there: that this one does not name it says nothing.
  if (verdict.says === 'leave' && verdict.because === 'unknown' && confirmedRemovals === 0)
    return { allowed: false, reason: 'UnknownPolicy' };
  // What the record of the cluster says is for policies that no longer reach it, and would outlive the revision of one that does.
  const { removalsConfirmed } = verdict.document?.statement ?? { removalsConfirmed: confirmedRemovals };
  return { allowed: true, removalsMax: explicit, removalsConfirmed: hasServed ? 0 : removalsConfirmed };
}

/** The policy moved to an anchor that is followed here, and what stands there has not come yet: its live message was lost. */
function isOnItsWay(verdict: Verdict, anchors: readonly string[]): boolean {
  if (verdict.says !== 'leave' || verdict.because !== 'deleted') return false;
  return (verdict.document?.statement.movedTo ?? []).some((anchor) => anchors.includes(anchor));
}
