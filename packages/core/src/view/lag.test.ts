import { describe, expect, test } from 'vitest';
import { askAfterMs, isStuck, lagAfterAsking, lagAfterBeat, stuckAfterMs, type Lag } from './lag.ts';

const [first, second] = [new Uint8Array([1]), new Uint8Array([2])];
const behind = lagAfterBeat(undefined, first, 0);
const asked = lagAfterAsking(behind, askAfterMs);

describe('a cluster that lacks something', () => {
  const stuckAtMs = askAfterMs + stuckAfterMs;
  const cases: [name: string, lag: Lag, nowMs: number, stuck: boolean][] = [
    ['was never asked: it is on its way, however long', behind, stuckAtMs * 9, false],
    ['was asked a moment ago', asked, askAfterMs + 1, false],
    ['was asked, and takes nothing', lagAfterBeat(asked, first, stuckAtMs - 1), stuckAtMs, true],
    ['was asked again: the first asking counts', lagAfterAsking(asked, stuckAtMs - 1), stuckAtMs, true],
    ['took something after it was asked', lagAfterBeat(asked, second, stuckAtMs - 1), stuckAtMs, false],
  ];
  test.each(cases)('%s', (_name, lag, nowMs, stuck) => expect(isStuck(lag, nowMs)).toBe(stuck));

  test('is asked after ten seconds, however much it takes meanwhile, and after as long again', () => {
    expect(lagAfterBeat(behind, second, 5_000).askAtMs).toBe(askAfterMs);
    expect(asked.askAtMs).toBe(2 * askAfterMs);
  });

  test('and is stuck again only after it was asked again, once it took something', () => {
    const moved = lagAfterBeat(asked, second, 20_000);
    const again = lagAfterAsking(moved, 20_000);
    expect([isStuck(again, 20_000 + stuckAfterMs - 1), isStuck(again, 20_000 + stuckAfterMs)]).toEqual([false, true]);
  });
});
