import type { Credential } from '@accord/proto/join-api';
import { objectKey } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { credentialName, CredentialStore } from './credential-store.ts';

const namespace = 'accord-system';
const key = objectKey('', 'Secret', namespace, credentialName);
const { signal } = new AbortController();
const credential: Credential = {
  id: 'a'.repeat(26),
  jwt: 'j',
  servers: [],
  member: '',
  anchors: [],
  desiredKeys: [],
  epoch: 1,
  protocol: 1,
  nonce: 'n',
};

function world() {
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  return { cluster, kube, store: new CredentialStore(kube, namespace) };
}

describe('CredentialStore', () => {
  test('a key is stored before anything is sent, so that a spoke that died joins again with the same one', async () => {
    const { kube, cluster, store } = world();
    const first = await store.loadOrCreate(signal);
    expect([first.credential, cluster.peek(key)?.['kind']]).toEqual([undefined, 'Secret']);
    const again = await new CredentialStore(kube, namespace).loadOrCreate(signal);
    expect(again.key.publicKey).toBe(first.key.publicKey);
  });

  test('what the hub issued comes back with the key', async () => {
    const { store } = world();
    const { key: pair } = await store.loadOrCreate(signal);
    await store.save({ key: pair, credential }, signal);
    const loaded = await store.loadOrCreate(signal);
    expect([loaded.credential, loaded.key.seed]).toEqual([credential, pair.seed]);
  });

  test('without an API server there is no key', async () => {
    const { kube, store } = world();
    kube.setReachable(false);
    await expect(store.loadOrCreate(signal)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a seed that was edited is refused, and not replaced by another key', async () => {
    const { cluster, store } = world();
    await store.loadOrCreate(signal);
    cluster.edit(key, 'kubectl', { data: { seed: Buffer.from('SUA').toString('base64') } });
    await expect(store.loadOrCreate(signal)).rejects.toMatchObject({ code: 'invalid' });
  });
});
