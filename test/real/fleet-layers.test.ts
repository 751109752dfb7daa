import type { Row } from '@accord/proto/api';
import type { JsonObject } from '@accord/proto/canonical';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([
    { name: 'aws-1', labels: { cloud: 'aws', region: 'eu-west-1' } },
    { name: 'gcp-1', labels: { cloud: 'gcp', region: 'eu-north-1' } },
  ]);
});
afterAll(() => it.stop());

const live = async (cluster: string, path: string) =>
  (await it.kube(cluster, 'GET', path)).body as JsonObject & { readonly metadata: Readonly<Record<string, JsonObject>> };
const row = async (policy: string, cluster = 'aws-1'): Promise<Row | undefined> =>
  (await it.rows(policy)).find((one) => one.cluster === cluster);
const untilState = (policy: string, state: string) =>
  until(`${policy} is ${state}`, async () => {
    const now = await row(policy);
    return now?.state === state && now.reportedRevision === now.revision;
  });

describe('two policies on one object', () => {
  const onAws = { clusterSelector: { matchLabels: { cloud: 'aws' } } };
  const shared = '/api/v1/namespaces/shared';
  const settings = (value: string) => ({
    id: 'settings',
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shared' }, data: { value } },
  });

  test('merge a Namespace: each adds what it wants, and takes only that away', async () => {
    const part = (labels: object, level: string) => [{ name: 'shared', labels, podSecurity: { enforce: level } }];
    const one = await it.put('layer-one', { ...onAws, namespaces: part({ one: 'a', both: 'one' }, 'baseline'), priority: 200 });
    const two = await it.put('layer-two', { ...onAws, namespaces: part({ two: 'b', both: 'two' }, 'restricted') });
    await it.untilApplied('layer-one', one, ['aws-1']);
    await it.untilApplied('layer-two', two, ['aws-1']);
    const { labels, annotations, uid } = (await live('aws-1', shared)).metadata;
    expect(labels).toMatchObject({ one: 'a', two: 'b', both: 'one', 'pod-security.kubernetes.io/enforce': 'restricted' });
    expect([labels?.['accord.dev/policy'], annotations?.['accord.dev/policies']]).toEqual(['layer-one', 'layer-one,layer-two']);
    await it.delete('layer-one');
    await until('it has left', async () => (await it.rows('layer-one')).length === 0);
    const left = (await live('aws-1', shared)).metadata;
    expect(left['labels']).toMatchObject({ two: 'b', both: 'two', 'accord.dev/policy': 'layer-two' });
    expect([left['labels']?.['one'], left['annotations']?.['accord.dev/policies'], left['uid']]).toEqual([undefined, undefined, uid]);
  });

  test('do not share anything else: the higher priority owns it, and hands it over without a deletion', async () => {
    const path = `${shared}/configmaps/settings`;
    await it.untilApplied('low', await it.put('low', { ...onAws, objects: [settings('low')] }), ['aws-1']);
    const { uid } = (await live('aws-1', path)).metadata;
    await it.untilApplied('high', await it.put('high', { ...onAws, priority: 500, objects: [settings('high')] }), ['aws-1']);
    await untilState('low', 'Shadowed');
    expect((await row('low'))?.sentence).toContain('policy high owns what low wants');
    const taken = await live('aws-1', path);
    expect([taken['data'], taken.metadata['labels']?.['accord.dev/policy'], taken.metadata['uid']]).toEqual([
      { value: 'high' },
      'high',
      uid,
    ]);
    await it.delete('high');
    await untilState('low', 'Applied');
    await until('the other has left', async () => (await it.rows('high')).length === 0);
    const back = await live('aws-1', path);
    expect([back['data'], back.metadata['labels']?.['accord.dev/policy'], back.metadata['uid']]).toEqual([{ value: 'low' }, 'low', uid]);
  });
});

describe('two policies as people have always written them', () => {
  const files = ['test/real/platform-admins.yaml', 'test/real/team-store.yaml'];
  const binding = (namespace: string, name: string) =>
    `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings/${encodeURIComponent(name)}`;
  const grants: [namespace: string, policy: string, role: string, subjects: string[]][] = [
    ['shared-ingress', 'platform-admins', 'admin', ['Group platform-aws']],
    ['shared-storage', 'platform-admins', 'admin', ['Group platform-aws']],
    ['store', 'team-store', 'view', ['User sam@example.org', 'Group support']],
    ['store', 'team-store', 'edit', ['Group store-developers']],
    ['store', 'team-store', 'admin', ['User kim@example.org']],
    ['store-trial', 'team-store', 'admin', ['Group store-developers']],
  ];
  const namespaces = ['shared-ingress', 'shared-storage', 'store', 'store-trial'];
  const paths = [
    ...namespaces.map((name) => `/api/v1/namespaces/${name}`),
    ...grants.map(([namespace, policy, role]) => binding(namespace, `accord:${policy}:${role}`)),
  ];
  const versions = () => Promise.all(paths.map(async (path) => (await live('aws-1', path)).metadata['resourceVersion']));

  test('are applied with kubectl at the hub, and give exactly these grants where they select', async () => {
    for (const file of files) await it.kubectl('hub', 'apply', '-f', file);
    await it.untilApplied('platform-admins', 1, ['aws-1']);
    await it.untilApplied('team-store', 1, ['aws-1', 'gcp-1']);
    for (const [namespace, policy, role, subjects] of grants) {
      const found = (await live('aws-1', binding(namespace, `accord:${policy}:${role}`))) as JsonObject;
      expect(found['roleRef']).toMatchObject({ kind: 'ClusterRole', name: role });
      const named = (found['subjects'] as readonly JsonObject[]).map(({ kind, name }) => `${String(kind)} ${String(name)}`);
      expect(named.toSorted()).toEqual(subjects.toSorted());
    }
    const all = (await live('aws-1', '/apis/rbac.authorization.k8s.io/v1/rolebindings?labelSelector=accord.dev/policy')) as JsonObject;
    expect((all['items'] as readonly unknown[]).length).toBe(grants.length);
    expect(await Promise.all(['shared-ingress', 'store'].map((name) => it.status('gcp-1', `/api/v1/namespaces/${name}`)))).toEqual([
      404, 200,
    ]);
  });

  test('send nothing when they are delivered again, nor after the spoke has started again', async () => {
    const before = await versions();
    for (const name of ['platform-admins', 'team-store'])
      await it.kubectl('hub', 'patch', 'clusterpolicy', name, '--type=merge', '-p', '{"spec":{"description":"the same"}}');
    await it.untilApplied('platform-admins', 2, ['aws-1']);
    await it.untilApplied('team-store', 2, ['aws-1', 'gcp-1']);
    expect(await versions()).toEqual(before);
    await it.fleet.killSpoke('aws-1');
    await it.fleet.startSpoke('aws-1');
    await it.kubectl('hub', 'patch', 'clusterpolicy', 'team-store', '--type=merge', '-p', '{"spec":{"description":"still the same"}}');
    await it.untilApplied('team-store', 3, ['aws-1', 'gcp-1']);
    expect(await versions()).toEqual(before);
  });
});
