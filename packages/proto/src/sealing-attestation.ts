/** A spoke says with the key with which it joined for which keys secrets may be sealed: so a hub cannot put in one of its own. */
import { canonicalBytes } from './canonical.ts';
import { parsePublicKey, verifySignature, type KeyPair } from './keys.ts';
import { signedBytes } from './seal.ts';

export interface AttestedKey {
  readonly clusterID: string;
  readonly publicKey: Uint8Array;
  /** Of its creation, RFC 3339: an older key must not come back in the place of what followed it. */
  readonly notBefore: string;
}

export function attestSealingKey(spoke: KeyPair, key: AttestedKey): Uint8Array {
  return spoke.sign(attestedBytes(key));
}

/** Rejects with `invalid` when `spoke` is no public key of a spoke. */
export function isAttested(spoke: string, key: AttestedKey, attestation: Uint8Array): boolean {
  return verifySignature(parsePublicKey('user', spoke), attestedBytes(key), attestation);
}

function attestedBytes({ clusterID, publicKey, notBefore }: AttestedKey): Uint8Array {
  return signedBytes('accord.sealing.v1', canonicalBytes({ clusterID, publicKey: Buffer.from(publicKey).toString('base64'), notBefore }));
}
