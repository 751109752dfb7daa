import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** A checkout with nothing installed, and an npm that writes down how it was called. */
function checkout({ npmExit = 0 } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'accord-bootstrap-'));
  for (const dir of ['scripts', 'bin']) mkdirSync(join(root, dir));
  copyFileSync(join(import.meta.dirname, 'bootstrap.mjs'), join(root, 'scripts', 'bootstrap.mjs'));
  const calls = join(root, 'calls');
  writeFileSync(calls, '');
  const npm = `#!/bin/sh\necho "$* lifecycle=$npm_lifecycle_event" >> ${calls}\nmkdir -p ${root}/node_modules\nexit ${npmExit}\n`;
  writeFileSync(join(root, 'bin', 'npm'), npm);
  chmodSync(join(root, 'bin', 'npm'), 0o755);
  const lock = (text: string) => writeFileSync(join(root, 'package-lock.json'), text);
  lock('one');
  const PATH = [join(root, 'bin'), dirname(process.execPath), '/bin', '/usr/bin'].join(delimiter);
  const run = () =>
    spawnSync(process.execPath, [join(root, 'scripts', 'bootstrap.mjs')], {
      env: { PATH, npm_lifecycle_event: 'prestart' },
      encoding: 'utf8',
    });
  return { root, lock, run, calls: () => readFileSync(calls, 'utf8').trim().split('\n').filter(Boolean) };
}

test('installs once, without what the outer npm left in the environment', () => {
  const { run, calls } = checkout();
  expect([run().status, run().status]).toEqual([0, 0]);
  expect(calls()).toEqual(['ci --no-audit --no-fund --loglevel=error lifecycle=']);
});

test('a changed lockfile is installed again', () => {
  const { run, lock, calls } = checkout();
  run();
  lock('two');
  run();
  expect(calls()).toHaveLength(2);
});

test('a failed installation is not taken for done', () => {
  const { root, run, calls } = checkout({ npmExit: 1 });
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('npm ci --no-audit --no-fund --loglevel=error failed') });
  expect(existsSync(join(root, 'node_modules', '.accord-lockfile'))).toBe(false);
  run();
  expect(calls()).toHaveLength(2);
});
