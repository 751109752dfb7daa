import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canLogIn, FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([
    { name: 'dev-eu-1', labels: { env: 'dev', region: 'eu' } },
    { name: 'prod-eu-1', labels: { env: 'prod', region: 'eu' } },
    { name: 'prod-us-1', labels: { env: 'prod', region: 'us' } },
  ]);
});
afterAll(() => it.stop());

const prod = { clusterSelector: { matchLabels: { env: 'prod' } } };
const team = (name: string, more: object = {}) => ({
  ...prod,
  namespaces: [
    {
      name,
      bindings: [{ clusterRole: 'view', groups: ['team'] }],
      quota: { hard: { pods: '5' } },
      configMaps: [{ name: 'settings', data: { a: 'b' } }],
      ...more,
    },
  ],
});
const binding = (namespace: string, policy: string) =>
  `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings/accord:${policy}:view`;
const configMap = (namespace: string, name: string) => `/api/v1/namespaces/${namespace}/configmaps/${name}`;
const objectsOf = (name: string) => [
  `/api/v1/namespaces/${name}`,
  binding(name, name),
  `/api/v1/namespaces/${name}/resourcequotas/accord-${name}`,
];

describe('a policy', () => {
  test('that kubectl applies at the hub is on both production clusters and on no other', async () => {
    await it.kubectl('hub', 'apply', '-f', new URL('first-policy.yaml', import.meta.url).pathname);
    await it.untilApplied('first', 1, ['prod-eu-1', 'prod-us-1']);
    for (const path of objectsOf('first')) {
      expect([await it.status('prod-eu-1', path), await it.status('prod-us-1', path), await it.status('dev-eu-1', path)]).toEqual([
        200, 200, 404,
      ]);
    }
  });

  test('and its cluster are mirrored into the cluster with their state', async () => {
    await until('the mirror says Applied', async () => (await it.kubectl('prod-eu-1', 'get', 'clusterpolicies')).includes('Applied'));
    const shown = await it.kubectl('prod-eu-1', 'get', 'clusters,clusterpolicies', '-o', 'name');
    const clusters = ['dev-eu-1', 'prod-eu-1', 'prod-us-1'].map((name) => `cluster.accord.dev/${name}`);
    expect(shown.trim().split('\n').toSorted()).toEqual([...clusters, 'clusterpolicy.accord.dev/first']);
    expect(await it.kubectl('dev-eu-1', 'get', 'clusterpolicies', '-o', 'name')).toBe('');
  });

  test('that loses an object removes it, and one that is deleted leaves nothing but its namespace', async () => {
    await it.put('shrinking', team('shrinking'));
    await it.untilApplied('shrinking', 1, ['prod-eu-1', 'prod-us-1']);
    await it.put('shrinking', team('shrinking', { configMaps: [] }));
    await it.untilApplied('shrinking', 2, ['prod-eu-1', 'prod-us-1']);
    expect(await it.status('prod-us-1', configMap('shrinking', 'settings'))).toBe(404);
    await it.delete('shrinking');
    await until('no cluster has it', async () => (await it.rows('shrinking')).length === 0);
    expect([
      await it.status('prod-us-1', binding('shrinking', 'shrinking')),
      await it.status('prod-us-1', '/api/v1/namespaces/shrinking'),
    ]).toEqual([404, 200]);
    expect(await it.kubectl('prod-us-1', 'get', 'clusterpolicies', '-o', 'name')).not.toContain('shrinking');
  });

  test('that names what somebody else made waits there for its owner, says so, and delays nothing else', async () => {
    await it.kubectl('prod-us-1', 'create', 'namespace', 'occupied');
    await it.kubectl('prod-us-1', 'label', 'namespace', 'occupied', 'accord.dev/allow=true');
    await it.kubectl('prod-us-1', '-n', 'occupied', 'create', 'configmap', 'settings', '--from-literal=a=theirs');
    const revision = await it.put('occupied', {
      ...prod,
      objects: [
        {
          id: 'settings',
          manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'occupied' }, data: { a: 'ours' } },
        },
      ],
    });
    const other = await it.put('unaffected', team('unaffected'));
    await it.untilApplied('unaffected', other, ['prod-eu-1', 'prod-us-1']);
    const waiting = async () => (await it.currentRows('occupied')).find(({ cluster }) => cluster === 'prod-us-1');
    await until('the refusal is reported', async () => (await waiting())?.state === 'Blocked');
    const sentence = (await waiting())?.sentence ?? '';
    expect(sentence).toContain(`occupied@${revision} waits on prod-us-1: ConfigMap occupied/settings:`);
    const [, command = ''] = / kubectl (annotate .*)$/.exec(sentence) ?? [];
    expect(command).toBe('annotate configmap settings -n occupied accord.dev/adoptable=true');
    expect((await it.kube('prod-us-1', 'GET', configMap('occupied', 'settings'))).body).toMatchObject({ data: { a: 'theirs' } });
    expect(await it.kubectl('prod-us-1', ...command.split(' '))).toContain('annotated');
    await it.delete('occupied');
  });
});

