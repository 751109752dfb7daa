import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock between processes. The kernel releases it when its holder ends, however that ends: a lock can never be stale. */
export interface HeldLock {
  /** Releasing twice is releasing once. */
  release(): void;
}

/** Takes the lock, or returns undefined when another holder has it. The file stays behind; it is empty and means nothing. */
export function tryLock(path: string): HeldLock | undefined {
  // Node has no flock. SQLite takes a kernel lock, and handles two holders inside one process as well; taking over a lock file by
  // the pid in it would be a race between two starts.
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return { release: () => database.isOpen && database.close() };
}

/** Waits until the lock is free. `onWait` is called once, when somebody else holds it. */
export async function holdLock(path: string, onWait: () => void, signal: AbortSignal): Promise<HeldLock> {
  for (let waited = false; ; waited = true) {
    signal.throwIfAborted();
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    if (!waited) onWait();
    await sleep(200, undefined, { signal });
  }
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}
