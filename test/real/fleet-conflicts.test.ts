import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Row } from '@accord/proto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: 'eu-1', labels: { env: 'prod' } }]);
});
afterAll(() => it.stop());

const configMap = '/api/v1/namespaces/shop/configmaps/settings';
const object = (data: object, more: object = {}) => ({
  clusterSelector: {},
  namespaces: [{ name: 'shop' }],
  objects: [
    { id: 'settings', manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data }, ...more },
  ],
});
const dataOf = async () => ((await it.kube('eu-1', 'GET', configMap)).body as { readonly data: Readonly<Record<string, string>> }).data;
const write = (manager: string, data: object) => it.kube('eu-1', 'PATCH', `${configMap}?fieldManager=${manager}`, { data });
const rowOf = async (): Promise<Row | undefined> => (await it.rows('shared')).at(0);
const untilRow = (what: string, condition: (row: Row) => boolean) =>
  until(what, async () => {
    const row = await rowOf();
    return row !== undefined && row.reportedRevision === row.revision && condition(row);
  });
const put = async (spec: object) => it.untilApplied('shared', await it.put('shared', spec), ['eu-1']);

test('fields of a manager that the policy lists are left to it and named, and all others are healed', async () => {
  await put(object({ replicas: '1', image: 'a' }, { conflicts: { yieldTo: ['autoscaler'] } }));
  await write('autoscaler', { replicas: '5' });
  await untilRow('it is told', ({ state, problems }) => state === 'Applied' && problems[0]?.message === 'left to others: .data.replicas');
  const mirror = '/apis/accord.dev/v1alpha1/clusterpolicies/shared';
  const statusOf = async () => ((await it.kube('eu-1', 'GET', mirror)).body as { readonly status?: object }).status;
  await until('its mirror tells it too', async () => JSON.stringify((await statusOf()) ?? {}).includes('"LeftToOthers"'));
  await write('somebody', { image: 'b' });
  await until('the other field is healed', async () => (await dataOf())['image'] === 'a');
  await until('the mirror counts it', async () => JSON.stringify(await statusOf()).includes('"healCount":1'));
  expect(await statusOf()).toMatchObject({
    lastDriftTime: expect.stringMatching(/^2/),
    inventory: {
      complete: true,
      entries: [
        { id: '_shop__Namespace', v: 'v1' },
        { id: 'shop_settings__ConfigMap', v: 'v1' },
      ],
    },
  });
  expect(await dataOf()).toEqual({ replicas: '5', image: 'a' });
  await write('autoscaler', { replicas: '7' });
  await it.fleet.killSpoke('eu-1');
  await it.fleet.startSpoke('eu-1');
  await put(object({ replicas: '1', image: 'c' }, { conflicts: { yieldTo: ['autoscaler'] } }));
  expect(await dataOf()).toEqual({ replicas: '7', image: 'c' });
});

test('once nobody is listed any more the policy has its way', async () => {
  await put(object({ replicas: '1', image: 'c' }));
  expect(await dataOf()).toEqual({ replicas: '1', image: 'c' });
  expect((await rowOf())?.problems).toEqual([]);
});

test("an ignored field is set once, and then nobody's business, also when it is removed", async () => {
  await put(object({ replicas: '1', image: 'c' }, { ignoreFields: ['/data/replicas'] }));
  await write('somebody', { replicas: null });
  await write('somebody', { image: 'x' });
  await until('the other field is healed', async () => (await dataOf())['image'] === 'c');
  expect(await dataOf()).toEqual({ image: 'c' });
});

test('without force the conflict waits for a person, and nothing of the object is changed', async () => {
  await put(object({ replicas: '1', image: 'c' }, { conflicts: { policy: 'Fail' } }));
  await write('somebody', { image: 'theirs' });
  await it.put('shared', object({ replicas: '2', image: 'c' }, { conflicts: { policy: 'Fail' } }));
  await untilRow(
    'it is told',
    ({ state, sentence }) => state === 'Blocked' && sentence.includes('conflict with "somebody" using v1: .data.image'),
  );
  expect(await dataOf()).toMatchObject({ replicas: '1', image: 'theirs' });
});

