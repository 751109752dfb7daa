import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { offerConsole } from './console-bundle.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'accord-console-'));
});
afterEach(() => rm(root, { recursive: true }));

async function told(build: string, signal = new AbortController().signal): Promise<readonly string[]> {
  const lines: string[] = [];
  await mkdir(join(root, 'packages', 'console'), { recursive: true });
  await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }));
  const manifest = { name: '@accord/console', version: '1.0.0', scripts: { build } };
  await writeFile(join(root, 'packages', 'console', 'package.json'), JSON.stringify(manifest));
  await offerConsole({ root, onProgress: (line) => lines.push(line) }, signal);
  return lines;
}

test('a console that is built is no news', async () => {
  expect(await told('true')).toEqual([]);
});

test('one that cannot be built keeps no fleet from starting, and is told in one line', async () => {
  expect(await told('echo a; echo b; exit 1')).toEqual([
    'console: not built, and the fleet runs without it. See why: npm run build --workspace @accord/console',
  ]);
});

test('a start that is stopped meanwhile is no failure of it', async () => {
  expect(await told('exit 1', AbortSignal.abort())).toEqual([]);
});
