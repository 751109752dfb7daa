import { expect, test } from 'vitest';
import { isRecent, parseNatsVersion } from './nats-version.ts';

test.each([
  ['nats-server: v2.15.1\n', '2.15.1'],
  ['nats-server: v2.16.0-RC.1\n', '2.16.0-RC.1'],
  ['nats-server: 2.15.1', '2.15.1'],
  ['etcd Version: 3.6.8', undefined],
  ['', undefined],
])('%j is version %s', (output, version) => {
  expect(parseNatsVersion(output)).toBe(version);
});

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
  expect(isRecent(version)).toBe(answer);
});
