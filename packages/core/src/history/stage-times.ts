/** When one pass of a cluster wrote the objects of a policy, stage by stage: what an outcome says of it, as the history keeps it. */
import type { StageTimes } from '@accord/proto/messages';

/** Objects are applied in stages 1 to 7; what leaves comes after them. */
export const removalStage = 8;

/** What it is called: `apply stage 5`, `remove`. */
export function stageName(stage: number): string {
  return stage === removalStage ? 'remove' : `apply stage ${stage}`;
}

/** What is said where the API server did as it was asked; anything else is the reason why not. */
const done: ReadonlySet<string> = new Set(['created', 'changed', 'unchanged', 'removed', 'released', 'absent', 'kept']);

export function isWritten(result: string): boolean {
  return done.has(result);
}

/**
 * What of it can be kept: a signed message may still say anything. Each stage once, in order, those that there are, with times that are
 * numbers and do not run backwards.
 */
export function heardStages(told: readonly StageTimes[]): readonly StageTimes[] {
  const byStage = new Map(told.filter(isSound).map((stage) => [stage.stage, stage]));
  return [...byStage.values()].toSorted((a, b) => a.stage - b.stage);
}

/** On the clock of the hub, where that of the cluster was ahead by `skewMs`. */
export function correctedStages(stages: readonly StageTimes[], skewMs: number): readonly StageTimes[] {
  return stages.map(({ slowest, ...stage }) => ({
    ...stage,
    ...{ startMs: stage.startMs - skewMs, endMs: stage.endMs - skewMs },
    slowest: slowest === null ? null : { ...slowest, startMs: slowest.startMs - skewMs },
  }));
}

function isSound({ stage, startMs, endMs, slowest }: StageTimes): boolean {
  const isWithin = slowest === null || (Number.isFinite(slowest.startMs) && Number.isFinite(slowest.ms) && slowest.ms >= 0);
  return stage >= 1 && stage <= removalStage && Number.isFinite(startMs) && Number.isFinite(endMs) && startMs <= endMs && isWithin;
}
