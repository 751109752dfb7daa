import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { isRunning, processStartTime, type ProcessIdentity } from '@accord/runtime/processes/process-identity';
import { tryLock, type HeldLock } from '@accord/runtime/processes/process-lock';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/**
 * Makes a data directory ours until `release`, or until this process ends in whatever way.
 *
 * Rejects with `conflict` when another hub has it; the message names that process.
 */
export function lockDataDirectory(dataDir: string): HeldLock {
  const lock = tryLock(join(dataDir, 'hub.lock'));
  if (lock === undefined) throw held(dataDir);
  const owner = { pid: process.pid, startTime: processStartTime(process.pid) ?? '' };
  writePrivateFile(ownerFile(dataDir), JSON.stringify(owner));
  return lock;
}

const ownerFile = (dataDir: string): string => join(dataDir, 'hub.lock.json');

function held(dataDir: string): CodedError {
  const owner = readOwner(dataDir);
  const who = owner === undefined ? 'Another hub' : `Another hub (pid ${owner.pid})`;
  return new CodedError('conflict', `${who} uses ${dataDir}.`, { help: 'Stop it, or name another directory with --data.' });
}

function readOwner(dataDir: string): ProcessIdentity | undefined {
  try {
    const owner = JSON.parse(readPrivateFile(ownerFile(dataDir)) ?? '') as ProcessIdentity;
    return isRunning(owner) ? owner : undefined;
  } catch {
    // It only makes the message better.
    return undefined;
  }
}
