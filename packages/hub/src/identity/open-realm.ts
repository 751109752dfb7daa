import { join } from 'node:path';
import type { HeldLock } from '@accord/runtime/processes/process-lock';
import { hasClaims, openClaims, type RealmClaims } from './claims-files.ts';
import { lockDataDirectory } from './data-lock.ts';
import { openKeyRing, type KeyRing } from './key-ring.ts';
import { ensurePrivateDirectory } from './private-file.ts';

/** Keys and claims of one hub and its fleet, as they are in its data directory. */
export interface Realm {
  readonly keys: KeyRing;
  readonly claims: RealmClaims;
  readonly claimsDir: string;
  readonly lock: HeldLock;
}

/**
 * Takes the data directory, reads its keys and claims, and makes them at the first start.
 *
 * A crash at any point is finished by the next start. Rejects with `conflict` when another hub holds the directory, `not-found` or
 * `bad-signature` when something was lost or mixed up, `forbidden` when a file can be read by others.
 */
export function openRealm(dataDir: string, nowMs: number): Realm {
  ensurePrivateDirectory(dataDir);
  const lock = lockDataDirectory(dataDir);
  try {
    const claimsDir = join(dataDir, 'claims');
    // All keys are there before the first claim is written.
    const keys = openKeyRing(join(dataDir, 'keys'), { mayCreate: !hasClaims(claimsDir) });
    return { keys, claims: openClaims(claimsDir, keys, nowMs), claimsDir, lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}
