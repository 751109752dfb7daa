import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureBuild } from './ensure-build.ts';

/** Counts how often it ran, empties its output first as vite does, and fails where the source says so. */
const script = `
const { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
appendFileSync('runs', '.');
const source = readFileSync('src/main.ts', 'utf8');
if (source === 'broken') { console.error('main.ts is broken'); process.exit(1); }
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
writeFileSync('dist/index.html', source);
`;
const never = new AbortController().signal;
let root: string;
let page: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'accord-build-'));
  page = join(root, 'packages', 'page');
  await mkdir(join(page, 'src'), { recursive: true });
  await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }));
  await writeFile(
    join(page, 'package.json'),
    JSON.stringify({ name: '@accord/page', version: '1.0.0', scripts: { build: 'node build.cjs' } }),
  );
  await writeFile(join(page, 'build.cjs'), script);
  await write('one', 0);
});
afterEach(() => rm(root, { recursive: true }));

/** The time of a file is what is looked at. */
async function write(text: string, atMs: number): Promise<void> {
  await writeFile(join(page, 'src', 'main.ts'), text);
  for (const path of ['src/main.ts', 'src']) await utimes(join(page, path), atMs / 1000, atMs / 1000);
}
const ensure = (signal = never): Promise<string> =>
  ensureBuild({ name: 'page', output: 'dist/index.html', sources: ['page/src', 'page/missing.html'], root }, signal);
const runs = async (): Promise<number> => (await readFile(join(page, 'runs'), 'utf8').catch(() => '')).length;

test('is made when it is not there, and again when a source is newer, and at no other time', async () => {
  const built = await ensure();
  expect([built, await readFile(built, 'utf8'), await runs()]).toEqual([join(page, 'dist', 'index.html'), 'one', 1]);
  await ensure();
  expect(await runs()).toBe(1);
  await write('two', Date.now() + 60_000);
  await ensure();
  expect([await readFile(built, 'utf8'), await runs()]).toEqual(['two', 2]);
});

test('is made once by two who want it at the same time', async () => {
  await Promise.all([ensure(), ensure()]);
  expect(await runs()).toBe(1);
});

test('a build that fails says why, and is tried again', async () => {
  await write('broken', 0);
  await expect(ensure()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('main.ts is broken') as string });
  await write('whole', 0);
  expect(await readFile(await ensure(), 'utf8')).toBe('whole');
});

test('a start that is stopped does not wait for it', async () => {
  await expect(ensure(AbortSignal.abort())).rejects.toThrow();
  expect(await runs()).toBe(0);
});
