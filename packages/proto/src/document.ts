/** Desired documents and indexes: how they are sealed, opened and compared. */
import { sha256 } from './canonical.ts';
import { CodedError } from './coded-error.ts';
import { envelopeCodec, indexCodec, statementCodec, type Index, type IndexEntry, type Statement } from './messages.ts';
import type { KeyPair } from './keys.ts';
import { openEnvelope, openEnvelopeElsewhere, peekEnvelope, requireDigest, sealEnvelope, type Opened, type TrustedKeys } from './seal.ts';

/** The signing half of the hub: which key, and its id on the wire. */
export interface Signer {
  readonly pair: KeyPair;
  readonly keyId: Uint8Array;
}

/** A verified document. `signedStatement` is what a mirror keeps: the envelope without its body. */
export interface Document {
  readonly statement: Statement;
  readonly body: Uint8Array;
  readonly signedStatement: Uint8Array;
}

/** Place of a document in the history of desired state; only grows. */
export interface Fence {
  readonly epoch: number;
  readonly revision: number;
  readonly step: number;
}

/** Orders two documents of one name: epoch before revision before step. */
export function compareFences(a: Fence, b: Fence): number {
  return a.epoch - b.epoch || a.revision - b.revision || a.step - b.step;
}

/** The digest of the body is filled in. */
export function sealDocument(signer: Signer, statement: Partial<Statement>, body: Uint8Array): Uint8Array {
  const bytes = statementCodec.encode({ ...statement, bodyDigest: sha256(body) });
  return sealEnvelope(signer.pair, signer.keyId, 'accord.desired.v1', bytes, body);
}

/**
 * Rejects with `bad-signature`, `garbage` or `too-large` unless a trusted key signed exactly this document for exactly this subject.
 *
 * Binding the subject keeps a document of one audience from being replayed to another.
 */
export function openDocument(bytes: Uint8Array, subject: string, keys: TrustedKeys): Document {
  return documentOf(openEnvelope(bytes, 'accord.desired.v1', keys), subject);
}

function documentOf(opened: Opened, subject: string): Document {
  // A copy: the digests are views, and would keep the whole message in memory for as long as the document is held.
  const statement = statementCodec.decode(new Uint8Array(opened.statement));
  requireSubject(statement, subject);
  requireDigest(opened.body, statement.bodyDigest);
  const signedStatement = envelopeCodec.encode({ statement: opened.statement, signature: opened.signature, keyId: opened.keyId });
  return { statement, body: opened.body, signedStatement };
}

/**
 * What a document says, without a look at its signature: enough where a signed index names its digest and its fence.
 *
 * Rejects with `garbage`, `too-large`, or `bad-signature` when the body is not the one of the statement.
 */
export function peekDocument(bytes: Uint8Array, subject: string): Pick<Document, 'statement' | 'body'> {
  const opened = peekEnvelope(bytes);
  const statement = statementCodec.decode(new Uint8Array(opened.statement));
  requireSubject(statement, subject);
  requireDigest(opened.body, statement.bodyDigest);
  return { statement, body: opened.body };
}

/** Opens what a mirror kept. The caller compares the digest of the body that it finds. */
export function openSignedStatement(bytes: Uint8Array, keys: TrustedKeys): Statement {
  return statementCodec.decode(openEnvelope(bytes, 'accord.desired.v1', keys).statement);
}

export interface IndexSeal {
  readonly issuedAtMs: number;
  /** Where it is known already: hashing the entries of a large set takes as long as all else. */
  readonly digest?: Uint8Array;
}

/** The statement carries version and digest of the entries, so that a reader can compare both with the body. */
export function sealIndex(signer: Signer, subject: string, index: Index, { issuedAtMs, digest }: IndexSeal): Uint8Array {
  const { epoch, version, entries } = index;
  return sealDocument(
    signer,
    { subject, epoch, version, issuedAtMs, indexDigest: digest ?? indexDigest(entries) },
    indexCodec.encode(index),
  );
}

/** As `openDocument`; the body must also be of the version and the entries that the statement names. */
export function openIndex(bytes: Uint8Array, subject: string, keys: TrustedKeys): Index {
  return indexOf(openDocument(bytes, subject, keys));
}

/** As `openIndex`, with the signature verified on another thread. */
export async function openIndexElsewhere(bytes: Uint8Array, subject: string, keys: TrustedKeys): Promise<Index> {
  return indexOf(documentOf(await openEnvelopeElsewhere(bytes, 'accord.desired.v1', keys), subject));
}

function indexOf({ statement, body }: Document): Index {
  const index = indexCodec.decode(body);
  if (index.epoch !== statement.epoch || index.version !== statement.version)
    throw new CodedError('bad-signature', 'index and statement disagree on the version');
  return index;
}

/** Of the live entries, sorted: `doc NUL epoch NUL revision NUL step NUL digest LF`. Bytes of protobuf never enter a digest. */
export function indexDigest(entries: Iterable<IndexEntry>): Uint8Array {
  const lines = [...entries]
    .filter((entry) => !entry.deleted)
    .map(({ doc, epoch, revision, step, digest }) => `${doc}\0${epoch}\0${revision}\0${step}\0${Buffer.from(digest).toString('hex')}\n`);
  return sha256(lines.toSorted().join(''));
}

function requireSubject(statement: Statement, subject: string): void {
  if (statement.subject !== subject) throw new CodedError('bad-signature', `signed for ${statement.subject}, but it came as ${subject}`);
}
