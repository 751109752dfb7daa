import type { Row } from '@accord/proto/api';
import type { ChangeTimeline } from '@accord/proto/api-history';
import { isHeldUp } from './held-up.ts';

/** Change → its timeline. */
export type Timelines = ReadonlyMap<string, ChangeTimeline>;

/** When a row that is held up began to be. */
export interface Began {
  readonly atMs: number;
  /** The revision under which it began. */
  readonly change: ChangeTimeline;
  /** Under that revision it was never well there, so that it may be what did it. */
  readonly isOfChange: boolean;
}

/**
 * Goes back, revision by revision, while the row was held up all the time: a second attempt that fails as well is not
 * where the trouble began. Undefined where the history does not say.
 */
export function heldSince({ policy, cluster, reportedRevision }: Row, timelines: Timelines): Began | undefined {
  let began: Began | undefined;
  for (let revision = reportedRevision; revision > 0; revision -= 1) {
    const change = timelines.get(changeId(policy, revision));
    const steps = change?.clusters.find((on) => on.cluster === cluster)?.steps ?? [];
    const wellUntil = steps.findLastIndex(({ state }) => !isHeldUp(state));
    const first = steps[wellUntil + 1];
    if (change === undefined || first === undefined) return began;
    const before = steps.slice(0, wellUntil + 1);
    began = { atMs: first.fromMs, change, isOfChange: before.every(({ state }) => state !== 'Applied') };
    if (before.length > 0) return began;
  }
  return began;
}

/** The change whose timeline has to be read next to know when the row began to be held up; undefined when all is known. */
export function missingTimeline(row: Row, timelines: Timelines, sinceMs: number): string | undefined {
  for (let revision = row.reportedRevision; revision > 0; revision -= 1) {
    const id = changeId(row.policy, revision);
    const change = timelines.get(id);
    if (change === undefined) return id;
    const steps = change.clusters.find((on) => on.cluster === row.cluster)?.steps ?? [];
    // What was accepted before is no suspect, and whatever lies before it even less.
    if (!steps.every(({ state }) => isHeldUp(state)) || steps.length === 0 || Date.parse(change.acceptedAt) < sinceMs) return undefined;
  }
  return undefined;
}

function changeId(policy: string, revision: number): string {
  return `${policy}@${revision}`;
}
