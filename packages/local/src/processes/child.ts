import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { processStartTime } from '@accord/runtime/processes/process-identity';
import type { ProcessRecord } from './process-record.ts';
import type { ProcessRegistry } from './process-registry.ts';

export interface ChildSpec extends Pick<ProcessRecord, 'kind' | 'cluster' | 'storeDir'> {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Takes stdout and stderr. A file and not a pipe, so that a child never dies of a parent that no longer reads. */
  readonly logFile: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A recorded process of ours. It ends at `stop`, at `kill`, and when this process ends. */
export class Child {
  readonly pid: number;
  readonly spec: ChildSpec;
  readonly exited: Promise<Exit>;
  readonly #process: ChildProcess;
  #exit: Exit | undefined;

  constructor(spec: ChildSpec, child: ChildProcess & { readonly pid: number }) {
    this.spec = spec;
    this.pid = child.pid;
    this.#process = child;
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#exit = { code, signal };
        resolve(this.#exit);
      });
    });
  }

  /** How it ended; undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** SIGTERM, and SIGKILL when the grace is over. */
  async stop(graceMs = 5000): Promise<Exit> {
    if (this.#exit !== undefined) return this.#exit;
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), graceMs);
    return this.exited.finally(() => clearTimeout(timer));
  }

  /** SIGKILL: what a crash looks like. */
  async kill(): Promise<Exit> {
    if (this.#exit === undefined) this.#process.kill('SIGKILL');
    return this.exited;
  }

  /** What it wrote last, for a message about its end. */
  lastWords(): string {
    return pickLastWords(readFileSync(this.spec.logFile, 'utf8'));
  }
}

/** The end of a log in one line. Of a stack trace only the sentence that heads it says anything to a person. */
export function pickLastWords(log: string): string {
  const lines = log.trimEnd().split('\n').slice(-20);
  const head = lines.findLast((line) => /^\w*(Error|panic)\b.*: /.test(line));
  return (head ?? lines.slice(-2).join(' / ')).slice(-600);
}

/** Starts and records a child. Rejects with `missing-program` when there is nothing to execute at that path. */
export async function startChild(registry: ProcessRegistry, spec: ChildSpec): Promise<Child> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  rotate(spec.logFile);
  const log = openSync(spec.logFile, 'a', 0o600);
  // A process group of its own: Ctrl-C in a terminal must reach the parent alone, which then stops its children in order.
  const child = spawn(spec.command, spec.args, { env: spec.env, stdio: ['ignore', log, log], detached: true });
  const { pid } = child;
  if (pid !== undefined) recordChild(registry, spec, pid);
  closeSync(log);
  if (pid === undefined) throw await spawnFailure(spec, child);
  child.once('exit', () => registry.remove(pid));
  return new Child(spec, Object.assign(child, { pid }));
}

function recordChild(registry: ProcessRegistry, { kind, cluster, storeDir, command }: ChildSpec, pid: number): void {
  const startTime = processStartTime(pid);
  if (startTime === undefined) return;
  registry.add({
    pid,
    startTime,
    kind,
    ...(cluster === undefined ? {} : { cluster }),
    ...(storeDir === undefined ? {} : { storeDir }),
    argv0: command,
  });
}

async function spawnFailure({ command }: ChildSpec, child: ChildProcess): Promise<CodedError> {
  const cause = await new Promise<Error>((resolve) => child.once('error', resolve));
  return new CodedError('missing-program', `${command} cannot be started: ${cause.message}`, { cause });
}

/** Keeps one old log of 10 MiB: enough to look at, and a bound on what a long run writes. */
function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10 * 1024 * 1024) renameSync(path, `${path}.1`);
}
