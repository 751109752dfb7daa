import { expect, test } from 'vitest';
import { heldRemovals } from './held-removals.ts';

const row = (fields: object): Parameters<typeof heldRemovals>[0][number] => ({
  state: 'Stalled',
  reason: 'RemovalBrake',
  held: 0,
  revision: 3,
  ...fields,
});

test('each cluster compares with its own count, so that the largest is confirmed', () => {
  expect(heldRemovals([row({ held: 12 }), row({ held: 30 }), row({ held: 7 })])).toMatchObject({ revision: 3, count: 30 });
});

test('nothing is offered where nothing waits', () => {
  const rows = [
    row({}),
    row({ state: 'Applied', held: 5 }),
    row({ reason: 'EpochChanged', held: 5 }),
    row({ reason: 'Fighting', held: 5 }),
  ];
  expect(heldRemovals(rows)).toEqual({ held: [], count: 0, revision: 0 });
});
