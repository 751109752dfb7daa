import { mkdtempSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdLock, tryLock } from './process-lock.ts';

const lockPath = () => join(mkdtempSync(join(tmpdir(), 'accord-lock-')), 'x.lock');

test('a second holder in the same process is refused until the first lets go', () => {
  const path = lockPath();
  const first = tryLock(path);
  expect(first).toBeDefined();
  expect(tryLock(path)).toBeUndefined();
  first?.release();
  const second = tryLock(path);
  expect(second).toBeDefined();
  second?.release();
});

test('a holder that is killed with SIGKILL leaves no lock behind', async () => {
  const path = lockPath();
  const script = `import { tryLock } from ${JSON.stringify(new URL('./process-lock.ts', import.meta.url).href)};
    globalThis.lock = tryLock(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(tryLock(path)).toBeUndefined();
  let waits = 0;
  const waiting = holdLock(path, () => (waits += 1), AbortSignal.timeout(10_000));
  child.kill('SIGKILL');
  (await waiting).release();
  expect(waits).toBe(1);
});

test('waiting ends with its signal', async () => {
  const path = lockPath();
  const held = tryLock(path);
  const stop = new AbortController();
  const waiting = holdLock(path, () => stop.abort(), stop.signal);
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  held?.release();
});
