/** What a spoke signs with its own key: the evidence of what it did, checked without trusting the broker. */
import type { KeyObject } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { sha256 } from './canonical.ts';
import { CodedError } from './coded-error.ts';
import { verifySignature, type KeyPair } from './keys.ts';
import { signedCodec, type Signed } from './messages.ts';
import { inflate, signedBytes } from './seal.ts';

/** Unpacked reports and outcomes may not be larger. */
export const reportBytesMax = 256 * 1024;

/** Number of a message of one spoke: `boot` counts its starts, `n` is gapless within one. */
export interface ReportNumber {
  readonly boot: number;
  readonly n: number;
}

/** A later start counts before a higher number. */
export function compareNumbers(a: ReportNumber, b: ReportNumber): number {
  return a.boot - b.boot || a.n - b.n;
}

/** Below this, compression costs both sides more time than the bytes do. */
const compressFromBytes = 2_048;

/** A large `plain` is compressed; the signature is over what is sent. */
export function sealReport(key: KeyPair, subject: string, number: ReportNumber, tsMs: number, plain: Uint8Array): Uint8Array {
  const zstd = plain.length >= compressFromBytes;
  const body = zstd ? zstdCompressSync(plain) : plain;
  const signature = key.sign(reportBytes(subject, { ...number, tsMs, body, zstd }));
  return signedCodec.encode({ boot: number.boot, n: number.n, tsMs, body, signature, zstd });
}

/** Rejects with `garbage`, `bad-signature` or `too-large`. */
export function openReport(bytes: Uint8Array, subject: string, key: KeyObject): Signed {
  const signed = signedCodec.decode(bytes);
  if (!verifySignature(key, reportBytes(subject, signed), signed.signature))
    throw new CodedError('bad-signature', `${subject}: not signed by this cluster's key`);
  if (!signed.zstd && signed.body.length > reportBytesMax)
    throw new CodedError('too-large', `${subject}: larger than ${reportBytesMax} bytes`);
  return { ...signed, body: signed.zstd ? inflate(signed.body, reportBytesMax) : new Uint8Array(signed.body) };
}

function reportBytes(subject: string, { boot, n, tsMs, body, zstd }: Omit<Signed, 'signature'>): Uint8Array {
  return signedBytes(
    'accord.report.v1',
    new TextEncoder().encode(`${subject}|${boot}|${n}|${tsMs}|${zstd ? 'zstd' : 'plain'}|${Buffer.from(sha256(body)).toString('hex')}`),
  );
}
