import { describe, expect, test } from 'vitest';
import { healPauseMs, heatAfterHeal, type Heat } from './heat.ts';

const second = 1000;
/** Heals at the given distances; each entry of the result is the pause after that heal, in seconds. */
function pauses(distancesMs: readonly number[], neverYields = false): number[] {
  let heat: Heat | undefined;
  let nowMs = 0;
  return distancesMs.map((distanceMs) => {
    nowMs += distanceMs;
    heat = heatAfterHeal(heat, nowMs, { neverYields });
    return healPauseMs(heat, { neverYields }) / second;
  });
}

function successions(distancesMs: readonly number[]): string[] {
  let heat: Heat | undefined;
  let nowMs = 0;
  return distancesMs.map((distanceMs) => {
    nowMs += distanceMs;
    heat = heatAfterHeal(heat, nowMs, { neverYields: false });
    return `${heat.heals} since ${heat.sinceMs / second}`;
  });
}

describe('heat', () => {
  test('five quick heals are no fight yet; the sixth begins the pauses', () => {
    expect(pauses([0, 100, 100, 100, 100, 100, 100])).toEqual([0, 0, 0, 0, 0, 5, 15]);
  });

  test('who writes again after each pause is answered ever later, ten minutes at most', () => {
    expect(pauses([0, 0, 0, 0, 0, 0, 5, 15, 45, 135, 405, 600, 600].map((s) => s * second)).slice(5)).toEqual([
      5, 15, 45, 135, 405, 600, 600, 600,
    ]);
  });

  test('kinds that never yield wait five seconds at most', () => {
    expect(
      pauses(
        [0, 0, 0, 0, 0, 0, 5, 5, 5, 5].map((s) => s * second),
        true,
      ).slice(5),
    ).toEqual([5, 5, 5, 5, 5]);
  });

  test('drift once a minute is healed at once for ever', () => {
    expect(new Set(pauses(Array.from({ length: 100 }, () => 60 * second)))).toEqual(new Set([0]));
  });

  test('a long quiet time ends the fight', () => {
    expect(pauses([0, 0, 0, 0, 0, 0, 3600 * second])).toEqual([0, 0, 0, 0, 0, 5, 0]);
  });

  test('heals in succession are counted from the first of them, across the pauses of a fight', () => {
    const calm = [0, 60, 60].map((s) => s * second);
    const fought = [300, 1, 1, 1, 1, 1, 5, 15, 45, 135].map((s) => s * second);
    expect(successions([...calm, ...fought, 3600 * second])).toEqual([
      ...['1 since 0', '1 since 60', '1 since 120', '1 since 420', '2 since 420', '3 since 420', '4 since 420', '5 since 420'],
      ...['6 since 420', '7 since 420', '8 since 420', '9 since 420', '10 since 420', '1 since 4225'],
    ]);
  });
});