test('who undoes an object again and again is named, waits for each heal, and it ends when they stop', async () => {
  // None of the others may have warmed it up.
  const fought = (label: string) => ({
    clusterSelector: {},
    namespaces: [{ name: 'fought', labels: { tier: label }, configMaps: [wanted] }],
  });
  const wanted = { name: 'settings', data: { replicas: '1' } };
  const path = '/api/v1/namespaces/fought/configmaps/settings';
  const undo = () => it.kube('eu-1', 'PATCH', `${path}?fieldManager=other-tool`, { data: { replicas: '9' } });
  const isHealed = async (): Promise<boolean> =>
    ((await it.kube('eu-1', 'GET', path)).body as { readonly data: { readonly replicas: string } }).data.replicas === '1';
  await it.untilApplied('fought', await it.put('fought', fought('silver')), ['eu-1']);
  for (let time = 1; time <= 6; time += 1) {
    await undo();
    await until(`it is healed time ${time}`, isHealed);
  }
  await undo();
  let sentence = '';
  await until('it is told', async () => {
    const [row] = await it.rows('fought');
    ({ sentence = '' } = row ?? {});
    return row?.state === 'Stalled' && row.reason === 'Fighting';
  });
  expect(sentence).toContain('ConfigMap fought/settings: undone 7 times');
  expect(sentence).toContain('last by other-tool (Update)');
  const [, command = ''] = /See there who writes it: kubectl (.*?);/.exec(sentence) ?? [];
  expect(await it.kubectl('eu-1', ...command.split(' '))).toContain('manager: other-tool');
  // A change of something else makes a pass of the whole policy, which must not heal it early.
  const [, healAt = ''] = /the next heal is at (\S+)\./.exec(sentence) ?? [];
  const revision = await it.put('fought', fought('gold'));
  await until('it is healed at last', isHealed);
  // The clocks of two processes may be apart by a little.
  expect(Date.now()).toBeGreaterThan(Date.parse(healAt) - 500);
  await it.untilApplied('fought', revision, ['eu-1']);
});

test('a map that holds ours alone loses every foreign key, at once and after a restart, and nothing else', async () => {
  const quota = '/api/v1/namespaces/exact/resourcequotas/accord-exact';
  const spec = { clusterSelector: {}, match: 'MustOnlyHave', namespaces: [{ name: 'exact', quota: { hard: { pods: '5' } } }] };
  await it.untilApplied('exact', await it.put('exact', spec), ['eu-1']);
  const hard = async () => ((await it.kube('eu-1', 'GET', quota)).body as { readonly spec: { readonly hard: object } }).spec.hard;
  await it.kube('eu-1', 'PATCH', quota, { metadata: { labels: { team: 'shop' } }, spec: { hard: { secrets: '0' } } });
  await until('it is exact', async () => JSON.stringify(await hard()) === '{"pods":"5"}');
  expect((await it.kube('eu-1', 'GET', quota)).body).toMatchObject({ metadata: { labels: { team: 'shop' } } });
  await it.fleet.killSpoke('eu-1');
  await it.kube('eu-1', 'PATCH', quota, { spec: { hard: { configmaps: '0' } } });
  await it.fleet.startSpoke('eu-1');
  await until('it is exact again', async () => JSON.stringify(await hard()) === '{"pods":"5"}');
  const revision = await it.put('exact', { ...spec, mode: 'Inform' });
  await until('it is only compared', async () => (await it.rows('exact')).every(({ reportedRevision }) => reportedRevision === revision));
  await it.kube('eu-1', 'PATCH', quota, { spec: { hard: { services: '0' } } });
  await until('it is told', async () =>
    (await it.rows('exact')).some(({ sentence }) => sentence.includes('.spec.hard.services is there, and must not be')),
  );
});

