import { describe, expect, test } from 'vitest';
import type { Credential, CredentialResponse } from './join-api.ts';
import { joinProofBytes, openCredential, renewProofBytes, sealCredential, tokenHash } from './join.ts';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey, verifySignature } from './keys.ts';
import { keyIdOf } from './seal.ts';

const pair = createKeyPair('user');
const publicKey = parsePublicKey('user', pair.publicKey);
const raw = rawPublicKey(publicKey);
const hubKey = fingerprint(publicKey);
const nonce = 'n'.repeat(22);
const credential: Credential = {
  id: 'a'.repeat(26),
  jwt: 'j',
  servers: ['tls://hub:4222'],
  member: '',
  anchors: [],
  desiredKeys: [],
  epoch: 1,
  protocol: 1,
  nonce,
};
const answer = sealCredential({ pair, keyId: keyIdOf(publicKey) }, raw, credential);
const coded = (code: string) => expect.objectContaining({ code });
const join = {
  publicKey: 'UA',
  facts: { kubernetesVersion: 'v1.36.3', spokeVersion: '0', kubeSystemUID: 'u', platform: 'linux/amd64' },
  tsMs: 5,
  nonce,
};

describe('the answer to a join', () => {
  test('is believed when the pinned key signed it for this request', () =>
    expect(openCredential(answer, hubKey, nonce)).toEqual(credential));

  test('of another hub is refused, and says which key it was', () => {
    const other = createKeyPair('user');
    const otherKey = parsePublicKey('user', other.publicKey);
    const forged = sealCredential({ pair: other, keyId: keyIdOf(otherKey) }, rawPublicKey(otherKey), credential);
    expect(() => openCredential(forged, hubKey, nonce)).toThrowError(
      `the hub answers with key ${fingerprint(otherKey)}, but ${hubKey} is pinned`,
    );
  });

  test('with the pinned key beside a signature of another is refused', () => {
    const forged = { ...sealCredential({ pair: createKeyPair('user'), keyId: keyIdOf(publicKey) }, raw, credential) };
    expect(() => openCredential(forged, hubKey, nonce)).toThrowError(coded('bad-signature'));
  });

  test('to another request is refused', () =>
    expect(() => openCredential(answer, hubKey, 'm'.repeat(22))).toThrowError(coded('bad-signature')));

  test.each<[claim: string, answer: unknown]>([
    ['something else', {}],
    ['fields of other types', { statement: 1, signature: [], publicKey: null }],
    ['a key of another length', { ...answer, publicKey: 'AAAA' }],
    ['no object', 'hello'],
    ['nothing', null],
  ])('that is %s is refused with a code', (_claim, wrong) => {
    expect(() => openCredential(wrong as CredentialResponse, hubKey, nonce)).toThrowError(expect.objectContaining({ name: 'CodedError' }));
  });
});

describe('proofs', () => {
  test('a join proof is bound to token, hub, key, facts, time and nonce', () => {
    const right = joinProofBytes('token', hubKey, join);
    const proof = pair.sign(right);
    expect(verifySignature(publicKey, right, proof)).toBe(true);
    const others = [
      joinProofBytes('other', hubKey, join),
      joinProofBytes('token', 'other', join),
      joinProofBytes('token', hubKey, { ...join, publicKey: 'UB' }),
      joinProofBytes('token', hubKey, { ...join, facts: { ...join.facts, platform: 'x' } }),
      joinProofBytes('token', hubKey, { ...join, tsMs: 6 }),
      joinProofBytes('token', hubKey, { ...join, nonce: 'x' }),
      renewProofBytes(hubKey, { cluster: 'a', publicKey: 'UA', tsMs: 5, nonce }),
    ];
    for (const other of others) expect(verifySignature(publicKey, other, proof)).toBe(false);
  });

  test('the token itself is not in what is signed', () => {
    expect(Buffer.from(joinProofBytes('secret-token', hubKey, join)).includes('secret-token')).toBe(false);
    expect(tokenHash('secret-token')).toMatch(/^[0-9a-f]{64}$/);
  });
});
