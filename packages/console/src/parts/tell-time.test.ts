import { expect, test } from 'vitest';
import { tellAge, tellMs } from './tell-time.ts';

test.each([
  [0, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [3 * 3_600_000 + 1, '3h'],
  [50 * 3_600_000, '2d'],
  [-5_000, '0s'],
])('an age of %i ms is %s', (ageMs, text) => {
  expect(tellAge(1_000_000_000 - ageMs, 1_000_000_000)).toBe(text);
});

test.each([
  [0.417, '0.42 ms'],
  [17.26, '17.3 ms'],
  [417.2, '417 ms'],
  [1_204, '1.20 s'],
  [185_000, '3 min 5 s'],
  [-3, '-3.0 ms'],
])('%d ms is told as %s', (ms, text) => {
  expect(tellMs(ms)).toBe(text);
});
