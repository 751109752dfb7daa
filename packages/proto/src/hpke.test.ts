import { expect, test } from 'vitest';
import { createSealingKey, hpke, hpkeOpen, hpkeSeal, sealingKeyId } from './hpke.ts';

/**
 * The vector that RFC 9180 publishes for mode 0, KEM 0x0020, KDF 0x0001 and AEAD 0x0002 (test-vectors.json of the working group), first
 * encryption: info "Ode on a Grecian Urn", aad "Count-0".
 */
const vector = {
  info: '4f6465206f6e2061204772656369616e2055726e',
  skRm: '497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d',
  pkRm: '430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c',
  skEm: '179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11',
  enc: '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256',
  aad: '436f756e742d30',
  pt: '4265617574792069732074727574682c20747275746820626561757479',
  ct: 'e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a',
} as const;
const bytes = (name: keyof typeof vector): ArrayBuffer => Uint8Array.from(Buffer.from(vector[name], 'hex')).buffer;
const inHex = (buffer: ArrayBuffer | Uint8Array): string => Buffer.from(buffer as Uint8Array).toString('hex');

test('the suite opens what RFC 9180 sealed', async () => {
  const recipientKey = await hpke.kem.deserializePrivateKey(bytes('skRm'));
  const opened = await hpke.open({ recipientKey, enc: bytes('enc'), info: bytes('info') }, bytes('ct'), bytes('aad'));
  expect(inHex(opened)).toBe(vector.pt);
});

test('the suite seals as RFC 9180 does with its ephemeral key', async () => {
  const recipientPublicKey = await hpke.kem.deserializePublicKey(bytes('pkRm'));
  const privateKey = await hpke.kem.deserializePrivateKey(bytes('skEm'));
  const publicKey = await hpke.kem.deserializePublicKey(bytes('enc'));
  const ekm = { privateKey, publicKey };
  const { ct, enc } = await hpke.seal({ recipientPublicKey, info: bytes('info'), ekm }, bytes('pt'), bytes('aad'));
  expect([inHex(ct), inHex(enc)]).toEqual([vector.ct, vector.enc]);
});

test('what is sealed for a key opens with it alone, under the same info alone', async () => {
  const [ours, other] = [createSealingKey(), createSealingKey()];
  const [info, plain] = [Buffer.from('here'), Buffer.from('secret')];
  const sealed = await hpkeSeal(ours.publicKey, info, plain);
  expect(Buffer.from((await hpkeOpen(ours.privateKey, info, sealed)) ?? []).toString()).toBe('secret');
  expect(await hpkeOpen(other.privateKey, info, sealed)).toBeUndefined();
  expect(await hpkeOpen(ours.privateKey, Buffer.from('there'), sealed)).toBeUndefined();
});

test.each([
  ['no bytes', new Uint8Array()],
  ['zeros, which every key agrees on', new Uint8Array(32)],
  ['too many bytes', new Uint8Array(33).fill(9)],
])('%s are no encapsulated key', async (_claim, enc) => {
  const { publicKey, privateKey } = createSealingKey();
  const { ct } = await hpkeSeal(publicKey, new Uint8Array(), Buffer.from('secret'));
  expect(await hpkeOpen(privateKey, new Uint8Array(), { enc, ct })).toBeUndefined();
});

test('a key is named by its fingerprint', () => {
  const { id, publicKey } = createSealingKey();
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(id).toBe(sealingKeyId(publicKey));
});
