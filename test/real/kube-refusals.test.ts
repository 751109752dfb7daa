import { readFileSync } from 'node:fs';
import { KubeClient, type KubeAnswer, type KubeRequest } from '@accord/local/control-plane/kube-client';
import type { JsonObject } from '@accord/proto/canonical';
import { recordedAnswers, type RecordedAnswer } from '@accord/spoke/kube/recorded-answers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startKubeWorld, type RealKubeWorld } from './kube-world.ts';

let world: RealKubeWorld;
let spoke: KubeClient;

beforeAll(async () => {
  world = await startKubeWorld();
  const { url, paths } = world.access;
  spoke = new KubeClient({ url, caFile: paths.caFile, token: readFileSync(paths.spokeToken, 'utf8') });
  await prepare();
});
afterAll(async () => {
  spoke.close();
  await world.close();
});

type Sent = Pick<KubeRequest, 'path' | 'method'> & { readonly body?: unknown; readonly contentType?: string };

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const otherUid = '11111111-1111-1111-1111-111111111111';
const team = (resource: string, name: string): string => `/api/v1/namespaces/team/${resource}/${name}`;

function apply(path: string, apiVersion: string, kind: string, content: JsonObject = {}, metadata: JsonObject = {}): Sent {
  const name = path.split('/').at(path.endsWith('/status') ? -2 : -1) ?? '';
  const marks = { labels: { 'accord.dev/policy': 'p' }, annotations: { 'accord.dev/origin': 'Created' } };
  const query = '?fieldManager=accord&force=true&fieldValidation=Strict';
  return {
    method: 'PATCH',
    path: path + query,
    contentType: 'application/apply-patch+yaml',
    body: { apiVersion, kind, metadata: { name, ...marks, ...metadata }, ...content },
  };
}
const configMap = (name: string, content: JsonObject = {}, metadata: JsonObject = {}): Sent =>
  apply(team('configmaps', name), 'v1', 'ConfigMap', content, metadata);
const frozen = (value: string, metadata: JsonObject = {}): Sent => configMap('frozen', { data: { a: value }, immutable: true }, metadata);
const role = (path: string, kind: string, content: JsonObject): Sent => apply(rbac + path, 'rbac.authorization.k8s.io/v1', kind, content);
const binding = (name: string, kind: string, roleName: string): Sent =>
  role(`/namespaces/team/rolebindings/${name}`, 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: roleName },
    subjects: [],
  });
const quota = (name: string, spec: JsonObject): Sent => apply(team('resourcequotas', name), 'v1', 'ResourceQuota', { spec });
const priority = (value: number): Sent =>
  apply('/apis/scheduling.k8s.io/v1/priorityclasses/pc', 'scheduling.k8s.io/v1', 'PriorityClass', { value });
const mirror = (name: string, spec: JsonObject): Sent =>
  apply(`/apis/accord.dev/v1alpha1/clusterpolicies/${name}`, 'accord.dev/v1alpha1', 'ClusterPolicy', {
    spec: { severity: 'Low', epoch: 1, ...spec },
  });
const deletion = (path: string, preconditions?: JsonObject): Sent => ({
  method: 'DELETE',
  path,
  ...(preconditions === undefined ? {} : { body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions } }),
});
const deployment = (label: string): Sent => {
  const template = { metadata: { labels: { a: label } }, spec: { containers: [{ name: 'a', image: 'b' }] } };
  return apply('/apis/apps/v1/namespaces/team/deployments/d', 'apps/v1', 'Deployment', {
    spec: { selector: { matchLabels: { a: label } }, template },
  });
};
const secret = (type: string): Sent => apply(team('secrets', 'sec'), 'v1', 'Secret', { type });
const storage = (value: string): Sent =>
  apply('/apis/storage.k8s.io/v1/storageclasses/s', 'storage.k8s.io/v1', 'StorageClass', {
    provisioner: 'x.y/z',
    parameters: { a: value },
  });
const runtime = (handler: string): Sent => apply('/apis/node.k8s.io/v1/runtimeclasses/s', 'node.k8s.io/v1', 'RuntimeClass', { handler });
const ingress = (controller: string): Sent =>
  apply('/apis/networking.k8s.io/v1/ingressclasses/s', 'networking.k8s.io/v1', 'IngressClass', { spec: { controller } });
const ghost = apply('/apis/example.com/v1/ghosts/a', 'example.com/v1', 'Ghost');

async function prepare(): Promise<void> {
  const asAdmin = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: 'team' } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'adoptable', namespace: 'team', annotations: { 'accord.dev/adoptable': 'true' } },
    },
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q', namespace: 'team' }, spec: { hard: { 'count/limitranges': '0' } } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stays', namespace: 'leaving', finalizers: ['example.com/x'] } },
  ];
  for (const name of ['team', 'leaving']) await ok(spoke, apply(`/api/v1/namespaces/${name}`, 'v1', 'Namespace'));
  for (const object of asAdmin) await world.admin.create(object, 'owner');
  for (const sent of [
    frozen('1'),
    binding('rb', 'ClusterRole', 'view'),
    quota('rq', { hard: { pods: '1' }, scopes: ['Terminating'] }),
    priority(1),
    mirror('f', { revision: 2 }),
  ])
    await ok(spoke, sent);
  for (const sent of [deployment('b'), secret('Opaque'), storage('b'), runtime('b'), ingress('a.b/b')]) await ok(world.installer, sent);
  await ok(world.installer, { method: 'DELETE', path: '/api/v1/namespaces/leaving' });
  const isCounted = async (): Promise<boolean> =>
    JSON.stringify(await world.installer.send({ method: 'GET', path: team('resourcequotas', 'q') })).includes('"used"');
  await vi.waitUntil(isCounted, { timeout: 20_000, interval: 50 });
}

