/**
 * Ed25519 keys in the text format of NATS nkeys: a prefix byte, the key, CRC-16/XMODEM, in base32.
 *
 * Made and used by node:crypto, which signs in 0.03 ms; see docs/adr/0004-own-token-mint.md.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { CodedError } from './coded-error.ts';
import { base32 } from './ids.ts';

const prefixOf = { operator: 14 << 3, account: 0, user: 20 << 3 } as const;
export type KeyType = keyof typeof prefixOf;
const seedPrefix = 18 << 3;

/** A key pair whose private half stays in this process or in the file that its owner writes. */
export interface KeyPair {
  readonly type: KeyType;
  /** For example `UA…`; safe to show. */
  readonly publicKey: string;
  /** For example `SU…`; never logged, never sent. */
  readonly seed: string;
  /** Ed25519 over the bytes; 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

// A raw 32-byte Ed25519 seed or public key behind these bytes is PKCS#8 or SPKI (RFC 8410).
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const spki = Buffer.from('302a300506032b6570032100', 'hex');

/** By the randomness of node:crypto. */
export function createKeyPair(type: KeyType): KeyPair {
  const { privateKey } = generateKeyPairSync('ed25519');
  return keyPairOf(type, rawOf(privateKey.export({ format: 'der', type: 'pkcs8' })));
}

/** Rejects with `invalid` when the text is no seed, or one of another type. */
export function parseSeed(type: KeyType, seed: string): KeyPair {
  const bytes = decodeChecked(seed.trim());
  const [first = 0, second = 0] = bytes;
  if ((first & 0xf8) !== seedPrefix || (((first & 7) << 5) | (second >> 3)) !== prefixOf[type] || bytes.length !== 34) {
    throw new CodedError('invalid', `this is no ${type} seed`);
  }
  return keyPairOf(type, bytes.subarray(2));
}

/** Rejects with `invalid` when the text is no public key of this type. */
export function parsePublicKey(type: KeyType, text: string): KeyObject {
  const bytes = decodeChecked(text);
  if (bytes[0] !== prefixOf[type] || bytes.length !== 33) throw new CodedError('invalid', `this is no public ${type} key`);
  return publicKeyOf(bytes.subarray(1));
}

export function verifySignature(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && verify(null, bytes, key, signature);
}

const verifyElsewhere = promisify<null, Uint8Array, KeyObject, Uint8Array, boolean>(verify);

/** As `verifySignature`, on another thread: for whoever has thousands to verify, and something else to do meanwhile. */
export async function verifySignatureElsewhere(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return signature.length === 64 && verifyElsewhere(null, bytes, key, signature);
}

/** The 32 bytes of a public key. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  return rawOf(key.export({ format: 'der', type: 'spki' }));
}

/** Rejects with `invalid` unless there are 32 bytes. */
export function publicKeyOf(raw: Uint8Array): KeyObject {
  if (raw.length !== 32) throw new CodedError('invalid', `an Ed25519 public key has 32 bytes, not ${raw.length}`);
  return createPublicKey({ key: Buffer.concat([spki, raw]), format: 'der', type: 'spki' });
}

/** SHA-256 of the raw public key in hex: what people compare and what an installed spoke pins. */
export function fingerprint(key: KeyObject): string {
  return createHash('sha256').update(rawPublicKey(key)).digest('hex');
}

function keyPairOf(type: KeyType, raw: Uint8Array): KeyPair {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, raw]), format: 'der', type: 'pkcs8' });
  const prefix = prefixOf[type];
  return {
    type,
    publicKey: encodeChecked(Uint8Array.of(prefix, ...rawPublicKey(createPublicKey(privateKey)))),
    seed: encodeChecked(Uint8Array.of(seedPrefix | (prefix >> 5), (prefix & 31) << 3, ...raw)),
    sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
  };
}

function rawOf(der: Buffer): Uint8Array {
  return new Uint8Array(der.subarray(der.length - 32));
}

function encodeChecked(bytes: Uint8Array): string {
  const crc = crc16(bytes);
  return base32(Uint8Array.of(...bytes, crc & 0xff, crc >> 8)).toUpperCase();
}

function decodeChecked(text: string): Uint8Array {
  const bytes = decodeBase32(text);
  const body = bytes.subarray(0, -2);
  const crc = crc16(body);
  if (bytes.length < 3 || bytes.at(-2) !== (crc & 0xff) || bytes.at(-1) !== crc >> 8)
    throw new CodedError('invalid', 'this is no nkey: its checksum is wrong');
  return body;
}

function decodeBase32(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const char of text) {
    const digit = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char);
    if (digit < 0) throw new CodedError('invalid', 'this is no nkey: it is not base32');
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) bytes.push((value >>> (bits -= 8)) & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** CRC-16/XMODEM, as nkeys use it. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
