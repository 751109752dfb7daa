import { correctedStamps, skewOf } from '@accord/core/history/clock-skew';
import { hasTravelled, propagationOf } from '@accord/core/history/propagation';
import type { Link } from '@accord/core/view/connections';
import { keyParts, type ClusterId, type ObjectKey } from '@accord/proto/ids';
import type { HistoryGap, Outcome } from '@accord/proto/messages';
import { compareNumbers, type ReportNumber } from '@accord/proto/signed-report';
import type { Meter } from '@accord/runtime/metrics/meter';
import { beatSkewOf, type Projection } from '../views/projection.ts';
import { outcomeMetrics } from './hub-metrics.ts';

export interface CountOutcomesDeps {
  readonly meter: Meter;
  readonly projection: Projection;
  readonly linkOf: (publicKey: string) => Link | undefined;
}

/** An outcome that was news. */
export interface FoldedOutcome {
  readonly id: ClusterId;
  readonly number: ReportNumber;
  readonly outcome: Outcome;
  readonly atMs: number;
}

/** Somebody else holds the object, or a field of it. */
const conflictReasons: ReadonlySet<string> = new Set(['Conflict', 'FieldConflict', 'NotOurs', 'AdoptionRefused', 'NotDeletable']);

/** Counts what an outcome tells, once it is folded. */
export function countOutcome(deps: CountOutcomesDeps, folded: FoldedOutcome): void {
  const { meter } = deps;
  const { policies, heals } = folded.outcome;
  for (const { report, created, changed, removed } of policies) {
    if (report === null) continue;
    meter.count(outcomeMetrics.outcomes, 1, { state: report.state });
    for (const [done, count] of Object.entries({ created, changed, removed })) meter.count(outcomeMetrics.objects, count, { done });
    for (const { object, state, reason } of report.problems) {
      meter.count(outcomeMetrics.problems, 1, { state });
      if (conflictReasons.has(reason)) meter.count(outcomeMetrics.conflicts, 1);
      if (state === 'Drifted') meter.count(outcomeMetrics.drifts, 1, { kind: kindOf(object) });
    }
  }
  for (const { object, seenMs, healedMs } of heals) {
    meter.count(outcomeMetrics.heals, 1, { kind: kindOf(object) });
    meter.observe(outcomeMetrics.healSeconds, Math.max(0, healedMs - seenMs) / 1_000);
  }
  for (const { change } of policies) if (change !== null) observeChange(deps, change.id, folded);
}

/** Only by the outcome that tells the times of its change: the first that says Applied. What comes after it are repairs. */
function observeChange({ meter, projection, linkOf }: CountOutcomesDeps, change: string, { id, number, atMs }: FoldedOutcome): void {
  const told = projection.reported.changes.get(change)?.get(id);
  const cluster = projection.registry.clusters.get(id);
  if (told?.state !== 'Applied' || compareNumbers(told.number, number) !== 0 || cluster === undefined) return;
  const connectedMs = linkOf(cluster.body.publicKey)?.openedAt?.atMs ?? 0;
  if (!hasTravelled(told.stamps, { decidedMs: cluster.atMs, connectedMs })) return meter.count(outcomeMetrics.late, 1);
  const stamps = correctedStamps(told.stamps, skewOf(told.stamps, atMs, beatSkewOf(projection, id)));
  for (const { stage, ms } of propagationOf(stamps, atMs)) {
    if (stage === 'total') meter.observe(outcomeMetrics.propagation, ms / 1_000);
    else meter.observe(outcomeMetrics.propagationStage, ms / 1_000, { stage });
  }
}

/** What the history will never have. */
export function countGaps(meter: Meter, gaps: readonly HistoryGap[]): void {
  for (const { reason, firstN, lastN } of gaps) meter.count(outcomeMetrics.historyMissing, lastN - firstN + 1, { reason });
}

function kindOf(object: string): string {
  return keyParts(object as ObjectKey).kind;
}
