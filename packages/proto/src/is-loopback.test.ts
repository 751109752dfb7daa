import { expect, test } from 'vitest';
import { isLoopback } from './is-loopback.ts';

test.each([
  ['http://127.0.0.1:7420', true],
  ['http://127.9.8.7', true],
  ['tls://[::1]:4222', true],
  ['http://localhost', true],
  ['http://127.evil.example', false],
  ['http://localhost.example', false],
  ['tls://10.0.0.1:4222', false],
  ['no url', false],
])('%s: %s', (url, is) => {
  expect(isLoopback(url)).toBe(is);
});
