/** Signed envelopes. The only trusted part of a message is a statement whose signature verifies. */
import type { KeyObject } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { equalBytes, sha256 } from './canonical.ts';
import { CodedError } from './coded-error.ts';
import { publicKeyOf, rawPublicKey, verifySignature, verifySignatureElsewhere, type KeyPair } from './keys.ts';
import { envelopeCodec, type Envelope } from './messages.ts';

/** What a signature is for; it is part of what is signed, so that a signature never serves another purpose. */
export type Domain =
  | 'accord.desired.v1'
  | 'accord.intent.v1'
  | 'accord.history.v1'
  | 'accord.tick.v1'
  | 'accord.join.v1'
  | 'accord.trust.v1'
  | 'accord.report.v1'
  | 'accord.sealing.v1';

/** Public keys by key id: what a reader has pinned. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/** A document, unpacked, may not be larger; a policy stays below 900 KiB. */
export const bodyBytesMax = 2 * 1024 * 1024;
/** Below this, compression costs more than it saves. */
const compressFromBytes = 1024;

export interface Opened {
  readonly statement: Uint8Array;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
  readonly keyId: Uint8Array;
}

export function keyIdOf(publicKey: KeyObject): Uint8Array {
  return sha256(rawPublicKey(publicKey)).subarray(0, 8);
}

/** By key id, as envelopes name their signer. Rejects with `invalid` for what is no key. */
export function trustKeys(rawPublicKeys: readonly Uint8Array[]): TrustedKeys {
  const keys = rawPublicKeys.map(publicKeyOf);
  return new Map(keys.map((key) => [Buffer.from(keyIdOf(key)).toString('hex'), key]));
}

/** The domain comes first, so that bytes which were signed for one purpose verify for no other. */
export function signedBytes(domain: Domain, statement: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${domain}\0`), statement]);
}

/** Signs the statement alone: whoever opens it compares the body with the digest in there. */
export function sealEnvelope(key: KeyPair, keyId: Uint8Array, domain: Domain, statement: Uint8Array, body: Uint8Array): Uint8Array {
  const zstd = body.length >= compressFromBytes;
  const signature = key.sign(signedBytes(domain, statement));
  return envelopeCodec.encode({ statement, signature, keyId, body: zstd ? zstdCompressSync(body) : body, zstd });
}

/** Rejects with `garbage`, `too-large` or `bad-signature`; what it returns was signed by a trusted key for this domain. */
export function openEnvelope(bytes: Uint8Array, domain: Domain, keys: TrustedKeys): Opened {
  const envelope = envelopeCodec.decode(bytes);
  const isSigned = verifySignature(signerOf(envelope, keys), signedBytes(domain, envelope.statement), envelope.signature);
  return openedOf(envelope, isSigned);
}

/** As `openEnvelope`, with the signature verified on another thread: for whoever has thousands to open. */
export async function openEnvelopeElsewhere(bytes: Uint8Array, domain: Domain, keys: TrustedKeys): Promise<Opened> {
  const envelope = envelopeCodec.decode(bytes);
  const isSigned = verifySignatureElsewhere(signerOf(envelope, keys), signedBytes(domain, envelope.statement), envelope.signature);
  return openedOf(envelope, await isSigned);
}

function signerOf({ keyId }: Envelope, keys: TrustedKeys): KeyObject {
  const key = keys.get(Buffer.from(keyId).toString('hex'));
  if (key === undefined) throw new CodedError('bad-signature', 'signed by a key that is not trusted here');
  return key;
}

function openedOf({ statement, signature, keyId, body, zstd }: Envelope, isSigned: boolean): Opened {
  if (!isSigned) throw new CodedError('bad-signature', 'the signature does not match');
  return { statement, signature, keyId, body: zstd ? inflate(body) : body };
}

/** What is in an envelope, whoever made it. */
export function peekEnvelope(bytes: Uint8Array): Pick<Opened, 'statement' | 'body'> {
  const { statement, body, zstd } = envelopeCodec.decode(bytes);
  return { statement, body: zstd ? inflate(body) : body };
}

/** Rejects with `bad-signature` when a body is not the one that the statement names. */
export function requireDigest(body: Uint8Array, digest: Uint8Array): void {
  if (!equalBytes(sha256(body), digest)) throw new CodedError('bad-signature', 'the body is not the one that was signed');
}

/** The size is capped before anything is unpacked, so that a small message cannot fill the memory. */
export function inflate(body: Uint8Array, maxOutputLength: number = bodyBytesMax): Uint8Array {
  try {
    return new Uint8Array(zstdDecompressSync(body, { maxOutputLength }));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new CodedError('too-large', `unpacked, the body is larger than ${maxOutputLength} bytes`, { cause });
    throw new CodedError('garbage', 'the body cannot be unpacked', { cause });
  }
}
