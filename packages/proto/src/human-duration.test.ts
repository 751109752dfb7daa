import { describe, expect, test } from 'vitest';
import { humanDuration } from './human-duration.ts';

describe('ages read as in kubectl', () => {
  const second = 1_000;
  const cases: [ms: number, text: string][] = [
    [-5, '0s'],
    [119 * second, '119s'],
    [3 * 60 * second, '3m'],
    [9 * 60 * second + 5 * second, '9m5s'],
    [179 * 60 * second, '179m'],
    [5 * 3_600 * second + 60 * second, '5h1m'],
    [47 * 3_600 * second, '47h'],
    [7 * 86_400 * second + 3_600 * second, '7d1h'],
    [100 * 86_400 * second, '100d'],
    [800 * 86_400 * second, '2y70d'],
  ];
  test.each(cases)('%d ms is %s', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });
});

describe('ages by the second', () => {
  const cases: readonly [seconds: number, shown: string][] = [
    [0, '0s'],
    [-3, '0s'],
    [119, '119s'],
    [120, '2m'],
    [312, '5m12s'],
    [1_020, '17m'],
    [12_000, '3h20m'],
    [97_200, '27h'],
    [273_600, '3d4h'],
    [1_036_800, '12d'],
  ];
  test.each(cases)('%i seconds are shown as %s', (seconds, shown) => {
    expect(humanDuration(seconds * 1000)).toBe(shown);
  });
});