describe('drift', () => {
  test('of every kind of edit is healed and reported with who did it', async () => {
    await it.put('drifting', team('drifting'));
    await it.untilApplied('drifting', 1, ['prod-eu-1', 'prod-us-1']);
    const quota = '/api/v1/namespaces/drifting/resourcequotas/accord-drifting';
    await it.kube('prod-eu-1', 'PATCH', configMap('drifting', 'settings'), { data: { a: 'edited' } });
    await it.kube('prod-eu-1', 'PATCH', quota, { spec: { hard: { pods: '500' } } });
    await it.kube('prod-eu-1', 'DELETE', binding('drifting', 'drifting'));
    await until(
      'the edit is gone',
      async () => ((await it.kube('prod-eu-1', 'GET', configMap('drifting', 'settings'))).body as { data: { a: string } }).data.a === 'b',
    );
    await until(
      'the quota is back',
      async () => ((await it.kube('prod-eu-1', 'GET', quota)).body as { spec: { hard: { pods: string } } }).spec.hard.pods === '5',
    );
    await until('the grant is back', async () => (await it.status('prod-eu-1', binding('drifting', 'drifting'))) === 200);
    const heals = async () =>
      ((await it.hub('GET', '/v1/fleet')).body as { heals: { policy: string; object: string }[] }).heals.filter(
        ({ policy }) => policy === 'drifting',
      );
    await until('all three are reported', async () => new Set((await heals()).map(({ object }) => object)).size === 3);
  });

  test('a field that no policy owns is left alone and causes no request', async () => {
    await it.kube('prod-eu-1', 'PATCH', configMap('drifting', 'settings'), {
      data: { theirs: 'x' },
      metadata: { annotations: { note: 'mine' } },
    });
    const versionOf = async () =>
      ((await it.kube('prod-eu-1', 'GET', configMap('drifting', 'settings'))).body as { metadata: { resourceVersion: string } }).metadata
        .resourceVersion;
    const before = await versionOf();
    // A later change of the same policy goes through the same loop; when it is in, the edit before it has been judged.
    const revision = await it.put('drifting', team('drifting', { quota: { hard: { pods: '6' } } }));
    await it.untilApplied('drifting', revision, ['prod-eu-1', 'prod-us-1']);
    expect(await versionOf()).toBe(before);
  });

  test('a revision that means the same sends no request for any object', async () => {
    // The spoke keeps its own state in a ConfigMap, and metrics tell no names: so those are not counted.
    const requests = async () => {
      const { body } = await it.kube('prod-eu-1', 'GET', '/metrics');
      return String(body)
        .split('\n')
        .filter((line) =>
          /^apiserver_request_total\{.*resource="(resourcequotas|rolebindings|namespaces)".*verb="(APPLY|PATCH)"/.test(line),
        )
        .toSorted();
    };
    const before = await requests();
    const revision = await it.put('drifting', {
      ...team('drifting', { quota: { hard: { pods: '6' } } }),
      description: 'the same, in other words',
    });
    await it.untilApplied('drifting', revision, ['prod-eu-1', 'prod-us-1']);
    expect(await requests()).toEqual(before);
  });
});

describe('relabelling', () => {
  beforeAll(async () => {
    for (const policy of ['first', 'unaffected', 'drifting']) await it.delete(policy);
    await until(
      'they are gone',
      async () => (await Promise.all(['first', 'unaffected', 'drifting'].map((name) => it.rows(name)))).flat().length === 0,
    );
  });

  test('brings policies and takes them away again; what people made stays', async () => {
    await it.put('moving', team('moving'));
    await it.untilApplied('moving', 1, ['prod-eu-1', 'prod-us-1']);
    await it.relabel('dev-eu-1', { env: 'prod', region: 'eu' });
    await it.untilApplied('moving', 1, ['dev-eu-1', 'prod-eu-1', 'prod-us-1']);
    await it.kubectl('dev-eu-1', '-n', 'moving', 'create', 'configmap', 'mine', '--from-literal=a=b');
    await it.relabel('dev-eu-1', { env: 'dev', region: 'eu' });
    await it.untilApplied('moving', 1, ['prod-eu-1', 'prod-us-1']);
    expect([await it.status('dev-eu-1', binding('moving', 'moving')), await it.status('dev-eu-1', configMap('moving', 'mine'))]).toEqual([
      404, 200,
    ]);
  });

  test('kills the old credential: with it nobody logs in any more', async () => {
    const before = await it.credentialOf('dev-eu-1');
    await it.relabel('dev-eu-1', { env: 'prod', region: 'eu' });
    await until('the spoke has a new token', async () => (await it.credentialOf('dev-eu-1')).jwt !== before.jwt);
    await until('the old one is refused', async () => !(await canLogIn(before)));
    expect(await canLogIn(await it.credentialOf('dev-eu-1'))).toBe(true);
    await it.relabel('dev-eu-1', { env: 'dev', region: 'eu' });
    await it.untilApplied('moving', 1, ['prod-eu-1', 'prod-us-1']);
  });

  test('of a cluster that is away is carried out when it comes back, with a token that was refused meanwhile', async () => {
    await it.put('staying', { ...team('staying'), clusterSelector: { matchLabels: { env: 'dev' } } });
    await it.untilApplied('staying', 1, ['dev-eu-1']);
    const before = await it.credentialOf('dev-eu-1');
    await it.fleet.killSpoke('dev-eu-1');
    await it.relabel('dev-eu-1', { env: 'prod', region: 'eu' });
    // Nothing reaches the cluster, and still nobody reads as what it was.
    await until('the old token is refused', async () => !(await canLogIn(before)));
    expect([await it.status('dev-eu-1', binding('staying', 'staying')), await it.status('dev-eu-1', binding('moving', 'moving'))]).toEqual([
      200, 404,
    ]);
    expect((await it.credentialOf('dev-eu-1')).jwt).toBe(before.jwt);
    await it.fleet.startSpoke('dev-eu-1');
    await it.untilApplied('moving', 1, ['dev-eu-1', 'prod-eu-1', 'prod-us-1']);
    await until('what it was for is given up', async () => (await it.rows('staying')).length === 0);
    expect([await it.status('dev-eu-1', binding('staying', 'staying')), await it.status('dev-eu-1', binding('moving', 'moving'))]).toEqual([
      404, 200,
    ]);
    expect([await canLogIn(before), await canLogIn(await it.credentialOf('dev-eu-1'))]).toEqual([false, true]);
    await it.relabel('dev-eu-1', { env: 'dev', region: 'eu' });
    await it.delete('staying');
    await it.untilApplied('moving', 1, ['prod-eu-1', 'prod-us-1']);
  });

  test('does not rename: a cluster has the name that it joined with, whichever way somebody tries', async () => {
    const path = '/apis/accord.dev/v1alpha1/clusters';
    const { body } = await it.hub('GET', `${path}/dev-eu-1`);
    const { metadata, ...rest } = body as { readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
    const tries: readonly (readonly [string, string, object, number])[] = [
      ['PUT', `${path}/dev-eu-1`, { ...rest, metadata: { ...metadata, name: 'prod-eu-9' } }, 400],
      ['PUT', `${path}/prod-eu-9`, { ...rest, metadata: { ...metadata, name: 'prod-eu-9' } }, 404],
      [
        'PUT',
        `${path}/dev-eu-1`,
        { ...rest, metadata: { ...metadata, labels: { ...metadata.labels, 'accord.dev/name': 'prod-eu-9' } } },
        422,
      ],
      ['POST', path, { ...rest, metadata: { ...metadata, name: 'prod-eu-9' } }, 405],
    ];
    for (const [method, where, object, status] of tries)
      expect.soft([method, where, (await it.hub(method, where, object)).status]).toEqual([method, where, status]);
    // Neither does its owner, with the record that it holds of itself.
    const label = it.kubectl('dev-eu-1', 'label', 'cluster', 'dev-eu-1', 'accord.dev/name=prod-eu-9', '--overwrite');
    await expect(label).rejects.toThrow(/accord-mirror|denied|forbidden/i);
    const names = await it.kubectl('prod-eu-1', 'get', 'clusters', '-o', 'name');
    expect(names.trim().split('\n').toSorted()).toEqual(['dev-eu-1', 'prod-eu-1', 'prod-us-1'].map((name) => `cluster.accord.dev/${name}`));
  });

  test('that would take away more than ten objects waits for a person', async () => {
    const many = Array.from({ length: 12 }, (_, n) => ({ name: `c${n}`, data: { a: 'b' } }));
    const revision = await it.put('large', { ...prod, namespaces: [{ name: 'large', configMaps: many }] });
    await it.relabel('dev-eu-1', { env: 'prod', region: 'eu' });
    await it.untilApplied('large', revision, ['dev-eu-1', 'prod-eu-1', 'prod-us-1']);
    await it.relabel('dev-eu-1', { env: 'dev', region: 'eu' });
    const row = async () => (await it.rows('large')).find(({ cluster }) => cluster === 'dev-eu-1');
    await until('it is held', async () => (await row())?.state === 'Stalled');
    expect((await row())?.sentence).toContain('accord confirm-removal large');
    expect(await it.status('dev-eu-1', configMap('large', 'c0'))).toBe(200);
    expect((await it.hub('POST', '/v1/policies/large/confirm-removal', { revision, count: 12 })).status).toBe(202);
    await until('it is gone', async () => (await row()) === undefined);
    expect(await it.status('dev-eu-1', configMap('large', 'c0'))).toBe(404);
  });
});
