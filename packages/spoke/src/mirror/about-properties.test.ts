import type { JsonObject } from '@accord/proto/canonical';
import type { ClusterRecord } from '@accord/proto/cluster';
import { clusterIdOf, objectKey, type ClusterName } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { KindRef } from '../kube/kube.ts';
import { AboutProperties } from './about-properties.ts';

const id = clusterIdOf(new Uint8Array(16));
const kind: KindRef = {
  group: 'about.k8s.io',
  version: 'v1beta1',
  kind: 'ClusterProperty',
  resource: 'clusterproperties',
  namespaced: false,
};
const keyOf = (name: string) => objectKey('about.k8s.io', 'ClusterProperty', undefined, name);

function world(kinds: readonly KindRef[] = [kind]) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const cluster = new FakeCluster({ kinds });
  const kube = new FakeKube(cluster);
  const member = { sets: ['default'] };
  const record = (): ClusterRecord => ({
    id,
    name: 'eu-1' as ClusterName,
    labels: Object.fromEntries(member.sets.map((set) => [`set.accord.dev/${set}`, ''])),
    spec: { mode: 'Enforce' },
  });
  const about = new AboutProperties({ kube, cluster: record, mayWrite: () => true, clock: new ManualClock(), log: new ListLog() });
  const run = (): void => void about.loop.run(stop.signal);
  const valueOf = (name: string): unknown => (cluster.peek(keyOf(name))?.['spec'] as JsonObject | undefined)?.['value'];
  return { cluster, kube, about, member, run, valueOf };
}

test('the id and the set are written once, and again when they change', async () => {
  const { run, valueOf, kube, about, member } = world();
  run();
  await vi.waitFor(() => expect([valueOf('cluster.clusterset.k8s.io'), valueOf('clusterset.k8s.io')]).toEqual([id, 'default']));
  about.mark();
  await about.loop.settled();
  expect(kube.writes).toHaveLength(2);
  member.sets = ['shops'];
  about.mark();
  await vi.waitFor(() => expect(valueOf('clusterset.k8s.io')).toBe('shops'));
});

test('what somebody else wrote is not even tried', async () => {
  const { run, valueOf, kube, cluster } = world();
  const metadata = { name: 'clusterset.k8s.io' };
  cluster.create({ apiVersion: 'about.k8s.io/v1beta1', kind: 'ClusterProperty', metadata, spec: { value: 'theirs' } }, 'other');
  run();
  await vi.waitFor(() => expect(valueOf('cluster.clusterset.k8s.io')).toBe(id));
  expect(kube.writes.map(({ key }) => key)).toEqual([keyOf('cluster.clusterset.k8s.io')]);
  expect(valueOf('clusterset.k8s.io')).toBe('theirs');
});

test('without the kind nothing is written until it is there', async () => {
  const { run, valueOf, kube, cluster, about } = world([]);
  run();
  await about.loop.settled();
  expect(kube.writes).toEqual([]);
  cluster.serve(kind);
  about.mark();
  await vi.waitFor(() => expect(valueOf('cluster.clusterset.k8s.io')).toBe(id));
});
