import { createSealingKey } from '@accord/proto/hpke';
import { createKeyPair } from '@accord/proto/keys';
import { attestSealingKey } from '@accord/proto/sealing-attestation';
import { describe, expect, test } from 'vitest';
import { judgeKey, type OfferedKey } from './judge-key.ts';

const [spoke, stranger] = [createKeyPair('user'), createKeyPair('user')];

function offer(change: { readonly notBefore?: string; readonly by?: typeof spoke; readonly clusterID?: string } = {}): OfferedKey {
  const { notBefore = '2026-01-01T00:00:00Z', by = spoke, clusterID = 'a' } = change;
  const { id: keyID, publicKey } = createSealingKey();
  const attestation = attestSealingKey(by, { clusterID, publicKey, notBefore });
  return { cluster: 'prod', clusterID, spoke: by.publicKey, keyID, publicKey, notBefore, attestation };
}

const first = offer();
const changed = expect.objectContaining({
  code: 'conflict',
  message: expect.stringContaining('has changed') as string,
  help: expect.stringContaining('--pin prod=') as string,
}) as Error;
const unattested = expect.objectContaining({ code: 'bad-signature' }) as Error;

describe('a key that a hub shows', () => {
  test('is taken when it is the first one seen, and afterwards as the one that is pinned', () => {
    expect(judgeKey(first, undefined, undefined)).toBe('first-use');
    expect(judgeKey(first, first, undefined)).toBe('as-pinned');
  });

  test('may follow the pinned one when the same spoke attests it', () => {
    expect(judgeKey(offer({ notBefore: '2027-01-01T00:00:00Z' }), first, undefined)).toBe('rotated');
  });

  test.each([
    ['of another spoke', { by: stranger }],
    ['of another cluster', { clusterID: 'b' }],
    ['that is older than the pinned one', { notBefore: '2025-01-01T00:00:00Z' }],
  ])('%s is refused until a person has compared it', (_claim, change) => {
    const next = offer(change);
    expect(() => judgeKey(next, first, undefined)).toThrowError(changed);
    expect(judgeKey(next, first, next.keyID)).toBe('compared');
  });

  test('is refused when a person read another fingerprint', () => {
    expect(() => judgeKey(first, first, offer().keyID)).toThrowError(expect.objectContaining({ code: 'conflict' }));
  });

  test.each<readonly [string, Partial<OfferedKey>]>([
    ['under a name that is not its own', { keyID: offer().keyID }],
    ['with another public key', { publicKey: createSealingKey().publicKey }],
    ['that the hub calls newer', { notBefore: '2030-01-01T00:00:00Z' }],
    ['in the name of another spoke', { spoke: stranger.publicKey }],
    ['in the name of nobody', { spoke: 'nobody' }],
    ['without a signature', { attestation: new Uint8Array() }],
  ])('%s is refused, also when it is said to be compared', (_claim, change) => {
    const forged = { ...first, ...change };
    for (const compared of [undefined, forged.keyID]) expect(() => judgeKey(forged, undefined, compared)).toThrowError(unattested);
  });
});
