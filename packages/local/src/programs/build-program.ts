import { spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodedError } from '@accord/proto/coded-error';
import type { Environment } from '../config.ts';
import { programs, type ProgramName } from './program.ts';

export interface BuildInput {
  readonly name: ProgramName;
  readonly target: string;
  readonly env: Environment;
  readonly onProgress: (line: string) => void;
}

/**
 * Builds one program from the versions that `deploy/local` pins. The target appears complete or not at all.
 * Rejects with `missing-program` when Go fails; the message ends with what Go said.
 */
export async function buildProgram({ name, target, env, onProgress }: BuildInput, signal: AbortSignal): Promise<void> {
  const program = programs[name];
  const temporary = `${target}.${process.pid}.tmp`;
  await mkdir(dirname(target), { recursive: true });
  const started = Date.now();
  const ticker = setInterval(() => onProgress(`${name}: still building, ${elapsed(started)} of about ${program.buildSeconds} s`), 15_000);
  try {
    const args = ['build', '-mod=readonly', '-trimpath', '-ldflags', program.ldflags, '-o', temporary, program.goPackage];
    await runGo({ name, args, moduleDir: pinnedIn(program.module), env }, signal);
    await rename(temporary, target);
  } finally {
    clearInterval(ticker);
    await rm(temporary, { force: true });
  }
  onProgress(`${name} ${program.version}: built in ${elapsed(started)}`);
}

const pinnedIn = (module: string) => fileURLToPath(new URL(`../../../../deploy/local/${module}`, import.meta.url));
const elapsed = (since: number) => `${Math.round((Date.now() - since) / 1000)} s`;

interface GoRun {
  readonly name: ProgramName;
  readonly args: readonly string[];
  readonly moduleDir: string;
  readonly env: Environment;
}

async function runGo({ name, args, moduleDir, env }: GoRun, signal: AbortSignal): Promise<void> {
  // The caches of Go stay where the person has them: a second checkout then builds in seconds.
  // GOFLAGS of the person could contradict -mod=readonly, and GOOS would build for another machine.
  const goEnv = { ...env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off', GOOS: undefined, GOARCH: undefined };
  const child = spawn('go', args, { cwd: moduleDir, env: goEnv, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const stop = () => killGroup(child.pid);
  signal.addEventListener('abort', stop, { once: true });
  process.once('exit', stop);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  const code = await new Promise<number | null>((resolve) => child.once('error', () => resolve(null)).once('close', resolve));
  process.off('exit', stop);
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new CodedError('missing-program', `building ${name} with Go failed: ${lastLines(said)}`);
}

/** Go starts compilers of its own; only its whole group is the build. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It ended by itself.
  }
}

function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('go: downloading'));
  return lines.slice(-3).join(' / ') || 'go could not be started';
}
