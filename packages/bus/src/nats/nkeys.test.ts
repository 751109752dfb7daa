import { createKeyPair, parsePublicKey, parseSeed, verifySignature, type KeyType } from '@accord/proto/keys';
import { createAccount, createOperator, createUser, fromPublic, fromSeed } from '@nats-io/nkeys';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const makers = { operator: createOperator, account: createAccount, user: createUser } as const satisfies Record<
  KeyType,
  () => ReturnType<typeof createUser>
>;
const types = Object.keys(makers) as KeyType[];
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (from: string): Uint8Array => new TextEncoder().encode(from);

describe.each(types)('a key of type %s is the nkey that NATS knows', (type) => {
  test('ours is read by nkeys, with the same seed and public key', () => {
    const ours = createKeyPair(type);
    const theirs = fromSeed(bytes(ours.seed));
    expect([theirs.getPublicKey(), text(theirs.getSeed())]).toEqual([ours.publicKey, ours.seed]);
  });

  test('theirs is read by us, with the same seed and public key', () => {
    const theirs = makers[type]();
    const ours = parseSeed(type, text(theirs.getSeed()));
    expect([ours.publicKey, ours.seed]).toEqual([theirs.getPublicKey(), text(theirs.getSeed())]);
  });

  test('property: a signature is the same on both sides, and verified on the other', () => {
    const ours = createKeyPair(type);
    const theirs = fromSeed(bytes(ours.seed));
    fc.assert(
      fc.property(fc.uint8Array(), (message) => {
        const signature = ours.sign(message);
        expect(Buffer.compare(signature, theirs.sign(message))).toBe(0);
        expect(fromPublic(ours.publicKey).verify(message, signature)).toBe(true);
        expect(verifySignature(parsePublicKey(type, theirs.getPublicKey()), message, theirs.sign(message))).toBe(true);
      }),
      { seed: 90, numRuns: 3 },
    );
  });
});
