import { expect, test } from 'vitest';
import { isRecentServer } from './server-version.ts';

test.each([
  ['2.14.7', true],
  ['2.14.10', true],
  ['2.15.1', true],
  ['3.0.0', true],
  ['2.16.0-RC.1', true],
  ['2.14.7-RC.1', false],
  ['2.14.6', false],
  ['2.9.99', false],
  ['1.99.0', false],
])('%s is recent enough: %s', (version, answer) => {
  expect(isRecentServer(version)).toBe(answer);
});
