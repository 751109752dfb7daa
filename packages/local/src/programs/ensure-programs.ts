import { accessSync, constants, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { holdLock } from '@accord/runtime/processes/process-lock';
import { localConfig, type Environment } from '../config.ts';
import { buildProgram } from './build-program.ts';
import { findGo } from './find-go.ts';
import { cachedFileName, programs, type ProgramName } from './program.ts';

export interface EnsureProgramsInput<Name extends ProgramName> {
  readonly names: readonly Name[];
  readonly env: Environment;
  /** By default what the environment says. */
  readonly cacheDir?: string;
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

interface Search {
  readonly binDir: string;
  readonly programDirs: readonly string[];
  readonly env: Environment;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A place to get a program from: its path, or undefined when this source does not have it. */
type Source = (name: ProgramName, search: Search) => Promise<string | undefined>;

/** The cheapest first. */
const sources: readonly Source[] = [fromDirectories, fromCache, fromGo];

/**
 * Finds or builds server programs, one after another in the given order, and says one line about each.
 * Rejects with `missing-program`, whose message says what to install. Two callers at once build once.
 */
export async function ensurePrograms<Name extends ProgramName>(input: EnsureProgramsInput<Name>): Promise<Record<Name, string>> {
  const config = localConfig(input.env);
  const search: Search = {
    binDir: join(input.cacheDir ?? config.cacheDir, 'bin'),
    programDirs: config.programDirs,
    env: input.env,
    onProgress: input.onProgress ?? (() => undefined),
    signal: input.signal ?? new AbortController().signal,
  };
  const found: Partial<Record<ProgramName, string>> = {};
  for (const name of input.names) found[name] = await ensureProgram(name, search);
  return found as Record<Name, string>;
}

async function ensureProgram(name: ProgramName, search: Search): Promise<string> {
  for (const source of sources) {
    const path = await source(name, search);
    if (path !== undefined) return path;
  }
  const go = await findGo(search.env);
  throw new CodedError(
    'missing-program',
    `${name} is missing and cannot be built: ${go.usable ? 'no source has it' : go.reason}. ${remedy(name)}`,
  );
}

async function fromDirectories(name: ProgramName, { programDirs, onProgress }: Search): Promise<string | undefined> {
  const path = programDirs.map((dir) => join(dir, name)).find(isExecutable);
  if (path !== undefined) onProgress(`${name}: ${path}`);
  return path;
}

async function fromCache(name: ProgramName, { binDir, onProgress }: Search): Promise<string | undefined> {
  const path = cachedPath(name, binDir);
  if (!isExecutable(path)) return undefined;
  onProgress(`${name} ${programs[name].version}: ${path}`);
  return path;
}

async function fromGo(name: ProgramName, search: Search): Promise<string | undefined> {
  const { binDir, env, onProgress, signal } = search;
  const go = await findGo(env);
  if (!go.usable) return undefined;
  const target = cachedPath(name, binDir);
  await mkdir(binDir, { recursive: true });
  const lock = await holdLock(`${target}.lock`, () => onProgress(`${name}: another process is building it, waiting`), signal);
  try {
    if (isExecutable(target)) return await fromCache(name, search);
    const { version, buildSeconds } = programs[name];
    onProgress(`${name} ${version}: building with Go ${go.version}, about ${buildSeconds} s on two cores, once`);
    await buildProgram({ name, target, env, onProgress }, signal);
    return target;
  } finally {
    lock.release();
  }
}

const cachedPath = (name: ProgramName, binDir: string) => join(binDir, cachedFileName(name, process.platform, process.arch));

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function remedy(name: ProgramName): string {
  const { version } = programs[name];
  return `Install Go 1.26 or newer (https://go.dev/dl), or put ${name} ${version} into a directory and name that in ACCORD_BIN_DIR.`;
}
