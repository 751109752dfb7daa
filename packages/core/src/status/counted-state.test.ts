import { expect, test } from 'vitest';
import { countedAs, countedStates, worstOf, worstRank } from './counted-state.ts';
import { states, type PolicyState } from './states.ts';

test('every state is counted, and has one place in the order', () => {
  expect(countedStates.toSorted()).toEqual([...Object.keys(states), 'Offline', 'Behind', 'Stuck'].toSorted());
});

test('what is stalled comes before everything else, and what is applied after it', () => {
  const rank = (state: PolicyState): number => worstRank({ [state]: 1 });
  const all = Object.keys(states) as PolicyState[];
  const stalled = all.filter((state) => states[state].stalled);
  expect(Math.max(...stalled.map(rank))).toBeLessThan(Math.min(...all.filter((state) => !stalled.includes(state)).map(rank)));
  expect(rank('Applied')).toBe(countedStates.length - 1);
});

test.each([
  [{ Applied: 3, Pending: 1 }, 'Pending'],
  [{ Offline: 1, Failed: 1, Applied: 9 }, 'Failed'],
  [{ Stuck: 1, Behind: 3, Offline: 2 }, 'Stuck'],
  [{ Applied: 1 }, 'Applied'],
  [{ Failed: 0 }, ''],
  [{}, ''],
])('the worst of %j is %s', (counts, worst) => expect(worstOf(counts)).toBe(worst));

test.each([
  ['Failed', 'offline', 'current', 'Offline'],
  ['Applied', 'live', 'behind', 'Behind'],
  ['Failed', 'live', 'behind', 'Failed'],
  ['Applied', 'live', 'stuck', 'Stuck'],
  ['Pending', 'live', 'stuck', 'Stuck'],
  ['Received', 'live', 'stuck', 'Received'],
  ['Applying', 'live', 'behind', 'Applying'],
  ['Applying', 'offline', 'behind', 'Offline'],
  ['Failed', 'live', 'stuck', 'Failed'],
  ['Applied', 'offline', 'stuck', 'Offline'],
  ['Applied', 'unknown', 'unknown', 'Applied'],
] as const)('%s on a cluster that is %s and %s is counted as %s', (state, connection, sync, as) =>
  expect(countedAs({ state, connection, sync })).toBe(as),
);
