import { describe, expect, test } from 'vitest';
import { ageOf, renderAge } from './age.ts';
import { renderTable } from './table.ts';

describe('renderTable', () => {
  test('columns line up and no line ends in blanks', () => {
    expect(
      renderTable([
        ['NAME', 'READY', 'AGE'],
        ['a', 'True', ''],
        ['prod-eu-1', 'False', '3h'],
      ]),
    ).toEqual(['NAME        READY   AGE', 'a           True', 'prod-eu-1   False   3h']);
  });
});

describe('renderAge', () => {
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
    expect(renderAge(seconds * 1000)).toBe(shown);
  });

  test('what is no time has no age', () => {
    expect([ageOf(undefined, 0), ageOf('never', 0), ageOf('1970-01-01T00:00:00Z', 61_000)]).toEqual(['<unknown>', '<unknown>', '61s']);
  });
});
