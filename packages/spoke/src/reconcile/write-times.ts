import { removalStage } from '@accord/core/history/stage-times';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { StageTimes } from '@accord/proto/messages';

/** One object that the API server was asked to write or to delete, with all that this took. Times in milliseconds on the clock of the spoke. */
export interface TimedWrite {
  readonly object: ObjectKey;
  readonly method: 'PATCH' | 'DELETE';
  readonly startMs: number;
  readonly endMs: number;
  /** Outcome, or the reason why not. */
  readonly result: string;
}

interface Stage {
  startMs: number;
  endMs: number;
  writes: number;
  slowest: TimedWrite;
}

/** What the writes of one pass took, for each policy and stage. Of a stage nothing is kept but its slowest, however many objects it has. */
export class WriteTimes {
  readonly #byPolicy = new Map<PolicyName, Map<number, Stage>>();

  /** For whoever wants the object: what several policies share was written for each of them. */
  noteApply({ owner, contributors, stage }: Wanted, write: TimedWrite): void {
    for (const policy of contributors) this.#note(policy, stage, write);
    if (!contributors.includes(owner)) this.#note(owner, stage, write);
  }

  noteRemoval(policy: PolicyName, write: TimedWrite): void {
    this.#note(policy, removalStage, write);
  }

  /** In order of the stages; empty where nothing was written. */
  of(policy: PolicyName): readonly StageTimes[] {
    return [...(this.#byPolicy.get(policy) ?? [])].toSorted(([a], [b]) => a - b).map(([stage, times]) => tell(stage, times));
  }

  #note(policy: PolicyName, stage: number, write: TimedWrite): void {
    const stages = this.#byPolicy.get(policy) ?? new Map<number, Stage>();
    this.#byPolicy.set(policy, stages);
    const sofar = stages.get(stage);
    if (sofar === undefined) {
      stages.set(stage, { startMs: write.startMs, endMs: write.endMs, writes: 1, slowest: write });
      return;
    }
    sofar.startMs = Math.min(sofar.startMs, write.startMs);
    sofar.endMs = Math.max(sofar.endMs, write.endMs);
    sofar.writes += 1;
    if (msOf(write) > msOf(sofar.slowest)) sofar.slowest = write;
  }
}

interface Wanted {
  readonly owner: PolicyName;
  readonly contributors: readonly PolicyName[];
  readonly stage: number;
}

function tell(stage: number, { startMs, endMs, writes, slowest }: Stage): StageTimes {
  const { object, method, result } = slowest;
  return { stage, startMs, endMs, writes, slowest: { object, method, startMs: slowest.startMs, ms: msOf(slowest), result } };
}

function msOf({ startMs, endMs }: TimedWrite): number {
  return endMs - startMs;
}
