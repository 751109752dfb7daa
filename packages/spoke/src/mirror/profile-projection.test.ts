import { DesiredSet, recordAt } from '@accord/core/desired/desired-set';
import { heldDocument } from '@accord/core/follow/example-fleet';
import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { clusterIdOf, objectKey, type ClusterId, type ClusterName } from '@accord/proto/ids';
import { encodeRecord, type PublishedStatus } from '@accord/proto/record';
import { desiredSubject, recordDoc, setAnchor } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { KindRef, Kube } from '../kube/kube.ts';
import { ProfileProjection } from './profile-projection.ts';

const [own, first] = [0, 1].map((byte) => clusterIdOf(new Uint8Array(16).fill(byte))) as [ClusterId, ClusterId];
const anchor = setAnchor('default');
const kindOf = (version: string): KindRef => ({
  group: 'multicluster.x-k8s.io',
  version,
  kind: 'ClusterProfile',
  resource: 'clusterprofiles',
  namespaced: true,
});
const keyOf = (name: string, namespace = 'fleet') => objectKey('multicluster.x-k8s.io', 'ClusterProfile', namespace, name);

const theirs = {
  apiVersion: 'multicluster.x-k8s.io/v1alpha1',
  kind: 'ClusterProfile',
  metadata: { name: 'eu-1', namespace: 'fleet', labels: { 'x-k8s.io/cluster-manager': 'other' } },
};

function recordOf(id: ClusterId, name: string, revision = 1, status: Partial<PublishedStatus> = {}) {
  const cluster = { id, name: name as ClusterName, labels: { env: 'prod' }, spec: { mode: 'Enforce' as const } };
  const told = { ready: 'True', reason: 'Connected', message: '', sinceMs: 1_000, kubernetesVersion: 'v1.36.3', platform: '' } as const;
  const body = encodeRecord({ cluster, status: { ...told, ...status } });
  return heldDocument({ subject: desiredSubject(anchor, recordDoc(id)), epoch: 1, revision }, body);
}

function world({ kinds = [kindOf('v1alpha1')], shut = false } = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const cluster = new FakeCluster({ kinds });
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fleet' } }, 'kubectl');
  const kube = new FakeKube(cluster);
  const lock: { shut: boolean; watch?: Promise<void>; answer?: Promise<void> } = { shut };
  const guarded: Kube = Object.assign(Object.create(kube) as Kube, {
    list: (...args: Parameters<Kube['list']>) =>
      lock.shut ? Promise.reject(new CodedError('forbidden', 'no such right')) : kube.list(...args),
    apply: async (...args: Parameters<Kube['apply']>) => {
      const answer = await kube.apply(...args);
      await lock.answer;
      return answer;
    },
    remove: async (...args: Parameters<Kube['remove']>) => {
      const answer = await kube.remove(...args);
      await lock.answer;
      return answer;
    },
    get: kube.get.bind(kube),
    watch: async (...args: Parameters<Kube['watch']>) => {
      await lock.watch;
      return kube.watch(...args);
    },
    kindOf: kube.kindOf.bind(kube),
  });
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  const records = new DesiredSet(recordAt);
  const said = { namespaces: ['fleet'] as readonly string[], all: true };
  let running = new AbortController();
  /** A new process takes the place of the one before. */
  const start = (): ProfileProjection => {
    running.abort();
    running = new AbortController();
    const projection = new ProfileProjection({
      ...{ kube: guarded, records, clock, log, ownId: own, mayWrite: () => true, onAlarms: () => undefined },
      namespaces: () => said.namespaces,
      knowsMembers: () => said.all,
    });
    void projection.loop.run(AbortSignal.any([stop.signal, running.signal]));
    return projection;
  };
  const projection = start();
  const tell = (document: ReturnType<typeof recordOf>): void => projection.onRecords([records.put(document) ?? own]);
  const shown = (namespace = 'fleet'): readonly string[] =>
    cluster
      .ofKind(kindOf('v1alpha1'))
      .objects.filter(({ ref }) => ref.namespace === namespace)
      .map(({ object, ref }) => {
        const conditions = ((object['status'] as JsonObject | undefined)?.['conditions'] ?? []) as readonly Record<string, string>[];
        return `${ref.name} ${conditions.find(({ type }) => type === 'ControlPlaneHealthy')?.['status']}`;
      })
      .toSorted();
  const shows = (...lines: readonly string[]): Promise<void> => vi.waitFor(() => expect(shown()).toEqual(lines));
  return { cluster, kube, clock, records, projection, said, lock, tell, shown, shows, start };
}

