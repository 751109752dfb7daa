import { describe, expect, test } from 'vitest';
import { humanDuration, parseDuration } from './duration.ts';

test('a duration is a sum of its parts', () => {
  expect(['30s', '15m', '1h30m'].map((text) => parseDuration(text, 'x'))).toEqual([30_000, 900_000, 5_400_000]);
});

test('what is no duration is refused with its place', () => {
  for (const text of ['', '1', '-1s', '1.5h', '1d', 'h'])
    expect(() => parseDuration(text, 'expiresIn')).toThrow('expiresIn: this is no duration');
});

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
