import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { parseProcStat, processStartTime } from './process-identity.ts';

const stat = (name: string, state: string) => `4711 (${name}) ${state} 1 ${'0 '.repeat(17)}98765 ${'0 '.repeat(30)}`;

test('reads the start time behind a name with blanks and parentheses', () => {
  expect(parseProcStat(stat('node (x) 7', 'S'))).toBe('98765');
});

test('a zombie counts as gone', () => {
  expect(parseProcStat(stat('etcd', 'Z'))).toBeUndefined();
});

test('a process keeps its start time until it ends', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const pid = child.pid ?? 0;
  const first = processStartTime(pid);
  expect(first).toBeTruthy();
  expect(processStartTime(pid)).toBe(first);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processStartTime(pid)).toBeUndefined();
});
