import type { Row } from '@accord/proto/api';
import { expect, test } from 'vitest';
import { renderCounts, renderLastKnown, renderProgress } from './counts.ts';

const nowMs = Date.parse('2026-11-24T15:00:00Z');
const row = (state: string, minutes?: number): Row => {
  const connection = minutes === undefined ? 'live' : 'offline';
  const since = minutes === undefined ? {} : { offlineSince: new Date(nowMs - minutes * 60_000).toISOString() };
  return { state, connection, ...since } as Row;
};
const counts = { total: 60, applied: 56, offline: 3, failed: 1, moving: 0 };

test.each([
  ['of one that is offline, what it said and since when', [row('Applied', 17), row('Failed')], 'applied, 17m ago'],
  ['of several the one that was heard longest ago', [row('Applied', 17), row('Applied', 190)], 'applied, 3h10m ago'],
  [
    'each state with its number, the good ones first',
    [row('Failed', 20), row('Applied', 17), row('Applied', 17)],
    '2 applied, 1 failed, 20m ago',
  ],
  ['nothing, where none is offline', [row('Applied')], ''],
])('last known is %s', (_claim, rows, known) => {
  expect(renderLastKnown(rows, nowMs)).toBe(known);
});

test('how many objects are in is told of those that say so, and nothing once all are', () => {
  const at = (state: string, applied: number, desired: number, minutes?: number): Row => ({ ...row(state, minutes), applied, desired });
  const rows = [at('Applying', 120, 500), at('Applied', 7, 7), at('Received', 0, 9), at('Applying', 2, 9, 5), at('Applying', 3, 4)];
  expect(renderProgress(rows)).toBe(' · 123 of 504 objects are in');
  expect([renderProgress([at('Applying', 3, 3)]), renderProgress([at('Applied', 1, 2)])]).toEqual(['', '']);
});

test('stands behind the number of those that are offline', () => {
  expect([renderCounts(counts, 'applied', 'applied, 17m ago'), renderCounts(counts)]).toEqual([
    '56/60 applied · 3 offline (last known: applied, 17m ago) · 1 failed',
    '56/60 applied · 3 offline · 1 failed',
  ]);
});
