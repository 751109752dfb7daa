import { describe, expect, test } from 'vitest';
import { dayMs, nextInRound, turnMs } from './daily-round.ts';

describe('the round of a day', () => {
  test('each has its turn once, whatever the order in which they are kept', () => {
    const keys = ['c', 'a', 'd', 'b'];
    const turns: (string | undefined)[] = [];
    for (let turn = 0; turn < 6; turn += 1) turns.push(nextInRound(keys, turns.at(-1)));
    expect(turns).toEqual(['a', 'b', 'c', 'd', 'a', 'b']);
  });

  test('what has gone in between holds nobody up, and what comes behind has its turn tomorrow', () => {
    expect([nextInRound(['a', 'c'], 'b'), nextInRound(['a', 'c'], 'c'), nextInRound([], 'a')]).toEqual(['c', 'a', undefined]);
  });

  test('five thousand objects are one in 17 seconds, and one alone is one in a day', () => {
    expect([turnMs(5_000), turnMs(1), turnMs(0)]).toEqual([17_280, dayMs, dayMs]);
  });
});