describe('ClusterProfiles', () => {
  test('each member of the sets has one in each namespace, this cluster too', async () => {
    const { tell, shows, shown, cluster, said, projection } = world();
    cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } }, 'kubectl');
    said.namespaces = ['fleet', 'other'];
    projection.onMember();
    tell(recordOf(own, 'here'));
    tell(recordOf(first, 'eu-1', 1, { ready: 'False', reason: 'Offline' }));
    await shows('eu-1 Unknown', 'here True');
    await vi.waitFor(() => expect(shown('other')).toEqual(['eu-1 Unknown', 'here True']));
    expect(cluster.peek(keyOf('eu-1'))?.['metadata']).toMatchObject({
      labels: { env: 'prod', 'multicluster.x-k8s.io/inventory-member-id': first, 'x-k8s.io/cluster-manager': 'accord' },
    });
  });

  test('what somebody edits or deletes is written again, in the object and in its status', async () => {
    const { tell, shows, cluster } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    cluster.edit(keyOf('eu-1'), 'kubectl', { metadata: { labels: { env: 'dev' } } });
    await vi.waitFor(() => expect(cluster.peek(keyOf('eu-1'))?.['metadata']).toMatchObject({ labels: { env: 'prod' } }));
    cluster.edit(keyOf('eu-1'), 'kubectl', { status: { version: { kubernetes: 'v0' } } });
    await vi.waitFor(() => expect(cluster.peek(keyOf('eu-1'))?.['status']).toMatchObject({ version: { kubernetes: 'v1.36.3' } }));
    cluster.drop(keyOf('eu-1'));
    await shows('eu-1 True');
  });

  test('a cluster that trembles is written four times at once and then once in half a minute', async () => {
    const { tell, shows, kube, clock, projection } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    kube.writes.length = 0;
    for (let turn = 2; turn < 200; turn += 1) {
      tell(recordOf(first, 'eu-1', turn, { kubernetesVersion: `v1.${turn}` }));
      await projection.loop.settled();
      clock.advance(1_000);
    }
    expect(kube.writes.length).toBeGreaterThan(3);
    expect(kube.writes.length).toBeLessThanOrEqual(3 + Math.ceil(200 / 30));
  });

  test('a spoke that starts anew writes no status that stands already', async () => {
    const { tell, shows, kube, records, start } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    kube.writes.length = 0;
    const next = start();
    next.onRecords(records.names());
    await vi.waitFor(() => expect(kube.writes).toHaveLength(1));
    await next.loop.settled();
    expect(kube.writes.map(({ verb }) => verb)).toEqual(['apply']);
  });

  test('what goes between the first look and the watch comes back', async () => {
    const { tell, shows, cluster, lock, kube } = world();
    const { promise, resolve } = Promise.withResolvers<void>();
    lock.watch = promise;
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    cluster.drop(keyOf('eu-1'));
    kube.writes.length = 0;
    resolve();
    await shows('eu-1 True');
    expect(kube.writes).not.toEqual([]);
  });

  test('what goes while the answer to a write is on its way comes back', async () => {
    const { tell, shows, shown, cluster, lock, kube, start, records, clock } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    const { promise, resolve } = Promise.withResolvers<void>();
    lock.answer = promise;
    kube.writes.length = 0;
    const next = start();
    next.onRecords(records.names());
    await vi.waitFor(() => expect(kube.writes).toHaveLength(1));
    cluster.drop(keyOf('eu-1'));
    resolve();
    await vi.waitFor(() => {
      clock.advance(1_000);
      expect(shown()).toEqual(['eu-1 True']);
    });
  });

  test('one of another manager that comes while the answer to a removal is on its way is seen', async () => {
    const { tell, shows, cluster, lock, kube, said, projection } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    const { promise, resolve } = Promise.withResolvers<void>();
    lock.answer = promise;
    said.namespaces = [];
    projection.onMember();
    await vi.waitFor(() => expect(kube.writes.at(-1)?.verb).toBe('remove'));
    cluster.create(theirs, 'other');
    said.namespaces = ['fleet'];
    resolve();
    await projection.loop.settled();
    projection.onMember();
    await vi.waitFor(() => expect(projection.alarms()[0]).toMatch(/eu-1 belongs to cluster manager other/));
    expect(kube.writes.at(-1)?.verb).toBe('remove');
  });

  test('one of another cluster manager is left alone, and people are told', async () => {
    const { tell, cluster, projection } = world();
    cluster.create(theirs, 'other');
    const before = cluster.peek(keyOf('eu-1'));
    tell(recordOf(first, 'eu-1'));
    await vi.waitFor(() => expect(projection.alarms()[0]).toMatch(/eu-1 belongs to cluster manager other/));
    expect(cluster.peek(keyOf('eu-1'))).toEqual(before);
    cluster.drop(keyOf('eu-1'));
    await vi.waitFor(() => expect(projection.alarms()).toEqual([]));
  });
});

