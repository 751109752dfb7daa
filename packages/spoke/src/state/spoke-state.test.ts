import type { HeldDocument } from '@accord/core/desired/desired-set';
import { openDocument, sealDocument, type Signer } from '@accord/proto/document';
import { clusterIdOf, objectKey, type ClusterName } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { encodeMember, parseMember } from '@accord/proto/member';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import { anchorAll, clusterAnchor, desiredSubject, memberDoc } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { StateStore, stateName, type SpokeState } from './spoke-state.ts';

const namespace = 'accord-system';
const key = objectKey('', 'ConfigMap', namespace, stateName);
const { signal } = new AbortController();
const id = clusterIdOf(new Uint8Array(16));
const pair = createKeyPair('account');
const publicKey = parsePublicKey('account', pair.publicKey);
const signer: Signer = { pair, keyId: keyIdOf(publicKey) };
const keys = trustKeys([rawPublicKey(publicKey)]);

function recordOf(name: string): HeldDocument {
  const record = { id, name: name as ClusterName, labels: {}, spec: { mode: 'Enforce' as const } };
  const body = encodeMember({ cluster: record, revision: 3, anchors: ['all'], confirmedEpoch: 1, confirmedRemovals: {} });
  const subject = desiredSubject(clusterAnchor(id), memberDoc);
  return { ...openDocument(sealDocument(signer, { subject, epoch: 1, revision: 3 }, body), subject, keys), receivedMs: 0, verifiedMs: 0 };
}

function world() {
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  return { cluster, kube, store: new StateStore(kube, namespace, () => keys) };
}
const state: SpokeState = {
  boot: 7,
  member: recordOf('prod-1'),
  positions: new Map([[anchorAll, { epoch: 1, version: 9 }]]),
  kinds: ['example.com/v1 Widget'],
  profileNamespaces: ['fleet'],
};
const nothing = { boot: 0, member: undefined, positions: new Map(), kinds: [], profileNamespaces: [] };

describe('StateStore', () => {
  test('a spoke that starts for the first time has no state', async () => expect(await world().store.load(signal)).toEqual(nothing));

  test('what was saved is loaded', async () => {
    const { store } = world();
    await store.save(state, signal);
    const loaded = await store.load(signal);
    expect({ ...loaded, member: undefined }).toEqual({ ...state, member: undefined });
    expect(loaded.member && parseMember(loaded.member.body).cluster.name).toBe('prod-1');
  });

  test('a record that was edited is not believed; what it costs is only reading it again', async () => {
    const { cluster, store } = world();
    await store.save(state, signal);
    const { state: text } = (cluster.peek(key)?.['data'] ?? expect.unreachable()) as { readonly state: string };
    cluster.edit(key, 'kubectl', { data: { state: text.replace('prod-1', 'prod-2') } });
    expect(await store.load(signal)).toEqual({ ...state, member: undefined });
  });

  test('a record that another hub signed is not believed', async () => {
    const { kube, store } = world();
    await store.save(state, signal);
    expect((await new StateStore(kube, namespace, () => trustKeys([])).load(signal)).member).toBeUndefined();
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"boot":"x"}',
    '{"boot":1}',
    '{"boot":1,"positions":5,"kinds":{}}',
    '{"boot":1,"positions":{"all":null},"kinds":[]}',
  ])('a state that reads %j counts as none', async (text) => {
    const { cluster, store } = world();
    await store.save(state, signal);
    cluster.edit(key, 'kubectl', { data: { state: text } });
    expect(await store.load(signal)).toEqual(nothing);
  });

  test('an API server that does not take it is a failure, not a bug', async () => {
    const { kube, store } = world();
    kube.setReachable(false);
    await expect(store.save(state, signal)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.load(signal)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
