// Installs what the lockfile says, once. Plain JavaScript without dependencies: it runs before anything is installed, on any Node from 20 on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.accord-lockfile');

/** Another Node means other platform binaries only if platform or processor differ, so that these belong to the stamp. */
function wantedStamp() {
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lockfile).digest('hex')} ${process.platform}-${process.arch}\n`;
}

const isInstalled = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp();

/** What the outer npm says about its own script would confuse the inner one. */
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package)_/.test(name)));
}

if (!isInstalled()) {
  console.error('Installing what package-lock.json says (once) …');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: cleanEnvironment(),
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(
      `npm ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}. It needs npm 10 or newer and the npm registry (or a filled npm cache).`,
    );
    process.exit(1);
  }
  // Last, so that an installation that was cut off is done again.
  writeFileSync(stampFile, wantedStamp());
}
