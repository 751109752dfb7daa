import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestRank } from './nearest-rank.ts';
import { planSeries } from './series-steps.ts';

const nowMs = Date.UTC(2026, 10, 24, 12, 34, 56);
const minute = 60_000;

test.each([
  [60, 60, minute],
  [60, 59, 2 * minute],
  [60, 500, 10_000],
  [24 * 60, 60, 30 * minute],
  [1, 500, 1_000],
  [7 * 24 * 60, 500, 30 * minute],
])('%i minutes in at most %i points are steps of %i ms', (minutes, pointsMax, stepMs) =>
  expect(planSeries({ sinceMs: nowMs - minutes * minute, nowMs, pointsMax }).stepMs).toBe(stepMs),
);

test('property: steps are aligned, no more than asked for, and leave out no more than the part of one at the start', () => {
  const ago = fc.integer({ min: 0, max: 40 * 366 * 24 * 60 * minute });
  fc.assert(
    fc.property(ago, fc.integer({ min: 1, max: 500 }), (agoMs, pointsMax) => {
      const sinceMs = nowMs - agoMs;
      const { stepMs, fromMs, toMs } = planSeries({ sinceMs, nowMs, pointsMax });
      expect([fromMs % stepMs, toMs % stepMs]).toEqual([0, 0]);
      expect((toMs - fromMs) / stepMs).toBeLessThanOrEqual(pointsMax);
      expect([fromMs < sinceMs + stepMs, toMs > nowMs]).toEqual([true, true]);
    }),
    { seed: 3, numRuns: 1_000 },
  );
});

test('the value at a share is one of the values', () => {
  expect([nearestRank([1, 2, 3, 4], 0.5), nearestRank([1, 2, 3, 4], 0.95), nearestRank([], 0.5)]).toEqual([2, 4, undefined]);
});
