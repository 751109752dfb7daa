import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pickLastWords, startChild } from './child.ts';
import { ProcessRegistry } from './process-registry.ts';

test.each([
  ['a plain log', 'one\ntwo\nthree\n', 'two / three'],
  ['a stack trace', 'x\nError: no such file: hub.ts\n    at load (loader:1)\n\nNode.js v26\n', 'Error: no such file: hub.ts'],
  ['nothing', '', ''],
])('the last words of %s', (_name, log, words) => {
  expect(pickLastWords(log)).toBe(words);
});

function place() {
  const home = mkdtempSync(join(tmpdir(), 'accord-child-'));
  return { registry: new ProcessRegistry({ dir: join(home, 'processes') }), logFile: join(home, 'logs', 'x.log') };
}

test('a child is on record while it runs, and its output goes to its log', async () => {
  const { registry, logFile } = place();
  const child = await startChild(registry, { kind: 'etcd', command: '/bin/sh', args: ['-c', 'echo hello; sleep 60'], env: {}, logFile });
  expect(registry.running()).toMatchObject([{ pid: child.pid, kind: 'etcd' }]);
  await expect.poll(() => readFileSync(logFile, 'utf8')).toBe('hello\n');
  expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  expect(registry.running()).toEqual([]);
});

test('a child that does not listen to SIGTERM is killed after the grace', async () => {
  const { registry, logFile } = place();
  const args = ['-c', 'trap "" TERM; echo deaf; while :; do sleep 0.05; done'];
  const child = await startChild(registry, { kind: 'etcd', command: '/bin/sh', args, env: { PATH: '/bin:/usr/bin' }, logFile });
  await expect.poll(() => readFileSync(logFile, 'utf8')).toBe('deaf\n');
  expect(await child.stop(50)).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a program that is not there is a missing program', async () => {
  const { registry, logFile } = place();
  const start = startChild(registry, { kind: 'etcd', command: '/nowhere/etcd', args: [], env: {}, logFile });
  await expect(start).rejects.toMatchObject({ code: 'missing-program' });
});
