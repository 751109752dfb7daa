import type { JsonObject } from '@accord/proto/canonical';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { FakeCluster } from './kube/fake-cluster.ts';
import { FakeKube } from './kube/fake-kube.ts';
import type { Kube } from './kube/kube.ts';
import { clusterRoleBindingKind, configMapKind, ownRef } from './kube/own-kinds.ts';
import { keyOf } from './kube/ref-key.ts';
import { ServerReview } from './server-review.ts';
import { stateName } from './state/spoke-state.ts';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const namespace = 'accord-system';
const stateRef = ownRef(configMapKind, namespace, stateName);
const binding = 'accord-spoke-rbacadmin';

async function world() {
  const clock = new ManualClock(1);
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  const { signal } = new AbortController();
  await kube.apply(
    stateRef,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: stateName, namespace }, data: { boot: '1' } },
    {},
    signal,
  );
  const proxy = { strips: false };
  const get: Kube['get'] = async (ref, stop) => {
    const object = await kube.get(ref, stop);
    if (!proxy.strips || object === undefined) return object;
    const { managedFields: _stripped, ...metadata } = object['metadata'] as JsonObject;
    return { ...object, metadata };
  };
  const deps = { kube: { get, inspect: kube.inspect.bind(kube) }, namespace, clock, log: new ListLog() };
  const told: string[] = [];
  const start = async () => {
    const stop = new AbortController();
    const review = await ServerReview.open(deps, stop.signal);
    const running = review.run(() => told.push(`${review.facts.permissions} ${review.alarms().length}`), stop.signal);
    await settle();
    return { review, stop: async () => (stop.abort(), running) };
  };
  const bind = (): unknown =>
    cluster.create(
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: binding },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: binding },
      },
      'owner',
    );
  const unbind = (): void => cluster.drop(keyOf(ownRef(clusterRoleBindingKind, '', binding)));
  const elapse = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settle();
  };
  return { kube, proxy, start, told, bind, unbind, elapse };
}

test('permissions that somebody binds are seen within the hour, and at once where somebody says that they may have changed', async () => {
  const { start, told, bind, unbind, elapse } = await world();
  const { review, stop } = await start();
  bind();
  await elapse(3_599_000);
  expect([review.facts.permissions, told]).toEqual(['Standard', []]);
  await elapse(1_000);
  expect([review.facts.permissions, told]).toEqual(['RBACAdmin', ['RBACAdmin 0']]);
  unbind();
  review.mark();
  await settle();
  expect([review.facts.permissions, told.at(-1)]).toEqual(['Standard', 'Standard 0']);
  await stop();
});

test('answers without managedFields are told, with what to run, until they have them again', async () => {
  const { proxy, start, told, elapse } = await world();
  proxy.strips = true;
  const { review, stop } = await start();
  expect(review.alarms()).toEqual([
    expect.stringMatching(/^ManagedFieldsMissing: .*kubectl -n accord-system set env deployment\/accord-spoke/),
  ]);
  proxy.strips = false;
  await elapse(3_600_000);
  expect([review.alarms(), told]).toEqual([[], ['Standard 0']]);
  await stop();
});

test('a server that does not answer changes nothing of what is known, and is asked again', async () => {
  const { kube, start, told, bind, elapse } = await world();
  const { review, stop } = await start();
  kube.setReachable(false);
  bind();
  await elapse(3_600_000);
  expect([review.facts.permissions, told]).toEqual(['Standard', []]);
  kube.setReachable(true);
  await elapse(60_000);
  expect(told).toEqual(['RBACAdmin 0']);
  await stop();
});
