import type { FleetSeries } from '@accord/proto/api-fleet';
import { expect, test } from 'vitest';
import { plotsOf } from './plots-of.ts';

const at = (second: number): string => new Date(second * 1_000).toISOString();
const none = { changes: 0, applied: 0, failed: 0, healed: 0, wentOffline: 0, cameBack: 0 };
const converged = { convergenceP50Ms: 120, convergenceMaxMs: 4_500 };
const series: FleetSeries = {
  ...{ from: at(0), to: at(120), stepMs: 60_000 },
  points: [
    { ...none, at: at(0), changes: 2, applied: 5, failed: 1, healed: 3, propagationP50Ms: 40, propagationP95Ms: 90, ...converged },
    { ...none, at: at(60), wentOffline: 2, cameBack: 1 },
  ],
};

test('each plot says in a sentence what it draws', () => {
  expect(plotsOf(series).map(({ title, summary }) => `${title}: ${summary}`)).toEqual([
    'From the call to applied: Half of the last applies took at most 40.0 ms from the call.',
    'Applies: 5 applied, 1 failed.',
    'Drift put right: 3 edits undone.',
    'Changes: 2 changes.',
    'From the call to the last cluster: The slowest change was applied by its last cluster 4.50 s after the call.',
    'Clusters gone and back: 2 went offline, 1 came back.',
  ]);
});

test('a step without applies is a gap, and not as quick as nothing', () => {
  const [quick, applies, , , whole] = plotsOf(series);
  expect([quick?.lines.map(({ values }) => values), applies?.lines[0]?.values]).toEqual([
    [
      [40, null],
      [90, null],
    ],
    [5, 0],
  ]);
  expect(whole?.lines.map(({ values }) => values)).toEqual([
    [120, null],
    [4_500, null],
  ]);
  expect(quick?.span).toEqual([0, 120]);
});

test('nothing is said of a fleet that applied nothing', () => {
  const [quick, , , , whole] = plotsOf({ ...series, points: [] });
  expect([quick?.summary, whole?.summary]).toEqual(['Nothing was applied.', 'No change has come to all clusters that answered it.']);
});
