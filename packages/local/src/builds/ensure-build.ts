import { execFile } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodedError } from '@accord/proto/coded-error';
import { holdLock } from '@accord/runtime/processes/process-lock';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

export interface Build {
  /** Of the package: `spoke` is the workspace `@accord/spoke` in `packages/spoke`. */
  readonly name: string;
  /** What `npm run build` writes last, under the package. */
  readonly output: string;
  /** Files and directories under `packages` of which it is made; one that is missing makes nothing. */
  readonly sources: readonly string[];
  /** Where the workspaces are. */
  readonly root?: string;
}

/** Builds a package when one of its sources is newer than what was built, and returns that path. Rejects with `unavailable` and what npm said. */
export async function ensureBuild({ name, output, sources, root = repository }: Build, signal: AbortSignal): Promise<string> {
  const packages = join(root, 'packages');
  const built = join(packages, name, output);
  const locks = join(root, 'node_modules', '.cache');
  await mkdir(locks, { recursive: true });
  // Several test files may start fleets at once, and no bundler replaces its output in one step. The lock lies where none empties its directory.
  const lock = await holdLock(join(locks, `accord-build-${name}.lock`), () => undefined, signal);
  try {
    const newest = await Promise.all(sources.map((source) => newestIn(join(packages, source))));
    if ((await modifiedAt(built)) <= Math.max(...newest)) await build(name, root, signal);
  } finally {
    lock.release();
  }
  return built;
}

async function build(name: string, cwd: string, signal: AbortSignal): Promise<void> {
  const args = ['run', 'build', '--silent', '--workspace', `@accord/${name}`];
  await new Promise<void>((resolve, reject) => {
    execFile('npm', args, { cwd, signal }, (cause, stdout, stderr) => {
      if (cause === null) resolve();
      else reject(new CodedError('unavailable', `npm ${args.join(' ')} failed: ${`${stdout}${stderr}`.trim().slice(-1000)}`, { cause }));
    });
  });
}

async function newestIn(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const times = await Promise.all([path, ...entries.map((entry) => join(entry.parentPath, entry.name))].map(modifiedAt));
  return Math.max(...times);
}

const modifiedAt = async (path: string) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
