import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockDataDirectory } from './data-lock.ts';

const place = (): string => mkdtempSync(join(tmpdir(), 'accord-lock-'));

test('a directory has one holder at a time', () => {
  const dir = place();
  const first = lockDataDirectory(dir);
  expect(() => lockDataDirectory(dir)).toThrow(expect.objectContaining({ code: 'conflict' }));
  first.release();
  lockDataDirectory(dir).release();
});

test('releasing twice is releasing once', () => {
  const dir = place();
  const first = lockDataDirectory(dir);
  first.release();
  const second = lockDataDirectory(dir);
  first.release();
  expect(() => lockDataDirectory(dir)).toThrow(expect.objectContaining({ code: 'conflict' }));
  second.release();
});

test('the message names the holder, and a holder that was killed with SIGKILL is taken over from', async () => {
  const dir = place();
  const script = `import { lockDataDirectory } from ${JSON.stringify(new URL('./data-lock.ts', import.meta.url).href)};
    globalThis.lock = lockDataDirectory(${JSON.stringify(dir)}); console.log('held'); setInterval(() => {}, 1000);`;
  const cwd = join(import.meta.dirname, '..');
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  expect(() => lockDataDirectory(dir)).toThrow(`Another hub (pid ${holder.pid}) uses ${dir}.`);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  lockDataDirectory(dir).release();
});
