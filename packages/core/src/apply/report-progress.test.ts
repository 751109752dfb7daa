import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { PolicyReport } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import type { HeldDocument } from '../desired/desired-set.ts';
import type { Verdict } from '../desired/judge-policy.ts';
import { heldDocument } from '../follow/example-fleet.ts';
import type { ObjectResult } from './report-policy.ts';
import { countDone, endsProgress, isProgressDue, reportProgress, type ProgressInput } from './report-progress.ts';

const policy = 'p' as PolicyName;
const receivedMs = 10_000;
const document = (revision: number): HeldDocument => ({
  ...heldDocument({ subject: 'desired.all.p', epoch: 1, revision, step: 0 }, new Uint8Array()),
  receivedMs,
});
const report = (state: string, revision: number, change: Partial<PolicyReport> = {}): PolicyReport => ({
  ...{ policy, epoch: 1, revision, step: 0, state, reason: state, message: '', desired: 3, applied: 1 },
  ...{ problems: [], retained: [], sinceMs: receivedMs + 1_000, held: 0, heals: 0, leaving: false, hold: null },
  ...change,
});
const busy = { reason: 'EarlierPass', message: 'busy' };

describe('progress on revision 5', () => {
  interface Case {
    readonly afterMs: number;
    readonly reported?: PolicyReport;
    readonly progress?: PolicyReport;
    readonly begunMs?: number;
    readonly recordMs?: number;
    readonly receivedMs?: number;
    readonly wait?: typeof busy;
  }
  const received = report('Received', 5, busy);
  const applying = report('Applying', 5);
  const cases: [claim: string, given: Case, isDue: boolean][] = [
    ['is not told within a second', { afterMs: 999, begunMs: receivedMs }, false],
    ['is told after one', { afterMs: 1_000, begunMs: receivedMs }, true],
    ['is told also where no pass has begun', { afterMs: 1_000, wait: busy }, true],
    ['is told although revision 4 is applied', { afterMs: 1_000, reported: report('Applied', 4) }, true],
    ['is told although it was told of revision 4', { afterMs: 1_000, progress: report('Applying', 4) }, true],
    ['is not told once something came of it', { afterMs: 60_000, reported: report('Applied', 5), begunMs: receivedMs + 50_000 }, false],
    ['is not told while it is tried again', { afterMs: 60_000, reported: report('Retrying', 5) }, false],
    ['is not told where a later one was reported', { afterMs: 60_000, reported: report('Applied', 6) }, false],
    ['is not told of what an earlier process received', { afterMs: 60_000, receivedMs: 0 }, false],
    ['counts from when the cluster came to be selected', { afterMs: 60_000, recordMs: receivedMs + 59_500 }, false],
    ['is told again after five seconds', { afterMs: 6_000, progress: applying, begunMs: receivedMs }, true],
    ['is not told again before', { afterMs: 5_999, progress: applying, begunMs: receivedMs }, false],
    ['begins with a pass that goes on for a second', { afterMs: 4_000, progress: received, begunMs: receivedMs + 3_000 }, true],
    ['waits for the outcome of a pass that has just begun', { afterMs: 4_000, progress: received, begunMs: receivedMs + 3_500 }, false],
    ['is not told again while it waits for the same', { afterMs: 60_000, progress: received, wait: busy }, false],
    ['is told when it waits for something else', { afterMs: 6_000, progress: received, wait: { ...busy, message: 'not listed' } }, true],
    ['does not go back to waiting', { afterMs: 60_000, progress: applying, wait: busy }, false],
  ];
  test.each(cases)('%s', (_claim, given, isDue) => {
    const { afterMs, reported, progress, begunMs, recordMs = 0, wait } = given;
    const held = { ...document(5), receivedMs: given.receivedMs ?? receivedMs };
    expect(isProgressDue(held, { reported, progress }, { recordMs, begunMs, wait, nowMs: receivedMs + afterMs })).toBe(isDue);
  });
});

describe('what is told', () => {
  const objects = ['a', 'b', 'c'].map((name) => ({ key: `/ConfigMap/n/${name}` }));
  const applies = { says: 'apply', document: document(5), spec: {}, objects } as unknown as Verdict;
  const told = (change: Partial<ProgressInput>): string | undefined => {
    const input = { policy, verdict: applies, done: undefined, wait: undefined, reported: undefined, progress: undefined };
    const one = reportProgress({ ...input, heals: 2, nowMs: 12_345.6, ...change });
    return one && `${one.policy}@${one.revision} ${one.state} ${one.reason} ${one.message} ${one.applied}/${one.desired} at ${one.sinceMs}`;
  };
  const suspended = { reason: 'Suspended', message: 'm' } as const;
  const cases: [claim: string, change: Partial<ProgressInput>, line: string | undefined][] = [
    ['how many objects are in', { done: 2 }, 'p@5 Applying Applying  2/3 at 12346'],
    ['what it waits for', { wait: busy }, 'p@5 Received EarlierPass busy 0/3 at 12346'],
    ['that it is there, where nothing is known to keep it', {}, 'p@5 Received Received  0/3 at 12346'],
    ['more than before', { done: 2, progress: report('Applying', 5, { heals: 2 }) }, 'p@5 Applying Applying  2/3 at 12346'],
    ['nothing where as much is in as before', { done: 1, progress: report('Applying', 5, { heals: 2 }) }, undefined],
    [
      'the same as of the revision before',
      { done: 1, progress: report('Applying', 4, { heals: 2 }) },
      'p@5 Applying Applying  1/3 at 12346',
    ],
    ['nothing of what leaves', { verdict: { says: 'leave', document: document(5), because: 'unselected' } }, undefined],
    ['nothing of a pass that only compares', { verdict: { ...applies, inform: 'Inform' } as Verdict, done: 1 }, undefined],
    ['nothing of a pass that finds a stop', { verdict: { ...applies, stop: suspended } as Verdict, done: 1 }, undefined],
  ];
  test.each(cases)('%s', (_claim, change, line) => expect(told(change)).toBe(line));
});

test('an outcome ends the progress on its revision and on those before, and what leaves any', () => {
  const progress = report('Applying', 5);
  expect([4, 5, 6].map((revision) => endsProgress(report('Applied', revision), progress))).toEqual([false, true, true]);
  expect(endsProgress(report('Removed', 0, { leaving: true }), progress)).toBe(true);
});

test('in is what was written, and what was as wanted before', () => {
  const keys = ['written', 'refused', 'to-write', 'as-wanted', 'held'] as ObjectKey[];
  const results = new Map<ObjectKey, ObjectResult>([
    ['written' as ObjectKey, { outcome: 'done' }],
    ['refused' as ObjectKey, { outcome: 'refused', reason: 'Invalid', because: 'no' }],
  ]);
  const planned = new Set(['written', 'refused', 'to-write'] as ObjectKey[]);
  expect(countDone(keys, { results, planned, isLeft: (key) => key === 'held' })).toBe(2);
});