async function ok(client: KubeClient, sent: Sent): Promise<void> {
  const answer = await client.send(sent);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
}

describe('the server still refuses in the recorded words', () => {
  const bySpoke: Partial<Record<RecordedAnswer, Sent>> = {
    'no permission': apply('/apis/apps/v1/namespaces/team/controllerrevisions/a', 'apps/v1', 'ControllerRevision', { revision: 1 }),
    'no permission for a kind that is not served': ghost,
    'guard rail: held, not used': apply('/apis/apps/v1/namespaces/team/deployments/a', 'apps/v1', 'Deployment', {
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'b' }] } },
      },
    }),
    escalation: role('/namespaces/team/roles/a', 'Role', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] }),
    quota: apply(team('limitranges', 'a'), 'v1', 'LimitRange', { spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } }),
    'namespace missing': apply('/api/v1/namespaces/nowhere/configmaps/a', 'v1', 'ConfigMap'),
    'namespace terminating': apply('/api/v1/namespaces/leaving/configmaps/new', 'v1', 'ConfigMap'),
    'role missing': binding('b', 'Role', 'reader'),
    'cluster role missing': role('/clusterrolebindings/b', 'ClusterRoleBinding', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
      subjects: [],
    }),
    'guard rail: no label': configMap('a', {}, { labels: {} }),
    'not ours': configMap('theirs'),
    adoptable: configMap('adoptable'),
    'immutable data': frozen('2'),
    'immutable roleRef': binding('rb', 'ClusterRole', 'edit'),
    'immutable scopes': quota('rq', { hard: { pods: '1' }, scopes: ['NotTerminating'] }),
    'immutable value': priority(2),
    'stale document': mirror('f', { revision: 1 }),
    'other validation': quota('bad', { hard: { pods: '-1' } }),
    'uid of another object': frozen('1', { uid: otherUid }),
    'uid of no object': configMap('none', {}, { uid: otherUid }),
    'old resourceVersion': frozen('1', { resourceVersion: '1' }),
    'deletion of another uid': deletion(team('configmaps', 'frozen'), { uid: otherUid }),
    'deletion of another version': deletion(team('configmaps', 'frozen'), { resourceVersion: '1' }),
    'deletion of nothing': deletion(team('configmaps', 'none')),
    'deletion of what is not ours': deletion(team('configmaps', 'theirs')),
    'unknown field': configMap('a', { dataa: { a: '1' } }),
    'wrong type': configMap('a', { data: { a: 1 } }),
    'config map too long': configMap('a', { data: { a: 'x'.repeat(1_100_000) } }),
    'too large for etcd': mirror('big', { revision: 1, big: 'x'.repeat(2_000_000) }),
    'request too large': configMap('a', { data: { a: 'x'.repeat(3_300_000) } }),
    'another name in the body': configMap('a', {}, { name: 'b' }),
    'failed test of a JSON patch': {
      method: 'PATCH',
      path: `${team('configmaps', 'frozen')}?fieldManager=accord`,
      contentType: 'application/json-patch+json',
      body: [{ op: 'test', path: '/metadata/uid', value: 'x' }],
    },
    'status of nothing': apply('/apis/accord.dev/v1alpha1/clusterpolicies/none/status', 'accord.dev/v1alpha1', 'ClusterPolicy', {
      status: { state: 'Applied' },
    }),
  };
  test.each(Object.entries(bySpoke))('%s', async (name, sent) => {
    expect(essence(await spoke.send(sent))).toEqual(essence(recordedAnswers[name as RecordedAnswer]));
  });

  /** Kinds that the spoke may not write are refused to it before these sentences come. */
  const byAdmin: Partial<Record<RecordedAnswer, Sent>> = {
    'kind not served': ghost,
    'immutable selector': deployment('c'),
    'immutable type': secret('example.com/x'),
    'immutable parameters': storage('c'),
    'immutable handler': runtime('c'),
    'immutable controller': ingress('a.b/c'),
    'deletion of a protected namespace': deletion('/api/v1/namespaces/kube-system'),
  };
  test.each(Object.entries(byAdmin))('%s', async (name, sent) => {
    expect(essence(await world.installer.send(sent))).toEqual(essence(recordedAnswers[name as RecordedAnswer]));
  });

  test('bad token', async () => {
    const { url, paths } = world.access;
    const stranger = new KubeClient({ url, caFile: paths.caFile, token: 'wrong' });
    expect(essence(await stranger.send(configMap('a')))).toEqual(essence(recordedAnswers['bad token']));
    stranger.close();
  });

  test('field conflict', async () => {
    await world.admin.edit(
      {
        kind: { group: '', version: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true },
        namespace: 'team',
        name: 'frozen',
      },
      'helm',
      { metadata: { labels: { 'accord.dev/policy': 'x' } } },
    );
    const { path, ...sent } = frozen('1');
    expect(essence(await spoke.send({ ...sent, path: path.replace('force=true', 'force=false') }))).toEqual(
      essence(recordedAnswers['field conflict']),
    );
  });

  test('every recorded answer is provoked here', () => {
    const provoked = [...Object.keys(bySpoke), ...Object.keys(byAdmin), 'bad token', 'field conflict'];
    expect(provoked.toSorted()).toEqual(Object.keys(recordedAnswers).toSorted());
  });
});

/** What is classified by. Uids and versions differ from run to run. */
function essence({ status, body }: KubeAnswer): unknown {
  const text = JSON.stringify(body)
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
    .replaceAll(/in record \(\d+\)/g, 'in record (<version>)');
  const parsed = JSON.parse(text) as JsonObject | string;
  if (typeof parsed === 'string') return { status, body: parsed };
  const { kind = null, reason = null, message = null, details = null } = parsed;
  return { status, kind, reason, message, details };
}
