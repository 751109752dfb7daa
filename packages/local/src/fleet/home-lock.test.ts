import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fleetPaths } from '../fleet-paths.ts';
import { fleetOwner, lockHome } from './home-lock.ts';

const base = () => mkdtempSync(join(tmpdir(), 'accord-home-'));

test('a home directory belongs to one fleet at a time', () => {
  const paths = fleetPaths(join(base(), 'a', 'b'));
  const lock = lockHome(paths);
  expect(fleetOwner(paths)?.pid).toBe(process.pid);
  expect(() => lockHome(paths)).toThrow(`A fleet already runs in ${paths.home} (pid ${process.pid}).`);
  lock.release();
  expect(fleetOwner(paths)).toBeUndefined();
  lockHome(paths).release();
});

test('the file of a dead owner means nothing', () => {
  const paths = fleetPaths(base());
  writeFileSync(paths.owner, JSON.stringify({ pid: process.pid, startTime: 'long ago' }));
  expect(fleetOwner(paths)).toBeUndefined();
});

test('a path that cannot be a directory is refused with what to do', () => {
  const file = join(base(), 'file');
  writeFileSync(file, '');
  for (const home of [file, join(file, 'below'), '/dev/null/x']) {
    const refused = expect.objectContaining({ code: 'forbidden', help: expect.stringContaining('ACCORD_HOME') });
    expect(() => lockHome(fleetPaths(home))).toThrow(refused);
  }
});
