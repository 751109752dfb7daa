import { recordDoc } from '@accord/proto/subjects';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { anchor, exampleProjection, first, keyOf, kindOf, own, recordOf, theirs } from './example-projection.ts';

function world(...given: Parameters<typeof exampleProjection>) {
  const made = exampleProjection(...given);
  onTestFinished(made.stop);
  const shows = (...lines: readonly string[]): Promise<void> => vi.waitFor(() => expect(made.shown()).toEqual(lines));
  return { ...made, shows };
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
    const { tell, shows, kube, members, start } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    kube.writes.length = 0;
    const next = start();
    next.onMembers(members.names());
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
    const { tell, shows, shown, cluster, lock, kube, start, members, clock } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    const { promise, resolve } = Promise.withResolvers<void>();
    lock.answer = promise;
    kube.writes.length = 0;
    const next = start();
    next.onMembers(members.names());
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
    const { tell, shows, records, members, projection, said } = world();
    tell(recordOf(first, 'eu-1'));
    await shows('eu-1 True');
    said.all = false;
    projection.onMembers(members.learn(records.drop(anchor, [recordDoc(first)])));
    await projection.loop.settled();
    await shows('eu-1 True');
    said.all = true;
    projection.onMembers([]);
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