describe('what is not wanted any more goes', () => {
  test('when its cluster left, and all members are known', async () => {
    const { tell, shows, records, projection, said } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    said.all = false;
    projection.onRecords(records.drop(anchor, [recordDoc(first)]));
    await projection.loop.settled();
    await shows('eu-1 True');
    said.all = true;
    projection.onRecords([]);
    await shows();
  });

  test('when its namespace is no longer named, also by a spoke that starts anew', async () => {
    const { tell, shows, said, start, clock } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    said.namespaces = [];
    const next = start();
    next.restore(['fleet']);
    next.onMember();
    await shows();
    await vi.waitFor(() => {
      clock.advance(1_000);
      expect(next.usedNamespaces()).toEqual([]);
    });
  });
});

describe('what is missing is said with what to run, and it goes on when it is there', () => {
  test('the kind', async () => {
    const { tell, shows, projection, cluster } = world({ kinds: [] });
    projection.onMember();
    tell(recordOf(first, 'eu-1'));
    await vi.waitFor(() => expect(projection.alarms()[0]).toMatch(/^ProfilesNotProjected fleet: .*kubectl apply -f/));
    cluster.serve(kindOf('v1alpha2'));
    projection.onDefinitions();
    await shows('eu-1 True');
    expect(projection.alarms()).toEqual([]);
  });

  test('the permission', async () => {
    const { tell, shows, projection, lock, clock } = world({ shut: true });
    projection.onMember();
    tell(recordOf(first, 'eu-1'));
    await vi.waitFor(() => expect(projection.alarms()[0]).toMatch(/kubectl create rolebinding accord-spoke-profiles -n fleet/));
    lock.shut = false;
    clock.advance(60_000);
    await shows('eu-1 True');
    expect(projection.alarms()).toEqual([]);
  });

  test('the namespace', async () => {
    const { tell, projection, said, cluster, clock, shown } = world();
    said.namespaces = ['nowhere'];
    projection.onMember();
    tell(recordOf(first, 'eu-1'));
    await vi.waitFor(() => expect(projection.alarms()[0]).toMatch(/kubectl create namespace nowhere$/));
    cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'nowhere' } }, 'kubectl');
    clock.advance(120_000);
    await vi.waitFor(() => expect(shown('nowhere')).toEqual(['eu-1 True']));
    expect(projection.alarms()).toEqual([]);
  });

  test('the kind, when somebody takes it away', async () => {
    const { tell, shows, projection, kube, clock } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    kube.refuse(keyOf('eu-1'), { outcome: 'refused', reason: 'NoSuchKind', because: '404 page not found' });
    tell(recordOf(first, 'eu-1', 2, { kubernetesVersion: 'v1.37.0' }));
    await vi.waitFor(() => expect(kube.writes.at(-1)?.outcome).toBe('refused'));
    kube.refuse(keyOf('eu-1'), undefined);
    await vi.waitFor(() => {
      clock.advance(10_000);
      expect(kube.writes.at(-1)?.outcome).toBe('changed');
    });
    expect(projection.alarms()).toEqual([]);
  });
});

test('what was told of a namespace ends when nobody projects there any more', async () => {
  const { tell, projection, said, clock } = world({ kinds: [] });
  projection.onMember();
  tell(recordOf(first, 'eu-1'));
  await vi.waitFor(() => expect(projection.alarms()).toHaveLength(1));
  said.namespaces = [];
  projection.onMember();
  await vi.waitFor(() => {
    clock.advance(1_000);
    expect(projection.alarms()).toEqual([]);
  });
});
