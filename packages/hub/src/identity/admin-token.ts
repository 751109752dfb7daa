import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hex, sha256 } from '@accord/proto/canonical';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/** SHA-256 (hex) of the first administrator's token. It is made once, into a file that only its owner reads, and printed nowhere. */
export function ensureAdminToken(dataDir: string): string {
  const path = join(dataDir, 'admin.token');
  const known = readPrivateFile(path)?.trim();
  if (known !== undefined && known !== '') return hex(sha256(known));
  const token = randomBytes(32).toString('base64url');
  writePrivateFile(path, `${token}\n`);
  return hex(sha256(token));
}
