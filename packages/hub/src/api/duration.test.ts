import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

test('a duration is a sum of its parts', () => {
  expect(['30s', '15m', '1h30m'].map((text) => parseDuration(text, 'x'))).toEqual([30_000, 900_000, 5_400_000]);
});

test('what is no duration is refused with its place', () => {
  for (const text of ['', '1', '-1s', '1.5h', '1d', 'h'])
    expect(() => parseDuration(text, 'expiresIn')).toThrow('expiresIn: this is no duration');
});
