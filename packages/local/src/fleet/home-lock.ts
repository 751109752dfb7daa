import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { isRunning, processStartTime, type ProcessIdentity } from '@accord/runtime/processes/process-identity';
import { tryLock, type HeldLock } from '@accord/runtime/processes/process-lock';
import type { FleetPaths } from '../fleet-paths.ts';
import { writePrivate } from '../write-private.ts';

/**
 * Makes the home directory ours until release, or until this process ends in whatever way.
 * Rejects with `conflict` when a fleet runs there, `forbidden` when the directory cannot be written.
 */
export function lockHome(paths: FleetPaths): HeldLock {
  ensureWritable(paths.home);
  const lock = tryLock(paths.lock);
  if (lock === undefined) throw alreadyRunning(paths);
  writePrivate(paths.owner, JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) }));
  return {
    release: () => {
      rmSync(paths.owner, { force: true });
      lock.release();
    },
  };
}

/** Who runs the fleet; undefined when nobody does. */
export function fleetOwner(paths: FleetPaths): ProcessIdentity | undefined {
  try {
    const owner = JSON.parse(readFileSync(paths.owner, 'utf8')) as ProcessIdentity;
    return isRunning(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

function ensureWritable(home: string): void {
  try {
    makeDirectory(home);
    if (!statSync(home).isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const help = 'Make it writable, or name another directory in ACCORD_HOME.';
    throw new CodedError('forbidden', `${home} cannot be used for the state of the fleet (${code}).`, { cause, help });
  }
}

/** Not `recursive`: that loops for ever where a parent exists and refuses with ENOENT, as /proc does. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function alreadyRunning(paths: FleetPaths): CodedError {
  const owner = fleetOwner(paths);
  const who = owner === undefined ? 'another process' : `pid ${owner.pid}`;
  const help = 'Stop it with Ctrl-C there or with ./accord local down, or name another directory in ACCORD_HOME.';
  return new CodedError('conflict', `A fleet already runs in ${paths.home} (${who}).`, { help });
}
