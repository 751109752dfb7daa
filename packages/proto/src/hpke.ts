/** HPKE (RFC 9180), base mode, with the one suite for which secrets are sealed. */
import { generateKeyPairSync } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256, HpkeError } from '@hpke/core';
import { hex, sha256 } from './canonical.ts';

export const hpke = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

export interface SealingPublicKey {
  /** Its fingerprint: what people compare. */
  readonly id: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface SealingKey extends SealingPublicKey {
  /** 32 bytes that never leave the cluster. */
  readonly privateKey: Uint8Array;
}

export interface HpkeSealed {
  /** The encapsulated key, 32 bytes. */
  readonly enc: Uint8Array;
  readonly ct: Uint8Array;
}

/** An X25519 pair, by the randomness of node:crypto. */
export function createSealingKey(): SealingKey {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const raw = (der: Buffer): Uint8Array => new Uint8Array(der.subarray(der.length - 32));
  const open = raw(publicKey.export({ format: 'der', type: 'spki' }));
  return { id: sealingKeyId(open), publicKey: open, privateKey: raw(privateKey.export({ format: 'der', type: 'pkcs8' })) };
}

/** The first 16 bytes of SHA-256 of the public key, hex. */
export function sealingKeyId(publicKey: Uint8Array): string {
  return hex(sha256(publicKey).subarray(0, 16));
}

/** Rejects with HpkeError when the bytes are no public key. */
export async function hpkeSeal(publicKey: Uint8Array, info: Uint8Array, plain: Uint8Array): Promise<HpkeSealed> {
  const recipientPublicKey = await hpke.kem.deserializePublicKey(Uint8Array.from(publicKey).buffer);
  const { enc, ct } = await hpke.seal({ recipientPublicKey, info: Uint8Array.from(info).buffer }, Uint8Array.from(plain).buffer);
  return { enc: new Uint8Array(enc), ct: new Uint8Array(ct) };
}

/** Undefined when it was not sealed for this key and this info, or was changed. */
export async function hpkeOpen(privateKey: Uint8Array, info: Uint8Array, { enc, ct }: HpkeSealed): Promise<Uint8Array | undefined> {
  try {
    const recipientKey = await hpke.kem.deserializePrivateKey(Uint8Array.from(privateKey).buffer);
    const sealed = { recipientKey, enc: Uint8Array.from(enc).buffer, info: Uint8Array.from(info).buffer };
    return new Uint8Array(await hpke.open(sealed, Uint8Array.from(ct).buffer));
  } catch (error) {
    if (error instanceof HpkeError) return undefined;
    throw error;
  }
}
