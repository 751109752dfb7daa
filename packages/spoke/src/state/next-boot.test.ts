import { describe, expect, test } from 'vitest';
import { nextBoot } from './next-boot.ts';

const nowMs = Date.UTC(2026, 0, 1);

describe('nextBoot', () => {
  test('of a clock that was set back counts on from the last start', () => expect(nextBoot(nowMs, nowMs - 60_000)).toBe(nowMs + 1));

  test('a spoke whose state was lost is never older than what it said before', () => {
    const first = nextBoot(0, nowMs);
    const second = nextBoot(first, nowMs + 60_000);
    expect(second).toBeGreaterThan(first);
    expect(nextBoot(0, nowMs + 120_000)).toBeGreaterThan(second);
  });

  test('a late write that puts the number of an earlier start back gives no number twice', () => {
    const first = nextBoot(0, nowMs);
    const second = nextBoot(first, nowMs + 1_000);
    expect(nextBoot(first, nowMs + 2_000)).toBeGreaterThan(second);
  });

  test('a clock that stands at its beginning gives a number too', () => expect(nextBoot(0, 0)).toBe(1));
});
