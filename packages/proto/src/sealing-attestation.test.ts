import { expect, test } from 'vitest';
import { createSealingKey } from './hpke.ts';
import { createKeyPair } from './keys.ts';
import { attestSealingKey, isAttested } from './sealing-attestation.ts';

test('a spoke attests a key for its own cluster and its time, and nobody else does', () => {
  const [spoke, other] = [createKeyPair('user'), createKeyPair('user')];
  const key = { clusterID: 'a', publicKey: createSealingKey().publicKey, notBefore: '2026-01-01T00:00:00Z' };
  const attestation = attestSealingKey(spoke, key);
  const isOf = (change: Partial<typeof key>, by = spoke): boolean => isAttested(by.publicKey, { ...key, ...change }, attestation);
  expect(isOf({})).toBe(true);
  expect(isOf({ clusterID: 'b' })).toBe(false);
  expect(isOf({ publicKey: createSealingKey().publicKey })).toBe(false);
  expect(isOf({ notBefore: '2027-01-01T00:00:00Z' })).toBe(false);
  expect(isOf({}, other)).toBe(false);
  expect(isAttested(spoke.publicKey, key, new Uint8Array())).toBe(false);
});

test('what is no key of a spoke is told', () => {
  const key = { clusterID: 'a', publicKey: new Uint8Array(), notBefore: '' };
  expect(() => isAttested('U', key, new Uint8Array())).toThrowError(expect.objectContaining({ code: 'invalid' }));
});