test('a ClusterRole of ours loses an aggregationRule of others, where the spoke may; else the row has the command', async () => {
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/exact-role';
  const spec = { clusterSelector: {}, match: 'MustOnlyHave', clusterRoles: [{ name: 'exact-role', rules }] };
  await it.untilApplied('exact-role', await it.put('exact-role', spec), ['eu-1']);
  const aggregating = { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'example.com/gives': 'true' } }] } };
  const stated = async () => ((await it.kube('eu-1', 'GET', role)).body as { readonly aggregationRule?: object }).aggregationRule;
  await it.kube('eu-1', 'PATCH', role, aggregating);
  let said = '';
  await until('it is told', async () => {
    const row = (await it.rows('exact-role')).at(0);
    said = row?.sentence ?? '';
    return row?.state === 'Failed' && said.includes('somebody has added an aggregationRule');
  });
  expect(await stated()).toBeDefined();
  const [, command = ''] = / run: (kubectl patch .*)$/.exec(said) ?? [];
  await promisify(execFile)('sh', ['-c', command], { env: { ...process.env, KUBECONFIG: it.fleet.paths.cluster('eu-1').kubeconfig } });
  expect(await stated()).toBeUndefined();
  await it.untilApplied('exact-role', await it.put('exact-role', { ...spec, priority: 101 }), ['eu-1']);
  // Whoever may pass on everything may take it away as well.
  const binding = ['accord-spoke-rbacadmin', '--clusterrole=accord-spoke-rbacadmin', '--serviceaccount=accord-system:accord-spoke'];
  await it.kubectl('eu-1', 'create', 'clusterrolebinding', ...binding);
  const as = 'system:serviceaccount:accord-system:accord-spoke';
  await until('the spoke may', async () =>
    (await it.kubectl('eu-1', 'auth', 'can-i', 'escalate', 'clusterroles', '--as', as)).startsWith('yes'),
  );
  await it.kube('eu-1', 'PATCH', role, aggregating);
  await until('it is taken away', async () => (await stated()) === undefined);
  await it.kubectl('eu-1', 'delete', 'clusterrolebinding', 'accord-spoke-rbacadmin');
});

test('what client-side apply once claimed of an adopted object goes with the policy that drops it', async () => {
  const theirs = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'adopted', namespace: 'shop' },
    data: { a: '1', b: '1', theirs: '1' },
  };
  const file = join(it.home, 'adopted.json');
  writeFileSync(file, JSON.stringify(theirs));
  await it.kubectl('eu-1', 'apply', '-f', file);
  await it.kubectl('eu-1', 'annotate', '-n', 'shop', 'configmap', 'adopted', 'accord.dev/adoptable=true');
  const adopts = (data: object) => ({
    clusterSelector: {},
    namespaces: [{ name: 'shop' }],
    objects: [{ id: 'a', manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'adopted', namespace: 'shop' }, data } }],
  });
  await it.untilApplied('adopts', await it.put('adopts', adopts({ a: '2', b: '2' })), ['eu-1']);
  await it.untilApplied('adopts', await it.put('adopts', adopts({ a: '3' })), ['eu-1']);
  const { body } = await it.kube('eu-1', 'GET', '/api/v1/namespaces/shop/configmaps/adopted');
  expect((body as { readonly data: object }).data).toEqual({ a: '3', theirs: '1' });
});

test('a grant is taken back from whoever is listed', async () => {
  const binding = '/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings/accord:grants:view';
  const grants = {
    clusterSelector: {},
    conflicts: { yieldTo: ['somebody'] },
    namespaces: [{ name: 'shop', bindings: [{ clusterRole: 'view', users: ['ann'] }] }],
  };
  await it.untilApplied('grants', await it.put('grants', grants), ['eu-1']);
  const subjects = async () =>
    ((await it.kube('eu-1', 'GET', binding)).body as { readonly subjects: readonly { readonly name: string }[] }).subjects;
  await it.kube('eu-1', 'PATCH', `${binding}?fieldManager=somebody`, {
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'mallory' }],
  });
  await until('it is taken back', async () => (await subjects()).map(({ name }) => name).join() === 'ann');
});
