import { layOutSealed } from '@accord/core/policy/sealed-secrets';
import type { JsonObject } from '@accord/proto/canonical';
import { createSealingKey } from '@accord/proto/hpke';
import { sealSecret } from '@accord/proto/seal-secret';
import type { SealedSecret } from '@accord/proto/sealed-secret';
import { describe, expect, test } from 'vitest';
import { unseal, withoutValues } from './unseal.ts';

const key = createSealingKey();
const place = { namespace: 'shop', name: 'db', type: 'Opaque', version: 1 };
const sealed = await sealSecret(place, { password: Buffer.from('hunter2') }, [{ cluster: 'prod', clusterID: 'i', ...key }]);
const bodyOf = (secret: SealedSecret): JsonObject =>
  layOutSealed([secret], '', { namespace: 'shop', namespacePath: '' }).at(-1)?.manifest ?? {};
const open = (secret: SealedSecret, change: object = {}) =>
  unseal(bodyOf(secret), { cluster: 'prod', clusterID: 'i', keys: [key], ...change });

describe('unseal', () => {
  test('puts the values where the API server has them, and takes the ciphertext out', async () => {
    expect(await open(sealed)).toMatchObject({
      body: { kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, type: 'Opaque', data: { password: 'aHVudGVyMg==' } },
    });
    expect(JSON.stringify(await open(sealed))).not.toContain('"sealed"');
  });

  test('leaves every other body alone', async () => {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, sealed: {} };
    expect(await unseal(body, { cluster: 'prod', clusterID: 'i', keys: [] })).toEqual({ body, values: {} });
  });

  test.each([
    ['sealed for others', sealed, { cluster: 'dev' }, ['blocked', 'NoRecipient']],
    ['sealed for a key that is gone', sealed, { keys: [createSealingKey()] }, ['blocked', 'KeyUnknown']],
    ['moved', { ...sealed, name: 'db2' }, {}, ['refused', 'SealBroken']],
  ])('says of what is %s why it stays closed', async (_claim, secret, change, told) => {
    const result = await open(secret, change);
    expect('outcome' in result && [result.outcome, result.reason]).toEqual(told);
  });
});

describe('an answer of the API server', () => {
  const refused = (because: string) => ({ outcome: 'refused', reason: 'Invalid', because }) as const;
  const values = { a: Buffer.from('hunter2'), b: Buffer.from(''), c: Buffer.from('is') };
  test.each(['data[a]: Invalid value: "hunter2"', 'data[a]: Invalid value: aHVudGVyMg=='])(
    'that repeats a value is told without it: %s',
    (because) => {
      const told = withoutValues(refused(because), values);
      expect([told.reason, JSON.stringify(told).includes('hunter2'), JSON.stringify(told).includes('aHVudGVyMg')]).toEqual([
        'Invalid',
        false,
        false,
      ]);
    },
  );

  test('that repeats none is told as it is', () => {
    expect(withoutValues(refused('the type is wrong'), values)).toEqual(refused('the type is wrong'));
  });
});
