import { objectKey, type PolicyName } from '@accord/proto/ids';
import { deletableAnnotation } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { UnwantedObject } from './gather.ts';
import { removeUnwanted } from './remove-unwanted.ts';
import { WriteTimes } from './write-times.ts';

const { signal } = new AbortController();
const policy = 'p' as PolicyName;
const group = 'rbac.authorization.k8s.io';

test('only what its owner gives away is deleted, and only that is timed', async () => {
  const kube = new FakeKube(new FakeCluster());
  const make = (name: string, annotations: Readonly<Record<string, string>>): UnwantedObject => {
    const manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name, annotations } };
    kube.cluster.create(manifest, 'kubectl');
    const object: UnwantedObject['object'] = {
      ...{ key: objectKey(group, 'ClusterRole', undefined, name), group, kind: 'ClusterRole', namespace: undefined, name },
      ...{ manifest, order: 0, paths: {} },
      stage: 3,
      deletion: 'prune',
    };
    return { policy, object, wantedBy: undefined, mayRemove: true, refusal: undefined };
  };
  const objects = [make('given', { [deletableAnnotation]: 'true' }), make('kept', {})];
  const writes = new WriteTimes();
  const deps = { kube, mayWrite: () => true, removalsLeft: () => 9, onRemoved: () => undefined, clock: new ManualClock(7), writes };
  const results = await removeUnwanted(deps, objects, signal);
  expect([...(results.get(policy) ?? [])].map(([key, { outcome }]) => `${key} ${outcome}`).toSorted()).toEqual([
    'rbac.authorization.k8s.io/ClusterRole//given done',
    'rbac.authorization.k8s.io/ClusterRole//kept blocked',
  ]);
  const slowest = { object: 'rbac.authorization.k8s.io/ClusterRole//given', method: 'DELETE', startMs: 7, ms: 0, result: 'removed' };
  expect(writes.of(policy)).toEqual([{ stage: 8, startMs: 7, endMs: 7, writes: 1, slowest }]);
});
