import { describe, expect, test } from 'vitest';
import { initialLimit, observe, type AdaptiveLimit, type Observation } from './adaptive-limit.ts';

const good: Observation = { startedAtMs: 100, endedAtMs: 110, verdict: 'answered', saturated: true };
const after = (count: number, observation: Observation, from: AdaptiveLimit = initialLimit(64)): AdaptiveLimit =>
  Array.from({ length: count }).reduce<AdaptiveLimit>((limit) => observe(limit, observation), from);

describe('the adaptive limit', () => {
  test('grows by one for each answer while the server was never slow', () => {
    expect([after(1, good).limit, after(15, good).limit, after(48, good).limit]).toEqual([17, 31, 64]);
  });

  test('grows by one for each full round after it was cut', () => {
    const cut = observe(initialLimit(64), { ...good, verdict: 'overloaded' });
    const later = { ...good, startedAtMs: 200, endedAtMs: 210 };
    expect([after(7, later, cut).limit, after(8, later, cut).limit, after(8 + 9, later, cut).limit]).toEqual([8, 9, 10]);
  });

  test('never passes its maximum', () => {
    expect(after(10_000, good).limit).toBe(64);
  });

  test('does not grow while nobody waits', () => {
    expect(after(1_000, { ...good, saturated: false }).limit).toBe(16);
  });

  test('halves once when a whole round is refused', () => {
    const refused: Observation = { ...good, endedAtMs: 120, verdict: 'overloaded', retryAfterMs: 1_000 };
    expect(after(16, refused)).toMatchObject({ limit: 8, notBeforeMs: 1_120 });
  });

  test('halves again when what was sent after the cut is refused too', () => {
    const cut = observe(initialLimit(64), { ...good, verdict: 'overloaded' });
    expect(observe(cut, { ...good, startedAtMs: 200, endedAtMs: 210, verdict: 'failed' }).limit).toBe(4);
  });

  test('never stops altogether', () => {
    let limit = initialLimit(64);
    for (let at = 0; at < 20; at += 1) limit = observe(limit, { ...good, startedAtMs: at * 10, endedAtMs: at * 10 + 5, verdict: 'failed' });
    expect(limit.limit).toBe(2);
  });

  test('shrinks by a tenth when a round is slow', () => {
    expect(after(16, { ...good, endedAtMs: 2_000 }).limit).toBe(14);
  });

  test('waits half a minute at most, whatever the server asks', () => {
    expect(observe(initialLimit(64), { ...good, verdict: 'overloaded', retryAfterMs: 3_600_000 }).notBeforeMs).toBe(30_110);
  });
});
