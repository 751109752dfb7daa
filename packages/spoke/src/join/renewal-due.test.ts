import { expect, test } from 'vitest';
import { isRenewalDue, renewalDueMs, turnAfterMs, type RenewalState } from './renewal-due.ts';

const hourMs = 3_600_000;
/** Of a token of 24 hours, an hour old, on a bus that is there. */
const state: RenewalState = {
  ...{ nowMs: hourMs, dueMs: 12 * hourMs, expiresMs: 24 * hourMs },
  ...{ isConnected: true, isRefused: false, turnAtMs: 0 },
};
const away: Partial<RenewalState> = { isConnected: false, turnAtMs: 2 * hourMs };

test.each<[claim: string, change: Partial<RenewalState>, isDue: boolean]>([
  ['a token that has most of its life before it is kept', {}, false],
  ['one that is due is renewed over the bus', { nowMs: 12 * hourMs }, true],
  ['while the bus is away for a moment nothing is asked', away, false],
  ['also where the token is due', { ...away, nowMs: 12 * hourMs, turnAtMs: 13 * hourMs }, false],
  ['a bus that stays away is gone round', { ...away, nowMs: 2 * hourMs }, true],
  ['a token that was refused is replaced over HTTPS', { ...away, isRefused: true }, true],
  ['and so is one that is over', { ...away, nowMs: 24 * hourMs, turnAtMs: 25 * hourMs }, true],
  ['who is connected has no need of HTTPS, whatever was refused before', { isRefused: true }, false],
])('%s', (_claim, change, isDue) => {
  expect(isRenewalDue({ ...state, ...change })).toBe(isDue);
});

test('half of the life is ten percent of it early or late, by what was drawn', () => {
  const hours = [0, 0.5, 1].map((random) => renewalDueMs({ iat: 0, exp: 24 * 3_600 }, random) / hourMs);
  expect(hours.map((due) => Number(due.toFixed(3)))).toEqual([10.8, 12, 13.2]);
});

test('clusters turn away from a bus one after the other, and each of them ever more seldom', () => {
  expect([0, 1, 2, 9].map((turns) => [turnAfterMs(0, turns), turnAfterMs(1, turns)])).toEqual([
    [20_000, 40_000],
    [40_000, 80_000],
    [80_000, 160_000],
    [600_000, 1_200_000],
  ]);
});
