import { heldDocument } from '@accord/core/follow/example-fleet';
import { canonicalBytes } from '@accord/proto/canonical';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { statusFieldManager } from '@accord/proto/labels';
import { trustKeys } from '@accord/proto/seal';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube, WatchEvent } from '../kube/kube.ts';
import { clusterPolicyKind } from '../kube/own-kinds.ts';
import { MirrorStore, policyRef } from './mirror-store.ts';

const policy = 'p' as PolicyName;
const key = objectKey('accord.dev', 'ClusterPolicy', undefined, policy);
const { signal } = new AbortController();
const documentOf = (revision: number) =>
  heldDocument(
    { subject: 'desired.all.p', epoch: 1, revision },
    canonicalBytes({ metadata: { name: policy }, spec: { priority: 100 + revision } }),
  );

test('an edit that comes before the answer to our own write is not taken for it', async () => {
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  let beforeAnswer = (): void => undefined;
  const apply: Kube['apply'] = async (...args) => {
    const answer = await kube.apply(...args);
    beforeAnswer();
    return answer;
  };
  const raced = Object.assign(Object.create(kube) as Kube, { apply });
  const woken: string[] = [];
  const mirrors = new MirrorStore({
    kube: raced,
    keys: () => trustKeys([]),
    log: new ListLog(),
    onForeignChange: (name) => woken.push(name),
  });
  void kube.watch(clusterPolicyKind, {}, (event: WatchEvent) => mirrors.onEvent(event), signal);
  await mirrors.write(policy, () => documentOf(1), signal);
  beforeAnswer = () => cluster.edit(key, 'kubectl', { spec: { priority: 7 } });
  await mirrors.write(policy, () => documentOf(2), signal);
  expect(woken).toContain(policy);
  beforeAnswer = () => undefined;
  await mirrors.write(policy, () => documentOf(2), signal);
  expect(cluster.peek(key)?.['spec']).toMatchObject({ priority: 102 });
});

test('a mirror whose status was written a moment ago is removed all the same', async () => {
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  const mirrors = new MirrorStore({ kube, keys: () => trustKeys([]), log: new ListLog(), onForeignChange: () => undefined });
  await mirrors.write(policy, () => documentOf(1), signal);
  const status = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: policy }, status: { state: 'Applied' } };
  await kube.apply(policyRef(policy), status, { fieldManager: statusFieldManager, subresource: 'status' }, signal);
  await mirrors.remove(policy, signal);
  expect(cluster.peek(key)).toBeUndefined();
});

test('a mirror that a killed process left is removed before the watch has shown it', async () => {
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  const deps = { kube, keys: () => trustKeys([]), log: new ListLog(), onForeignChange: () => undefined };
  await new MirrorStore(deps).write(policy, () => documentOf(1), signal);
  const restarted = new MirrorStore(deps);
  await restarted.load(signal);
  expect(restarted.holds(policy)).toBe(true);
  await restarted.remove(policy, signal);
  expect(cluster.peek(key)).toBeUndefined();
});
