/** Messages of HISTORY: a body in one of four forms, signed by the hub for its subject. */
import { sha256 } from './canonical.ts';
import { CodedError } from './coded-error.ts';
import type { Signer } from './document.ts';
import { historyStatementCodec } from './messages.ts';
import { openEnvelope, requireDigest, sealEnvelope, type TrustedKeys } from './seal.ts';
import { historySubject, type HistoryKind } from './subjects.ts';

export function sealHistory({ pair, keyId }: Signer, kind: HistoryKind, body: Uint8Array, atMs: number): Uint8Array {
  const statement = historyStatementCodec.encode({ subject: historySubject(kind), bodyDigest: sha256(body), atMs: Math.round(atMs) });
  return sealEnvelope(pair, keyId, 'accord.history.v1', statement, body);
}

/** The body. Rejects with `garbage`, `too-large` or `bad-signature`: what it returns was signed by a trusted key for this subject. */
export function openHistory(bytes: Uint8Array, subject: string, keys: TrustedKeys): Uint8Array {
  const { statement, body } = openEnvelope(bytes, 'accord.history.v1', keys);
  const { subject: signedFor, bodyDigest } = historyStatementCodec.decode(statement);
  if (signedFor !== subject) throw new CodedError('bad-signature', `signed for ${signedFor}, and stored at ${subject}`);
  requireDigest(body, bodyDigest);
  return body;
}
