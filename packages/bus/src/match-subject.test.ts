import { expect, test } from 'vitest';
import { matchSubject } from './match-subject.ts';

const cases: [filter: string, subject: string, isMatch: boolean][] = [
  ['index.all', 'index.all', true],
  ['index.all', 'index.all.0f', false],
  ['outcome.*', 'outcome.x', true],
  ['outcome.*', 'outcome', false],
  ['outcome.*', 'outcome.x.y', false],
  ['desired.>', 'desired.all.p', true],
  ['desired.>', 'desired', false],
  ['desired.*.p', 'desired.all.q', false],
];
test.each(cases)('%s matches %s: %s', (filter, subject, isMatch) => {
  expect(matchSubject(filter, subject)).toBe(isMatch);
});
