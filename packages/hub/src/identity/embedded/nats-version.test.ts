import { expect, test } from 'vitest';
import { parseNatsVersion } from './nats-version.ts';

test.each([
  ['nats-server: v2.15.1\n', '2.15.1'],
  ['nats-server: v2.16.0-RC.1\n', '2.16.0-RC.1'],
  ['nats-server: 2.15.1', '2.15.1'],
  ['etcd Version: 3.6.8', undefined],
  ['', undefined],
])('%j is version %s', (output, version) => {
  expect(parseNatsVersion(output)).toBe(version);
});
