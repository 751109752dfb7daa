import { describe, expect, test } from 'vitest';
import { equalBytes, hex, sha256 } from './canonical.ts';
import { isCoded } from './coded-error.ts';
import {
  compareFences,
  indexDigest,
  openDocument,
  openIndex,
  openIndexElsewhere,
  openSignedStatement,
  sealDocument,
  sealIndex,
  type Signer,
} from './document.ts';
import { createKeyPair, parsePublicKey, rawPublicKey } from './keys.ts';
import { envelopeCodec, indexCodec, type Index, type IndexEntry } from './messages.ts';
import { keyIdOf, trustKeys } from './seal.ts';

const pair = createKeyPair('user');
const publicKey = parsePublicKey('user', pair.publicKey);
const signer: Signer = { pair, keyId: keyIdOf(publicKey) };
const keys = trustKeys([rawPublicKey(publicKey)]);
const subject = 'desired.all.p';
const body = new TextEncoder().encode('{"metadata":{"name":"p"},"spec":{}}'.padEnd(1_500));
const sealed = sealDocument(signer, { subject, epoch: 1, revision: 2, step: 3, version: 4 }, body);
const refused = expect.objectContaining({ code: 'bad-signature' });
const entry = (doc: string, change: Partial<IndexEntry> = {}): IndexEntry => ({
  doc,
  epoch: 1,
  revision: 1,
  step: 0,
  digest: sha256(doc),
  deleted: false,
  deletedAtMs: 0,
  ...change,
});

describe('documents', () => {
  test('what was sealed is opened', () => {
    const document = openDocument(sealed, subject, keys);
    expect(document.statement).toMatchObject({ subject, epoch: 1, revision: 2, step: 3, version: 4, deleted: false });
    expect(equalBytes(document.body, body)).toBe(true);
  });

  test('a document of one audience is not believed in another', () => {
    expect(() => openDocument(sealed, 'desired.all.q', keys)).toThrowError(refused);
    expect(() => openDocument(sealed, 'desired.c.aaaaaaaaaaaaaaaaaaaaaaaaaa.p', keys)).toThrowError(refused);
  });

  test('another body under the same statement is not believed', () => {
    const { statement, signature, keyId } = envelopeCodec.decode(sealed);
    expect(() => openDocument(envelopeCodec.encode({ statement, signature, keyId, body: Uint8Array.of(1) }), subject, keys)).toThrowError(
      refused,
    );
  });

  test('no single flipped bit is believed, unless it changes nothing', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        expect(equalBytes(openDocument(flipped, subject, keys).body, body), `bit ${bit}`).toBe(true);
      } catch (error) {
        if (!isCoded(error, 'garbage', 'bad-signature', 'too-large')) throw error;
      }
    }
  });

  test('what a mirror keeps proves the statement without the body', () => {
    const { signedStatement } = openDocument(sealed, subject, keys);
    expect(signedStatement.length).toBeLessThan(300);
    const statement = openSignedStatement(signedStatement, keys);
    expect([statement.subject, hex(statement.bodyDigest)]).toEqual([subject, hex(sha256(body))]);
  });

  test('epoch counts before revision, revision before step', () => {
    const fences = [
      [1, 1, 0],
      [1, 1, 1],
      [1, 2, 0],
      [2, 1, 0],
    ].map(([epoch = 0, revision = 0, step = 0]) => ({ epoch, revision, step }));
    expect(fences.toReversed().toSorted(compareFences)).toEqual(fences);
    expect(compareFences({ epoch: 1, revision: 1, step: 1 }, { epoch: 1, revision: 1, step: 1 })).toBe(0);
  });
});

describe('indexes', () => {
  const index: Index = { anchor: 'all', epoch: 3, version: 9, entries: [entry('a'), entry('b', { deleted: true, deletedAtMs: 5 })] };

  test('what was sealed is opened', () => {
    const { entries, ...rest } = openIndex(sealIndex(signer, 'index.all', index, { issuedAtMs: 1 }), 'index.all', keys);
    expect({ ...rest, entries: entries.map((one) => ({ ...one, digest: Uint8Array.from(one.digest) })) }).toEqual(index);
  });

  test('an index of another anchor is not believed', () => {
    expect(() => openIndex(sealIndex(signer, 'index.all', index, { issuedAtMs: 1 }), 'index.l.env.prod', keys)).toThrowError(refused);
  });

  test('an index is a document of its own: none of the documents can stand for it', () => {
    expect(() => openIndex(sealed, 'index.all', keys)).toThrowError(refused);
  });

  test('what another thread verifies is read and refused alike', async () => {
    const whole = sealIndex(signer, 'index.all', index, { issuedAtMs: 1 });
    expect(await openIndexElsewhere(whole, 'index.all', keys)).toEqual(openIndex(whole, 'index.all', keys));
    for (const [bytes, place] of [
      [whole, 'index.l.env.prod'],
      [sealed, 'index.all'],
    ] as const)
      await expect(openIndexElsewhere(bytes, place, keys)).rejects.toThrowError(refused);
  });

  test('body and statement must agree on epoch and version', () => {
    const forged = sealDocument(signer, { subject: 'index.all', epoch: 3, version: 8 }, indexCodec.encode(index));
    expect(() => openIndex(forged, 'index.all', keys)).toThrowError(refused);
  });

  test('the digest is of what lives, in whatever order it is listed', () => {
    const [a, b, c] = [entry('a'), entry('b'), entry('c', { deleted: true })];
    expect(indexDigest([b, a, c])).toEqual(indexDigest([a, b]));
    for (const other of [
      entry('a', { revision: 2 }),
      entry('a', { step: 1 }),
      entry('a', { epoch: 2 }),
      entry('a', { digest: sha256('x') }),
      entry('aa'),
    ]) {
      expect(indexDigest([other, b])).not.toEqual(indexDigest([a, b]));
    }
  });

  test('the digest of nothing is that of no lines', () => expect(indexDigest([])).toEqual(sha256('')));
});
