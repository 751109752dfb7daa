import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writePrivate } from '../write-private.ts';

/**
 * Makes the pair that signs ServiceAccount tokens, once. All API servers share it:
 * each has its own issuer, so that a token of one cluster is worth nothing at another.
 */
export function ensureServiceAccountKeys({ keyFile, publicKeyFile }: { readonly keyFile: string; readonly publicKeyFile: string }): void {
  if (existsSync(keyFile) && existsSync(publicKeyFile)) return;
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writePrivate(keyFile, privateKey);
  writePrivate(publicKeyFile, publicKey);
}
