/** What a spoke tells of a revision before there is an outcome: only of work that takes long, and never after one. */
import { compareFences } from '@accord/proto/document';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { PolicyReport } from '@accord/proto/messages';
import type { HeldDocument } from '../desired/desired-set.ts';
import type { Verdict } from '../desired/judge-policy.ts';
import type { PolicyState } from '../status/states.ts';
import { saysTheSame, type ObjectResult } from './report-policy.ts';

/** A change takes some tens of milliseconds. Of one that does nothing is told but its outcome. */
export const progressFirstMs = 1_000;
/** For a person who watches a count grow. */
export const progressAgainMs = 5_000;

/** What has been told of a policy so far. */
export interface ToldBefore {
  /** What last came of it. */
  readonly reported: PolicyReport | undefined;
  /** Its last progress. */
  readonly progress: PolicyReport | undefined;
}

export interface ProgressTimes {
  /** When the record of the cluster came in, by which the policy is for it; 0 for one that was restored. */
  readonly recordMs: number;
  /** When the pass began that carries the policy out; undefined where none has. */
  readonly begunMs: number | undefined;
  readonly nowMs: number;
}

/** What keeps a pass from beginning. */
export interface Wait {
  readonly reason: string;
  readonly message: string;
}

/**
 * Whether it is time to tell how far a policy is. What comes after an outcome is a heal or a retry of the same revision, which
 * keeps its state; of what an earlier process has received, the hub may have heard the outcome already.
 */
export function isProgressDue(
  { statement, receivedMs }: Pick<HeldDocument, 'statement' | 'receivedMs'>,
  { reported, progress }: ToldBefore,
  { recordMs, begunMs, nowMs, wait }: ProgressTimes & { readonly wait: Wait | undefined },
): boolean {
  if (receivedMs === 0 || (reported !== undefined && compareFences(reported, statement) >= 0)) return false;
  if (progress === undefined || compareFences(progress, statement) !== 0) return nowMs - Math.max(receivedMs, recordMs) >= progressFirstMs;
  if (isReceived(progress) && begunMs !== undefined) return nowMs - begunMs >= progressFirstMs;
  if (nowMs - progress.sinceMs < progressAgainMs) return false;
  // A pass that failed as a whole is repeated, and what has been applied was not only received.
  return begunMs !== undefined || (isReceived(progress) && progress.message !== (wait?.message ?? ''));
}

interface Stated extends Wait {
  readonly state: PolicyState;
}

export interface ProgressInput extends ToldBefore {
  readonly policy: PolicyName;
  readonly verdict: Verdict;
  /** How many of its objects are in, where a pass carries it out. */
  readonly done: number | undefined;
  readonly wait: Wait | undefined;
  readonly heals: number;
  readonly nowMs: number;
}

/** How far a policy is. Undefined where there is nothing to tell: it leaves, a pass has only to look at it, or nothing has moved. */
export function reportProgress({ policy, verdict, done, wait, progress, heals, nowMs }: ProgressInput): PolicyReport | undefined {
  if (verdict.says === 'leave') return undefined;
  const { epoch, revision, step } = verdict.document.statement;
  const before = progress !== undefined && compareFences(progress, verdict.document.statement) === 0 ? progress : undefined;
  if (done !== undefined && !isWritten(verdict)) return undefined;
  const report: PolicyReport = {
    ...{ policy, epoch, revision, step, ...(done === undefined ? received(wait) : applying) },
    desired: verdict.says === 'apply' ? verdict.objects.length : 0,
    applied: done ?? 0,
    ...{ problems: [], retained: [], sinceMs: Math.round(nowMs), held: 0, heals, leaving: false, hold: null },
  };
  return before !== undefined && saysTheSame(before, report) ? undefined : report;
}

const applying = { state: 'Applying', reason: 'Applying', message: '' } as const satisfies Stated;

/** Without a wait its turn is about to come, or a pass has failed as a whole and is repeated. */
function received(wait: Wait | undefined): Stated {
  const state = 'Received';
  return { state, ...(wait ?? { reason: state, message: '' }) };
}

/** Whether a report ends what was told of progress before. One of an earlier revision, out of a pass that had begun before, does not. */
export function endsProgress(report: PolicyReport, progress: PolicyReport): boolean {
  return report.leaving || compareFences(report, progress) >= 0;
}

/** What is only compared, stopped or cannot be compiled is not being applied. */
function isWritten(verdict: Verdict): boolean {
  return verdict.says === 'apply' && verdict.inform === undefined && (verdict.stop === undefined || verdict.stop.heals === true);
}

function isReceived({ state }: PolicyReport): boolean {
  return state === 'Received';
}

/** What a pass has found and done so far. */
export interface PassSoFar {
  readonly results: ReadonlyMap<ObjectKey, ObjectResult>;
  /** What the pass has to write. */
  readonly planned: ReadonlySet<ObjectKey>;
  /** Whether the object is left as it is although it is not as wanted. */
  readonly isLeft: (key: ObjectKey) => boolean;
}

/** How many of these objects are in: written by now, or as wanted before. */
export function countDone(keys: readonly ObjectKey[], { results, planned, isLeft }: PassSoFar): number {
  return keys.filter((key) => (planned.has(key) ? results.get(key)?.outcome === 'done' : !isLeft(key))).length;
}
