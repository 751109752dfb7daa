import type { ChangeTimeline } from '@accord/proto/api-history';
import { expect, test } from 'vitest';
import { fallsOf, piecesOf, scaleOf } from './waterfall.ts';

const at = 1_000;
const on = (cluster: string, state: string, appliedMs: number): unknown => {
  const stamps = {
    acceptedMs: at,
    publishedMs: at + 10,
    receivedMs: 0,
    verifiedMs: 0,
    compiledMs: 0,
    appliedMs: appliedMs && at + appliedMs,
    reportedMs: 0,
  };
  return { cluster, state, stamps, corrected: stamps, skewMs: 0, foldedMs: 0, steps: [], stages: [] };
};
const change = (...clusters: readonly unknown[]): ChangeTimeline => ({ clusters }) as ChangeTimeline;

test('who has not applied it comes first, then the slowest', () => {
  const falls = fallsOf(change(on('quick', 'Applied', 20), on('slow', 'Applied', 90), on('refused', 'Refused', 0)), 'corrected');
  expect(falls.map(({ on: { cluster }, totalMs }) => `${cluster} ${totalMs}`)).toEqual(['refused 10', 'slow 90', 'quick 20']);
});

test('the pieces of a bar follow each other', () => {
  const [fall] = fallsOf(change(on('a', 'Applied', 40)), 'corrected');
  expect(fall && piecesOf(fall, 40)).toEqual([
    { hop: 'published', ms: 10, left: 0, width: 25 },
    { hop: 'applied', ms: 30, left: 25, width: 75 },
  ]);
});

test('a hop that two clocks tell the wrong way round has no width', () => {
  const [fall] = fallsOf(change(on('a', 'Applied', 4)), 'corrected');
  expect(fall && piecesOf(fall, 40).map(({ width }) => width)).toEqual([25, 0]);
});

test('one slow cluster does not press the others flat', () => {
  const falls = fallsOf(change(on('a', 'Applied', 20), on('b', 'Applied', 21), on('c', 'Applied', 90_000)), 'corrected');
  expect(scaleOf(falls)).toBe(105);
  const [slowest] = falls;
  expect(slowest && piecesOf(slowest, 105).at(-1)).toMatchObject({ width: expect.closeTo(100 - (100 * 10) / 105, 6) });
});
