import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isCoded } from '@accord/proto/coded-error';
import type { OperatorClaims } from '../account-claims.ts';
import { openToken, readToken } from '../token.ts';
import type { AccountsConf } from './nats-conf.ts';

/**
 * Takes out of the server's store what no signing key of this operator has signed, while no server runs. Whoever may push can have such claims
 * stored; of two claims of one account a starting server keeps the newer, and with one that it does not trust it would let nobody in, the
 * hub neither.
 */
export function dropForeignClaims({ dir, claims, publicKeys }: AccountsConf): void {
  const { signing_keys: trusted } = readToken<OperatorClaims>(claims.operator).nats;
  for (const account of Object.values(publicKeys)) {
    const path = join(dir, 'jwt', `${account}.jwt`);
    const token = readIfThere(path);
    if (token !== undefined && !trusted.some((publicKey) => isSignedBy(token, publicKey))) rmSync(path);
  }
}

function isSignedBy(token: string, publicKey: string): boolean {
  try {
    return openToken(token, { type: 'operator', publicKey }).iss === publicKey;
  } catch (error) {
    if (!isCoded(error)) throw error;
    return false;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}
