import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([
    { name: 'dev-1', labels: { env: 'dev' } },
    { name: 'prod-1', labels: { env: 'prod' } },
  ]);
});
afterAll(() => it.stop());

const everywhere = { clusterSelector: {} };
const settings = (name: string, value: string) => [{ name, configMaps: [{ name: 'settings', data: { value } }] }];
const configMap = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps/settings`;
const valueOf = async (cluster: string, namespace: string) =>
  ((await it.kube(cluster, 'GET', configMap(namespace))).body as { readonly data?: { readonly value: string } }).data?.value;
const edit = (cluster: string, namespace: string) => it.kube(cluster, 'PATCH', configMap(namespace), { data: { value: 'edited' } });
const untilState: FleetFixture['untilState'] = (...said) => it.untilState(...said);

async function changeCluster(name: string, change: object): Promise<void> {
  const path = `/apis/accord.dev/v1alpha1/clusters/${name}`;
  const { spec, ...object } = (await it.hub('GET', path)).body as { readonly spec: object };
  expect((await it.hub('PUT', path, { ...object, spec: { ...spec, ...change } })).status).toBe(200);
}

describe('a stop', () => {
  test('of a policy leaves an edit alone until the policy goes on', async () => {
    await it.untilApplied('held', await it.put('held', { ...everywhere, namespaces: settings('held', 'a') }), ['dev-1', 'prod-1']);
    await it.put('held', { ...everywhere, suspended: true, namespaces: settings('held', 'a') });
    for (const cluster of ['dev-1', 'prod-1']) await untilState('held', cluster, 'Stopped');
    await edit('prod-1', 'held');
    await untilState('held', 'prod-1', 'Stopped', '1 of 2 objects');
    expect(await valueOf('prod-1', 'held')).toBe('edited');
    await it.untilApplied('held', await it.put('held', { ...everywhere, namespaces: settings('held', 'a') }), ['dev-1', 'prod-1']);
    expect(await valueOf('prod-1', 'held')).toBe('a');
  });

  test('of a cluster holds every policy there, deleted ones as well, and nothing elsewhere', async () => {
    await changeCluster('prod-1', { paused: true });
    await untilState('held', 'prod-1', 'Stopped', 'accord cluster resume prod-1');
    await it.delete('held');
    await until('it is gone from the other', async () => (await it.status('dev-1', configMap('held'))) === 404);
    await untilState('held', 'prod-1', 'Stopped');
    expect(await it.status('prod-1', configMap('held'))).toBe(200);
    await changeCluster('prod-1', { paused: false });
    await until('it is gone here too', async () => (await it.status('prod-1', configMap('held'))) === 404);
  });
});

describe('somebody in the cluster', () => {
  const patch = (change: object) => ['patch', '-n', 'by-hand', 'configmap', 'settings', '--type=merge', '-p', JSON.stringify(change)];

  test('is told at the keyboard that a change will be reverted, and how to keep it for a while', async () => {
    const revision = await it.put('by-hand', { ...everywhere, namespaces: settings('by-hand', 'a') });
    await it.untilApplied('by-hand', revision, ['dev-1', 'prod-1']);
    const { stderr } = await it.kubectlSays('prod-1', ...patch({ data: { value: 'edited' } }));
    expect(stderr).toContain('managed by Accord policy by-hand: the change will be reverted');
    expect(stderr).toContain('accord.dev/hold-until=');
    await until('the change is reverted', async () => (await valueOf('prod-1', 'by-hand')) === 'a');
  });

  test('keeps an object as it is with an annotation, without a warning, until it is taken away', async () => {
    const end = new Date(Date.now() + 3_600_000).toISOString();
    const annotations = { 'accord.dev/hold-until': end, 'accord.dev/hold-reason': 'INC-1' };
    const { stderr } = await it.kubectlSays('prod-1', ...patch({ metadata: { annotations }, data: { value: 'held' } }));
    expect(stderr).toBe('');
    await untilState('by-hand', 'prod-1', 'Stopped', `held until ${end}: INC-1`);
    expect(await valueOf('prod-1', 'by-hand')).toBe('held');
    await it.fleet.killSpoke('prod-1');
    await it.fleet.startSpoke('prod-1');
    await it.put('by-hand', { ...everywhere, namespaces: settings('by-hand', 'b') });
    await untilState('by-hand', 'prod-1', 'Stopped', `held until ${end}: INC-1`);
    expect(await valueOf('prod-1', 'by-hand')).toBe('held');
    await it.kubectl('prod-1', 'annotate', '-n', 'by-hand', 'configmap', 'settings', 'accord.dev/hold-until-');
    await until('it is as wanted', async () => (await valueOf('prod-1', 'by-hand')) === 'b');
  });
});

describe('Inform', () => {
  test('names what differs and who wrote it, and writes nothing', async () => {
    await it.kube('prod-1', 'POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'looked-at' } });
    const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { value: 'theirs', more: 'x' } };
    await it.kube('prod-1', 'POST', '/api/v1/namespaces/looked-at/configmaps?fieldManager=payments-team', theirs);
    await it.put('look', { clusterSelector: { matchLabels: { env: 'prod' } }, mode: 'Inform', namespaces: settings('looked-at', 'ours') });
    await untilState('look', 'prod-1', 'Drifted', '.data.value is "theirs", wanted "ours" (last written by payments-team)');
    expect(await valueOf('prod-1', 'looked-at')).toBe('theirs');
    expect((await it.row('look', 'prod-1'))?.applied).toBe(1);
  });

  test('sees what a real server fills in as no difference', async () => {
    const spec = {
      ...everywhere,
      clusterRoles: [{ name: 'looker', rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }],
      namespaces: [
        {
          name: 'filled-in',
          labels: { team: 'a' },
          podSecurity: { enforce: 'baseline' },
          roles: [{ name: 'r', rules: [] }],
          bindings: [{ clusterRole: 'looker', users: ['a'], groups: ['b'] }],
          quota: { hard: { 'requests.cpu': '1000m', 'requests.memory': '1024Mi' } },
          limits: [{ type: 'Container', default: { cpu: '0.5' }, max: { memory: '1Gi' } }],
          networkPolicies: [{ name: 'deny', spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 80 }] }] } }],
          serviceAccounts: [{ name: 'bot' }],
          configMaps: [{ name: 'settings', data: { value: 'a' } }],
        },
      ],
    };
    await it.untilApplied('filled', await it.put('filled', spec), ['dev-1', 'prod-1']);
    // The marks of the policy that applied them do not count, so another one that wants the same finds nothing to do.
    await it.put('same', { ...spec, mode: 'Inform', priority: 500, clusterBindings: [] });
    for (const cluster of ['dev-1', 'prod-1']) await untilState('same', cluster, 'Drifted', '3 objects are not as wanted');
    const problems = (await it.row('same', 'prod-1'))?.problems.map(({ object }) => object.split('/').at(1));
    expect(problems?.toSorted()).toEqual(['LimitRange', 'ResourceQuota', 'RoleBinding']);
    expect((await it.row('same', 'prod-1'))?.problems.every(({ reason }) => reason === 'Missing')).toBe(true);
  });

  test('tells what the server says of an apply: what would go, and not what is only written otherwise', async () => {
    const stated = (data: object, memory: string) => {
      const metadata = { name: 'example', namespace: 'asked' };
      const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { 'requests.memory': memory } } };
      const namespaces = [{ name: 'asked', configMaps: [{ name: 'settings', data }] }];
      return { clusterSelector: { matchLabels: { env: 'prod' } }, namespaces, objects: [{ id: 'quota', manifest: quota }] };
    };
    await it.untilApplied('asked', await it.put('asked', stated({ value: 'a', dropped: 'x' }, '1Gi')), ['prod-1']);
    await it.put('asked', { ...stated({ value: 'a' }, '1048576Ki'), mode: 'Inform' });
    const would = 'ConfigMap asked/settings: .data.dropped is "x", and would be taken away';
    await untilState('asked', 'prod-1', 'Drifted', `1 object is not as wanted: ${would}`);
    const { data } = (await it.kube('prod-1', 'GET', configMap('asked'))).body as { readonly data: object };
    expect(data).toEqual({ value: 'a', dropped: 'x' });
  });

  test('of a cluster ends with what everything wanted all the time', async () => {
    await changeCluster('dev-1', { mode: 'Inform' });
    await it.put('waiting', { ...everywhere, namespaces: settings('waiting', 'a') });
    await untilState('waiting', 'dev-1', 'Drifted', 'accord cluster enforce dev-1');
    await untilState('waiting', 'prod-1', 'Applied');
    expect(await it.status('dev-1', configMap('waiting'))).toBe(404);
    await changeCluster('dev-1', { mode: 'Enforce' });
    await untilState('waiting', 'dev-1', 'Applied');
    expect(await valueOf('dev-1', 'waiting')).toBe('a');
  });
});

describe('a grant with an end', () => {
  test('is gone when it is over, also where its policy is suspended and the hub is away', async () => {
    const end = new Date(Date.now() + 6_000).toISOString();
    const bindings = [{ clusterRole: 'view', groups: ['oncall'], until: end }];
    const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/oncall/rolebindings/accord:oncall:view';
    await it.untilApplied('oncall', await it.put('oncall', { ...everywhere, namespaces: [{ name: 'oncall', bindings }] }), [
      'dev-1',
      'prod-1',
    ]);
    expect(await it.status('prod-1', path)).toBe(200);
    await it.put('oncall', { ...everywhere, suspended: true, namespaces: [{ name: 'oncall', bindings }] });
    await untilState('oncall', 'prod-1', 'Stopped');
    await it.fleet.killHub();
    await until('the grant is over', async () => (await it.status('prod-1', path)) === 404);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(end));
    await it.fleet.startHub();
    await untilState('oncall', 'dev-1', 'Stopped');
  });
});

describe('a policy that depends on another', () => {
  test('waits for it, and is applied as soon as that one is', async () => {
    const after = await it.put('after', { ...everywhere, dependsOn: ['before'], namespaces: settings('after', 'a') });
    await untilState('after', 'prod-1', 'Blocked', 'it depends on policy before');
    expect(await it.status('prod-1', configMap('after'))).toBe(404);
    await it.put('before', { ...everywhere, namespaces: settings('before', 'a') });
    await it.untilApplied('after', after, ['dev-1', 'prod-1']);
    expect(await it.status('prod-1', configMap('before'))).toBe(200);
  });

  test('is refused where both would wait for ever', async () => {
    await expect(it.put('before', { ...everywhere, dependsOn: ['after'] })).rejects.toThrow('before → after → before');
  });
});

describe('a field that the API server never changes', () => {
  const quota = '/api/v1/namespaces/scoped/resourcequotas/accord-scoped';
  const uid = async () => ((await it.kube('prod-1', 'GET', quota)).body as { readonly metadata: { readonly uid: string } }).metadata.uid;
  const spec = (scopes: readonly string[], more: object = {}) => ({
    clusterSelector: { matchLabels: { env: 'prod' } },
    namespaces: [{ name: 'scoped', quota: { hard: { pods: '5' }, scopes } }],
    ...more,
  });

  test('is changed by making the object anew, where the policy allows it', async () => {
    await it.untilApplied('scoped', await it.put('scoped', spec([])), ['prod-1']);
    const before = await uid();
    await it.put('scoped', spec(['BestEffort'], { recreate: 'Never' }));
    await untilState('scoped', 'prod-1', 'Failed', 'field is immutable');
    expect(await uid()).toBe(before);
    await it.untilApplied('scoped', await it.put('scoped', spec(['BestEffort'])), ['prod-1']);
    expect(await uid()).not.toBe(before);
  });
});

describe('an object that was there before', () => {
  const spec = (adoption: string) => ({
    clusterSelector: { matchLabels: { env: 'prod' } },
    adoption,
    objects: [
      {
        id: 's',
        manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'brown' }, data: { value: 'ours' } },
      },
    ],
  });

  test('is not taken from another tool, unless the policy says so, and is given back when the policy goes', async () => {
    const metadata = { name: 'brown', labels: { 'accord.dev/allow': 'true' } };
    await it.kube('prod-1', 'POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata });
    const annotations = { 'accord.dev/adoptable': 'true', 'meta.helm.sh/release-name': 'shop' };
    const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', annotations }, data: { value: 'theirs' } };
    await it.kube('prod-1', 'POST', '/api/v1/namespaces/brown/configmaps', theirs);
    await it.put('brown', spec('IfUnowned'));
    await untilState('brown', 'prod-1', 'Blocked', 'exists and is kept by Helm release shop');
    await it.put('brown', spec('Never'));
    await untilState('brown', 'prod-1', 'Blocked', 'the policy adopts nothing');
    expect(await valueOf('prod-1', 'brown')).toBe('theirs');
    await it.untilApplied('brown', await it.put('brown', spec('Always')), ['prod-1']);
    expect(await valueOf('prod-1', 'brown')).toBe('ours');
    await it.delete('brown');
    await until('it is given back', async () => (await it.rows('brown')).length === 0);
    expect(await valueOf('prod-1', 'brown')).toBe('ours');
  });
});

describe('an object that must not exist', () => {
  test('is deleted where its owner allows it, and named where not', async () => {
    const metadata = { name: 'clean', labels: { 'accord.dev/allow': 'true' } };
    for (const cluster of ['dev-1', 'prod-1']) {
      await it.kube(cluster, 'POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata });
      const annotations = cluster === 'dev-1' ? { 'accord.dev/deletable': 'true' } : {};
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', annotations }, data: { value: 'old' } };
      await it.kube(cluster, 'POST', '/api/v1/namespaces/clean/configmaps', object);
    }
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'clean' } };
    await it.put('clean', { ...everywhere, objects: [{ id: 's', mode: 'MustNotExist', manifest }] });
    await untilState('clean', 'dev-1', 'Applied');
    await untilState('clean', 'prod-1', 'Blocked', 'accord.dev/deletable=true');
    expect([await it.status('dev-1', configMap('clean')), await it.status('prod-1', configMap('clean'))]).toEqual([404, 200]);
  });
});

describe('an object that is only to be created', () => {
  test('is made where it is missing, and left alone then', async () => {
    const manifest = (value: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'once' },
      data: { value },
    });
    const spec = (value: string) => ({
      ...everywhere,
      namespaces: [{ name: 'once' }],
      objects: [{ id: 'settings', createOnly: true, manifest: manifest(value) }],
    });
    await it.kube('dev-1', 'POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'once', labels: { 'accord.dev/allow': 'true' }, annotations: { 'accord.dev/adoptable': 'true' } },
    });
    const annotations = { 'accord.dev/adoptable': 'true' };
    const theirs = { ...manifest('theirs'), metadata: { name: 'settings', namespace: 'once', annotations } };
    await it.kube('dev-1', 'POST', '/api/v1/namespaces/once/configmaps', theirs);
    await it.untilApplied('once', await it.put('once', spec('first')), ['dev-1', 'prod-1']);
    await edit('prod-1', 'once');
    await it.untilApplied('once', await it.put('once', spec('second')), ['dev-1', 'prod-1']);
    await it.fleet.killSpoke('prod-1');
    await it.fleet.startSpoke('prod-1');
    await it.untilApplied('once', await it.put('once', { ...spec('second'), description: 'after a restart' }), ['dev-1', 'prod-1']);
    expect([await valueOf('dev-1', 'once'), await valueOf('prod-1', 'once')]).toEqual(['theirs', 'edited']);
    await it.kube('prod-1', 'DELETE', configMap('once'));
    await until('it is made again', async () => (await valueOf('prod-1', 'once')) === 'second');
  });
});

describe('an override', () => {
  test('gives the clusters that it selects their own parts', async () => {
    const overrides = [{ clusterSelector: { matchLabels: { env: 'prod' } }, patch: { namespaces: settings('layered', 'large') } }];
    const revision = await it.put('layered', { ...everywhere, namespaces: settings('layered', 'small'), overrides });
    await it.untilApplied('layered', revision, ['dev-1', 'prod-1']);
    expect([await valueOf('dev-1', 'layered'), await valueOf('prod-1', 'layered')]).toEqual(['small', 'large']);
  });

  test('reads the same from its mirror after a restart without the bus', async () => {
    await it.fleet.killHub();
    await it.fleet.killSpoke('prod-1');
    await it.fleet.startSpoke('prod-1');
    await edit('prod-1', 'layered');
    await until('the edit is healed', async () => (await valueOf('prod-1', 'layered')) === 'large');
    await it.fleet.startHub();
  });
});
