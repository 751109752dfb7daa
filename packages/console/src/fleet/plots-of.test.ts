import type { FleetSeries } from '@accord/proto/api-fleet';
import { expect, test } from 'vitest';
import { plotsOf } from './plots-of.ts';

const at = (second: number): string => new Date(second * 1_000).toISOString();
const none = { changes: 0, applied: 0, failed: 0, healed: 0, wentOffline: 0, cameBack: 0 };
const series: FleetSeries = {
  ...{ from: at(0), to: at(120), stepMs: 60_000 },
  points: [
    { ...none, at: at(0), changes: 2, applied: 5, failed: 1, healed: 3, propagationP50Ms: 40, propagationP95Ms: 90 },
    { ...none, at: at(60) },
  ],
};

test('each plot says in a sentence what it draws', () => {
  expect(plotsOf(series).map(({ title, summary }) => `${title}: ${summary}`)).toEqual([
    'From the call to applied: Half of the last applies took at most 40.0 ms from the call.',
    'Applies: 5 applied, 1 failed.',
    'Drift put right: 3 edits undone.',
    'Changes: 2 changes.',
  ]);
});

test('a step without applies is a gap, and not as quick as nothing', () => {
  const [quick, applies] = plotsOf(series);
  expect([quick?.lines.map(({ values }) => values), applies?.lines[0]?.values]).toEqual([
    [
      [40, null],
      [90, null],
    ],
    [5, 0],
  ]);
  expect(quick?.span).toEqual([0, 120]);
});

test('nothing is said of a fleet that applied nothing', () => {
  expect(plotsOf({ ...series, points: [] })[0]?.summary).toBe('Nothing was applied.');
});
