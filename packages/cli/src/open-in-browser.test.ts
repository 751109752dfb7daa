import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const run = promisify(execFile);
const bin = mkdtempSync(join(tmpdir(), 'accord-opener-'));
afterAll(() => rmSync(bin, { recursive: true }));

/** In a process of its own, which nothing else keeps alive. */
async function openedBy(opener: string): Promise<string> {
  const program = join(bin, 'xdg-open');
  writeFileSync(program, `#!/bin/sh\n${opener}\n`);
  chmodSync(program, 0o755);
  const file = JSON.stringify(new URL('open-in-browser.ts', import.meta.url).href);
  const script = `const { openInBrowser } = await import(${file}); console.log(await openInBrowser('http://127.0.0.1/', process.env, 'linux'));`;
  const env = { PATH: [bin, process.env['PATH']].join(delimiter), DISPLAY: ':0' };
  return (await run(process.execPath, ['--input-type=module', '-e', script], { env })).stdout.trim();
}

test.each([
  ['that ends well', 'exit 0', 'true'],
  ['that takes a moment', 'sleep 0.2', 'true'],
  ['that has become the browser', 'sleep 4', 'true'],
  ['that fails', 'exit 3', 'false'],
])('a program is told of an opener %s, and ends', async (_claim, opener, opened) => {
  expect(await openedBy(opener)).toBe(opened);
});
