import { DesiredSet, recordAt } from '@accord/core/desired/desired-set';
import { heldDocument } from '@accord/core/follow/example-fleet';
import type { JsonObject } from '@accord/proto/canonical';
import { clusterIdOf, objectKey, type ClusterId, type ClusterName } from '@accord/proto/ids';
import { encodeRecord } from '@accord/proto/record';
import { trustKeys } from '@accord/proto/seal';
import { desiredSubject, recordDoc, setAnchor } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube } from '../kube/kube.ts';
import { clusterKind } from '../kube/own-kinds.ts';
import { MembersByName } from './members-by-name.ts';
import { MirrorStore } from './mirror-store.ts';
import { RegistryMirror } from './registry-mirror.ts';

const [own, first, second] = [0, 1, 2].map((byte) => clusterIdOf(new Uint8Array(16).fill(byte))) as [ClusterId, ClusterId, ClusterId];
const anchor = setAnchor('default');
const keyOf = (name: string) => objectKey('accord.dev', 'Cluster', undefined, name);

function recordOf(id: ClusterId, name: string, revision = 1, ready: 'True' | 'False' = 'True') {
  const cluster = { id, name: name as ClusterName, labels: { env: 'prod' }, spec: { mode: 'Enforce' as const } };
  const status = { ready, reason: 'Connected', message: '', sinceMs: 1_000, kubernetesVersion: 'v1.36.3', platform: '' };
  return heldDocument({ subject: desiredSubject(anchor, recordDoc(id)), epoch: 1, revision }, encodeRecord({ cluster, status }));
}

function world() {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  const records = new DesiredSet(recordAt);
  const members = new MembersByName(records, log);
  const known = { all: true };
  const mirrors = new MirrorStore({ kube, keys: () => trustKeys([]), log, onForeignChange: () => undefined });
  const late: { answer?: Promise<void> } = {};
  const slow: Pick<Kube, 'apply' | 'remove'> = {
    apply: async (...args) => {
      const answer = await kube.apply(...args);
      await late.answer;
      return answer;
    },
    remove: (...args) => kube.remove(...args),
  };
  const mirror = new RegistryMirror({
    ...{ kube: slow, mirrors, members, clock, log, ownId: own, ownName: () => 'own', mayWrite: () => true },
    knowsMembers: () => known.all,
  });
  void mirror.loop.run(stop.signal);
  void kube.watch(clusterKind, {}, (event) => mirror.onEvent(event), stop.signal);
  const tell = (document: ReturnType<typeof recordOf>): void => mirror.onMembers(members.learn([records.put(document) ?? own]));
  const shown = (): readonly string[] =>
    cluster.ofKind(clusterKind).objects.map(({ object }) => {
      const { name } = object['metadata'] as { readonly name: string };
      return `${name} ${String((object['spec'] as JsonObject)['clusterID']).slice(0, 3)} ${String((object['status'] as JsonObject | undefined)?.['ready'])}`;
    });
  const shows = (...lines: readonly string[]): Promise<void> => vi.waitFor(() => expect([...shown()].toSorted()).toEqual(lines));
  return { cluster, kube, clock, records, members, mirror, known, late, tell, shown, shows };
}

test('each other member of the sets has a Cluster object, and this cluster none of this making', async () => {
  const { tell, shows } = world();
  tell(recordOf(own, 'own'));
  tell(recordOf(first, 'eu-1'));
  await shows('eu-1 aea True');
  tell(recordOf(first, 'eu-1', 2, 'False'));
  await shows('eu-1 aea False');
});

test('what somebody edits or deletes is written again, once', async () => {
  const { tell, shows, cluster, kube } = world();
  tell(recordOf(first, 'eu-1'));
  await shows('eu-1 aea True');
  kube.writes.length = 0;
  cluster.edit(keyOf('eu-1'), 'kubectl', { metadata: { labels: { env: 'dev' } } });
  await vi.waitFor(() => expect(cluster.peek(keyOf('eu-1'))?.['metadata']).toMatchObject({ labels: { env: 'prod' } }));
  cluster.drop(keyOf('eu-1'));
  await shows('eu-1 aea True');
  expect(kube.writes.length).toBeLessThanOrEqual(6);
});

test('what goes while the answer to a write is on its way is written again', async () => {
  const { tell, shown, cluster, kube, clock, late } = world();
  const { promise, resolve } = Promise.withResolvers<void>();
  late.answer = promise;
  tell(recordOf(first, 'eu-1'));
  await vi.waitFor(() => expect(kube.writes).toHaveLength(2));
  cluster.drop(keyOf('eu-1'));
  resolve();
  await vi.waitFor(() => {
    clock.advance(1_000);
    expect(shown()).toEqual(['eu-1 aea True']);
  });
});

test('a cluster that left goes only when all members are known', async () => {
  const { tell, shows, records, members, mirror, known } = world();
  tell(recordOf(first, 'eu-1'));
  tell(recordOf(second, 'us-1'));
  await shows('eu-1 aea True', 'us-1 aib True');
  known.all = false;
  mirror.onMembers(members.learn(records.drop(anchor, [recordDoc(first)])));
  await mirror.loop.settled();
  await shows('eu-1 aea True', 'us-1 aib True');
  known.all = true;
  mirror.onMembers([]);
  await shows('us-1 aib True');
});

test('who joins under the name of a cluster that left takes its place, in whatever order it is heard', async () => {
  const { tell, shows, records, members, mirror } = world();
  tell(recordOf(first, 'eu-1'));
  await shows('eu-1 aea True');
  tell(recordOf(second, 'eu-1'));
  mirror.onMembers(members.learn(records.drop(anchor, [recordDoc(first)])));
  await shows('eu-1 aib True');
});
