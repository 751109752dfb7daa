import { expect, test } from 'vitest';
import { refilled, type Credit } from './credit.ts';

const rule = { max: 2, everyMs: 8_000 };

test('a few at once, then one in each interval, and no more than the few after a pause', () => {
  let credit: Credit = refilled(undefined, rule, 0);
  const spent: number[] = [];
  for (let second = 0; second < 60; second += 1) {
    credit = refilled(credit, rule, second * 1_000);
    if (credit.left < 1) continue;
    credit = { ...credit, left: credit.left - 1 };
    spent.push(second);
  }
  expect(spent).toEqual([0, 1, 8, 16, 24, 32, 40, 48, 56]);
  expect(refilled(credit, rule, 10_000_000).left).toBe(2);
});
