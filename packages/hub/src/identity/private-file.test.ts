import { chmodSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensurePrivateDirectory, readPrivateFile, writePrivateFile } from './private-file.ts';

const place = (): string => mkdtempSync(join(tmpdir(), 'accord-private-'));

test('a file is private, replaced in one step, and leaves no temporary file behind', () => {
  const dir = place();
  const path = join(dir, 'x.nk');
  writePrivateFile(path, 'one');
  writePrivateFile(path, 'two');
  expect([readPrivateFile(path), statSync(path).mode & 0o777, readdirSync(dir)]).toEqual(['two', 0o600, ['x.nk']]);
});

test('a file that is not there is undefined, one that cannot be reached is an error', () => {
  const dir = place();
  expect(readPrivateFile(join(dir, 'x.nk'))).toBeUndefined();
  writeFileSync(join(dir, 'file'), '');
  expect(() => readPrivateFile(join(dir, 'file', 'x.nk'))).toThrow(expect.objectContaining({ code: 'forbidden' }));
});

test.each([0o640, 0o604, 0o620, 0o644, 0o666])('a file with mode %o is refused', (mode) => {
  const path = join(place(), 'x.nk');
  writeFileSync(path, 'seed');
  chmodSync(path, mode);
  expect(() => readPrivateFile(path)).toThrow(expect.objectContaining({ code: 'forbidden' }));
});

test('a link to a file that others can read is refused', () => {
  const dir = place();
  writeFileSync(join(dir, 'open'), 'seed', { mode: 0o644 });
  symlinkSync(join(dir, 'open'), join(dir, 'x.nk'));
  expect(() => readPrivateFile(join(dir, 'x.nk'))).toThrow(expect.objectContaining({ code: 'forbidden' }));
});

test('what cannot be written leaves the old text and no temporary file', () => {
  const dir = place();
  mkdirSync(join(dir, 'x.nk'));
  expect(() => writePrivateFile(join(dir, 'x.nk'), 'text')).toThrow();
  expect(readdirSync(dir)).toEqual(['x.nk']);
});

test('directories are made private, and refused when they are open', () => {
  const dir = place();
  ensurePrivateDirectory(join(dir, 'a', 'b'));
  expect(statSync(join(dir, 'a', 'b')).mode & 0o777).toBe(0o700);
  chmodSync(join(dir, 'a'), 0o750);
  expect(() => ensurePrivateDirectory(join(dir, 'a'))).toThrow(expect.objectContaining({ code: 'forbidden' }));
  expect(() => ensurePrivateDirectory('/proc/nowhere/a')).toThrow();
});
