import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cachedFileName, programNames, programs } from './program.ts';

test.each(programNames)('%s has the version that deploy/local pins', async (name) => {
  const { module, goModule, version } = programs[name];
  const goMod = await readFile(new URL(`../../../../deploy/local/${module}/go.mod`, import.meta.url), 'utf8');
  expect(goMod.split('\n').map((line) => line.trim().split(' ').slice(0, 2).join(' '))).toContain(`${goModule} v${version}`);
});

test('the name in the cache tells versions and platforms apart', () => {
  expect(cachedFileName('etcd', 'linux', 'x64')).toBe(`etcd-${programs.etcd.version}-linux-x64`);
});
