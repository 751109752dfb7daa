import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const proto = new URL('../../packages/proto/', import.meta.url);
const pbjs = new URL('../../node_modules/protobufjs-cli/bin/pbjs', import.meta.url);
const committed = 'src/gen/accord.js';
let directory = '';

/** What `npm run generate -w @accord/proto` would write now, beside the committed files. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'accord-generated-'));
  const { scripts } = JSON.parse(await readFile(new URL('package.json', proto), 'utf8')) as {
    readonly scripts: { readonly generate: string };
  };
  const [program, ...words] = scripts.generate.split(' ');
  expect(program).toBe('pbjs');
  expect(words).toContain(committed);
  const args = words.map((word) => (word === committed ? join(directory, 'accord.js') : word));
  await promisify(execFile)(process.execPath, [pbjs.pathname, ...args], { cwd: proto });
}, 60_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

test.each(['accord.js', 'accord.d.ts'])('%s is what accord.proto says', async (name) => {
  const [fresh, kept] = await Promise.all([readFile(join(directory, name), 'utf8'), readFile(new URL(`src/gen/${name}`, proto), 'utf8')]);
  expect(kept === fresh, `run: npm run generate -w @accord/proto`).toBe(true);
});
