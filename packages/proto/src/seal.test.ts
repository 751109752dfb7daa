import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalBytes } from './canonical.ts';
import { isCoded } from './coded-error.ts';
import { createKeyPair, parsePublicKey, rawPublicKey } from './keys.ts';
import { envelopeCodec } from './messages.ts';
import { bodyBytesMax, inflate, keyIdOf, openEnvelope, openEnvelopeElsewhere, requireDigest, sealEnvelope, trustKeys } from './seal.ts';

const pair = createKeyPair('user');
const publicKey = parsePublicKey('user', pair.publicKey);
const keys = trustKeys([rawPublicKey(publicKey)]);
const statement = new TextEncoder().encode('what is said');
const seal = (body: Uint8Array): Uint8Array => sealEnvelope(pair, keyIdOf(publicKey), 'accord.desired.v1', statement, body);
const coded = (code: string) => expect.objectContaining({ code });

describe('envelopes', () => {
  test.each([0, 10, 1_023, 1_024, 100_000])('a body of %i bytes comes back', (length) => {
    const body = new Uint8Array(length).fill(7);
    const opened = openEnvelope(seal(body), 'accord.desired.v1', keys);
    expect(equalBytes(opened.body, body) && equalBytes(opened.statement, statement)).toBe(true);
  });

  test('a large body travels compressed', () => expect(seal(new Uint8Array(100_000)).length).toBeLessThan(1_000));

  test('a signature for one purpose serves no other', () => {
    expect(() => openEnvelope(seal(new Uint8Array()), 'accord.intent.v1', keys)).toThrowError(coded('bad-signature'));
  });

  test('a key that is not pinned is not believed', () => {
    expect(() => openEnvelope(seal(new Uint8Array()), 'accord.desired.v1', trustKeys([]))).toThrowError(coded('bad-signature'));
  });

  test('a key that claims the id of another is not believed', () => {
    const forged = sealEnvelope(createKeyPair('user'), keyIdOf(publicKey), 'accord.desired.v1', statement, new Uint8Array());
    expect(() => openEnvelope(forged, 'accord.desired.v1', keys)).toThrowError(coded('bad-signature'));
  });

  test('no single flipped bit changes what is read', () => {
    const sealed = seal(new Uint8Array(2_000).fill(7));
    const right = openEnvelope(sealed, 'accord.desired.v1', keys);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const opened = openOrRefuse(flipped);
      // What the signature does not cover is the body, which its digest in the statement covers.
      if (opened !== undefined) expect(equalBytes(opened, right.statement), `bit ${bit}`).toBe(true);
    }
  });

  test('property: random bytes are refused with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(openOrRefuse(bytes)).toBeUndefined();
      }),
      { seed: 80, numRuns: 500 },
    );
  });
});

describe('envelopes that another thread verifies', () => {
  const forged = sealEnvelope(createKeyPair('user'), keyIdOf(publicKey), 'accord.desired.v1', statement, new Uint8Array());

  test('are opened like all', async () => {
    const sealed = seal(new Uint8Array(2_000).fill(7));
    expect(await openEnvelopeElsewhere(sealed, 'accord.desired.v1', keys)).toEqual(openEnvelope(sealed, 'accord.desired.v1', keys));
  });

  test.each([
    ['of another purpose', seal(new Uint8Array()), 'accord.intent.v1', keys, 'bad-signature'],
    ['of a key that is not pinned', seal(new Uint8Array()), 'accord.desired.v1', trustKeys([]), 'bad-signature'],
    ['of a key that claims the id of another', forged, 'accord.desired.v1', keys, 'bad-signature'],
    ['that are none', Uint8Array.of(1, 2, 3), 'accord.desired.v1', keys, 'garbage'],
  ] as const)('those %s are refused', async (_claim, bytes, domain, trusted, code) => {
    await expect(openEnvelopeElsewhere(bytes, domain, trusted)).rejects.toThrowError(coded(code));
  });
});

describe('bodies', () => {
  test('a body that is not the signed one is refused', () => {
    expect(() => requireDigest(Uint8Array.of(1), new Uint8Array(32))).toThrowError(coded('bad-signature'));
  });

  test('a small message that unpacks to a large body is refused before it fills the memory', () => {
    const bomb = zstdCompressSync(new Uint8Array(bodyBytesMax + 1));
    expect(bomb.length).toBeLessThan(1_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => inflate(bomb)).toThrowError(coded('too-large'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * bodyBytesMax);
    expect(inflate(zstdCompressSync(new Uint8Array(bodyBytesMax))).length).toBe(bodyBytesMax);
  });

  test('a bomb inside a signed envelope is refused too', () => {
    const { statement: said, signature, keyId } = envelopeCodec.decode(seal(new Uint8Array()));
    const bomb = envelopeCodec.encode({
      statement: said,
      signature,
      keyId,
      zstd: true,
      body: zstdCompressSync(new Uint8Array(64 * 1024 * 1024)),
    });
    expect(() => openEnvelope(bomb, 'accord.desired.v1', keys)).toThrowError(coded('too-large'));
  });

  test('what is no zstd is garbage', () => expect(() => inflate(Uint8Array.of(1, 2, 3))).toThrowError(coded('garbage')));

  test('property: a compressed body that was cut is garbage, never a part of itself', () => {
    const whole = new TextEncoder().encode(Array.from({ length: 500 }, (_, n) => `line ${n}`).join('\n'));
    const packed = zstdCompressSync(whole);
    for (let length = 0; length < packed.length; length += 1)
      expect(() => inflate(packed.subarray(0, length)), `${length} bytes`).toThrowError(coded('garbage'));
  });
});

/** The statement that was read, or undefined when it was refused as it should be. */
function openOrRefuse(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return openEnvelope(bytes, 'accord.desired.v1', keys).statement;
  } catch (error) {
    if (!isCoded(error, 'garbage', 'bad-signature', 'too-large')) throw error;
    return undefined;
  }
}
