import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensurePrograms } from './ensure-programs.ts';
import { cachedFileName } from './program.ts';

const cached = cachedFileName('etcd', process.platform, process.arch);

async function directory(files: Record<string, number>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'accord-programs-'));
  for (const [name, mode] of Object.entries(files)) {
    await mkdir(join(dir, name, '..'), { recursive: true });
    await writeFile(join(dir, name), '#!/bin/sh\n');
    await chmod(join(dir, name), mode);
  }
  return dir;
}

test('a named directory wins over the cache', async () => {
  const bin = await directory({ etcd: 0o755 });
  const cacheDir = await directory({ [`bin/${cached}`]: 0o755 });
  const lines: string[] = [];
  const found = await ensurePrograms({
    names: ['etcd'],
    env: { ACCORD_BIN_DIR: bin, PATH: '' },
    cacheDir,
    onProgress: (line) => lines.push(line),
  });
  expect(found).toEqual({ etcd: join(bin, 'etcd') });
  expect(lines).toEqual([`etcd: ${join(bin, 'etcd')}`]);
});

test('a file that cannot be executed is passed over', async () => {
  const bin = await directory({ etcd: 0o644 });
  const cacheDir = await directory({ [`bin/${cached}`]: 0o755 });
  const found = await ensurePrograms({ names: ['etcd'], env: { KUBEBUILDER_ASSETS: bin, PATH: '' }, cacheDir });
  expect(found).toEqual({ etcd: join(cacheDir, 'bin', cached) });
});

test('without any source the message says what to install', async () => {
  const cacheDir = await directory({});
  const search = ensurePrograms({ names: ['etcd'], env: { PATH: '/nowhere' }, cacheDir });
  await expect(search).rejects.toMatchObject({
    code: 'missing-program',
    message: expect.stringMatching(/^etcd is missing.*Install Go 1\.26/),
  });
});
