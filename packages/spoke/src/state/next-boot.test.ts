import { describe, expect, test } from 'vitest';
import { nextBoot } from './next-boot.ts';

const nowMs = Date.UTC(2026, 0, 1);

describe('nextBoot', () => {
  test('counts on from the last start', () => expect(nextBoot(7, nowMs)).toBe(8));
  test('a spoke whose state was lost is never older than what it said before', () => {
    const first = nextBoot(0, nowMs);
    const second = nextBoot(first, nowMs + 60_000);
    expect([second, nextBoot(0, nowMs + 120_000) > second]).toEqual([first + 1, true]);
    expect(nextBoot(0, nowMs)).toBeGreaterThan(1_000_000);
  });
  test('a clock that stands at its beginning gives a number too', () => expect(nextBoot(0, 0)).toBe(1));
});
