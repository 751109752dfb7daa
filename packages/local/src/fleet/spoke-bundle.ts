import { execFile } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodedError } from '@accord/proto/coded-error';
import { holdLock } from '@accord/runtime/processes/process-lock';

const packagesDir = fileURLToPath(new URL('../../../', import.meta.url));
/** What the bundle is made of. */
const sourceDirs = ['spoke', 'core', 'bus', 'runtime', 'proto'].map((name) => join(packagesDir, name, 'src'));

/**
 * Bundles the spoke when its sources are newer than the bundle, and returns the bundle's path.
 * A spoke under its real flags cannot run from TypeScript: stripping types needs WebAssembly, which `--lite-mode` leaves out.
 */
export async function ensureSpokeBundle(signal: AbortSignal): Promise<string> {
  const bundle = join(packagesDir, 'spoke', 'dist', 'spoke.cjs');
  await mkdir(dirname(bundle), { recursive: true });
  // Several test files may start fleets at once, and esbuild does not replace its output in one step.
  const lock = await holdLock(join(dirname(bundle), 'build.lock'), () => undefined, signal);
  try {
    if ((await modifiedAt(bundle)) <= (await newestSource())) await build(signal);
  } finally {
    lock.release();
  }
  return bundle;
}

async function build(signal: AbortSignal): Promise<void> {
  const args = ['run', 'build', '--silent', '--workspace', '@accord/spoke'];
  await new Promise<void>((resolve, reject) => {
    execFile('npm', args, { cwd: join(packagesDir, '..'), signal }, (cause, stdout, stderr) => {
      if (cause === null) resolve();
      else reject(new CodedError('unavailable', `npm ${args.join(' ')} failed: ${`${stdout}${stderr}`.trim().slice(-1000)}`, { cause }));
    });
  });
}

async function newestSource(): Promise<number> {
  const files = await Promise.all(sourceDirs.map((dir) => readdir(dir, { recursive: true, withFileTypes: true })));
  const times = await Promise.all(files.flat().map((entry) => modifiedAt(join(entry.parentPath, entry.name))));
  return Math.max(...times);
}

const modifiedAt = async (path: string) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
