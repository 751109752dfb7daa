import { expect, test } from 'vitest';
import { isElsewhere, serverPool } from './server-pool.ts';

test('those of now come before those of before, none twice, and not always the same first', () => {
  const place = { servers: ['a', 'b', 'c'], former: ['d', 'b'] };
  const pools = Array.from({ length: 60 }, () => serverPool(place));
  for (const pool of pools) expect([pool.slice(0, 3).toSorted(), pool.slice(3)]).toEqual([['a', 'b', 'c'], ['d']]);
  expect(new Set(pools.map(([first]) => first)).size).toBe(3);
});

test.each([
  ['the same', { servers: ['a', 'b'] }, false],
  ['in another order', { servers: ['b', 'a'] }, false],
  ['one was before', { servers: ['b'], former: ['a'] }, false],
  ['one more', { servers: ['a', 'b', 'c'] }, true],
  ['another', { servers: ['c'], former: ['a', 'b'] }, true],
])('%s', (_name, place, moved) => {
  expect(isElsewhere(place, { servers: ['a', 'b'] })).toBe(moved);
});
