import { describe, expect, test } from 'vitest';
import { ageOf } from './age.ts';
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

describe('ageOf', () => {
  test('what is no time has no age', () => {
    expect([ageOf(undefined, 0), ageOf('never', 0), ageOf('1970-01-01T00:00:00Z', 61_000)]).toEqual(['<unknown>', '<unknown>', '61s']);
  });
});
