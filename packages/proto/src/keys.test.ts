import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeyPair, fingerprint, parsePublicKey, parseSeed, publicKeyOf, rawPublicKey, verifySignature, type KeyType } from './keys.ts';

const types: readonly KeyType[] = ['operator', 'account', 'user'];
const refused = (because: string) => expect.objectContaining({ code: 'invalid', message: because });

describe('keys', () => {
  // From the nkeys documentation and its test suite: seed, public key.
  const vector = {
    seed: 'SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY',
    publicKey: 'UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4',
  };

  test('a seed made elsewhere gives the public key that it gave there', () => {
    const pair = parseSeed('user', vector.seed);
    expect([pair.publicKey, pair.seed]).toEqual([vector.publicKey, vector.seed]);
  });

  test.each(types)('a new %s key is read again from its seed, and its public half from its text', (type) => {
    const pair = createKeyPair(type);
    const bytes = new TextEncoder().encode('hello');
    expect(parseSeed(type, `${pair.seed}\n`).publicKey).toBe(pair.publicKey);
    expect(verifySignature(parsePublicKey(type, pair.publicKey), bytes, pair.sign(bytes))).toBe(true);
  });

  test('a key of one type is none of another', () => {
    for (const type of types) {
      const pair = createKeyPair(type);
      for (const other of types.filter((candidate) => candidate !== type)) {
        expect(() => parseSeed(other, pair.seed)).toThrowError(refused(`this is no ${other} seed`));
        expect(() => parsePublicKey(other, pair.publicKey)).toThrowError(refused(`this is no public ${other} key`));
      }
    }
  });

  test('a seed is no public key, and a public key is no seed', () => {
    const pair = createKeyPair('user');
    expect(() => parsePublicKey('user', pair.seed)).toThrowError(refused('this is no public user key'));
    expect(() => parseSeed('user', pair.publicKey)).toThrowError(refused('this is no user seed'));
  });

  test('property: no other text of the same length is the same key', () => {
    const { publicKey } = createKeyPair('user');
    const change = fc.record({ at: fc.nat(publicKey.length - 1), char: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abc18=') });
    fc.assert(
      fc.property(change, ({ at, char }) => {
        const text = publicKey.slice(0, at) + char + publicKey.slice(at + 1);
        if (text === publicKey) return;
        expect(() => parsePublicKey('user', text)).toThrowError(expect.objectContaining({ code: 'invalid' }));
      }),
      { seed: 70 },
    );
  });

  test.each(['', 'A', 'UA', 'hello world', 'S'.repeat(58)])('"%s" is no key', (text) => {
    expect(() => parseSeed('user', text)).toThrowError(expect.objectContaining({ code: 'invalid' }));
    expect(() => parsePublicKey('user', text)).toThrowError(expect.objectContaining({ code: 'invalid' }));
  });

  test('a signature of other bytes, by another key, or of another length does not verify', () => {
    const [pair, other] = [createKeyPair('user'), createKeyPair('user')];
    const key = parsePublicKey('user', pair.publicKey);
    const bytes = Uint8Array.of(1, 2, 3);
    const signature = pair.sign(bytes);
    expect(verifySignature(key, Uint8Array.of(1, 2, 4), signature)).toBe(false);
    expect(verifySignature(key, bytes, other.sign(bytes))).toBe(false);
    expect(verifySignature(key, bytes, signature.subarray(1))).toBe(false);
  });

  test('a raw key survives its way; other lengths are refused', () => {
    const key = parsePublicKey('user', createKeyPair('user').publicKey);
    expect(fingerprint(publicKeyOf(rawPublicKey(key)))).toBe(fingerprint(key));
    expect(() => publicKeyOf(new Uint8Array(31))).toThrowError(refused('an Ed25519 public key has 32 bytes, not 31'));
  });
});
