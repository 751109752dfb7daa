import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CodedError } from '@accord/proto/coded-error';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { isRunning, processStartTime, type ProcessIdentity } from './process-start-time.ts';

export interface DataLock {
  release(): void;
}

/**
 * Makes a data directory ours until `release`, or until this process ends in whatever way.
 *
 * Rejects with `conflict` when another hub has it; the message names that process.
 */
export function lockDataDirectory(dataDir: string): DataLock {
  // Node has no flock. SQLite takes a kernel lock, which ends with its holder: taking over a lock file by its pid would be a race between two starts.
  const database = new DatabaseSync(join(dataDir, 'hub.lock'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) throw held(dataDir);
    throw error;
  }
  const owner = { pid: process.pid, startTime: processStartTime(process.pid) ?? '' };
  writePrivateFile(ownerFile(dataDir), JSON.stringify(owner));
  return { release: () => database.isOpen && database.close() };
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

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}
