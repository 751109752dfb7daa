import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

// What becomes of a Namespace whose policy says deletion: DeleteIfEmpty or DeleteIfCreated, and of what grants rights in one that is given back. The raw token of the spoke is tried in attacks-spoke.test.ts.
const cluster = 'eu-1';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'prod' } }]);
});
afterAll(() => it.stop());

const run = promisify(execFile);
const namespacePath = (name: string): string => `/api/v1/namespaces/${name}`;
const ending = (...names: readonly string[]) => ({
  clusterSelector: {},
  namespaces: names.map((name) => ({ name, deletion: 'DeleteIfEmpty', configMaps: [{ name: 'ours', data: { a: '1' } }] })),
});
const endingWhole = (name: string, deletion = 'DeleteIfCreated') => ({
  clusterSelector: {},
  namespaces: [{ name, deletion, configMaps: [{ name: 'ours', data: { a: '1' } }] }],
});
const configMapsIn = (name: string): Promise<string> => it.kubectl(cluster, 'get', 'configmap', '-n', name, '-o', 'name');
const isThere = async (name: string): Promise<boolean> => (await it.status(cluster, namespacePath(name))) === 200;
const untilGone = (name: string) => until(`namespace ${name} goes`, async () => (await it.status(cluster, namespacePath(name))) === 404);
const labelOf = async (name: string): Promise<string | undefined> => {
  const { body } = await it.kube(cluster, 'GET', namespacePath(name));
  return (body as { readonly metadata: { readonly labels: Readonly<Record<string, string>> } }).metadata.labels['accord.dev/policy'];
};
const untilGivenBack = (name: string) => until(`namespace ${name} is given back`, async () => (await labelOf(name)) === undefined);
async function untilSaid(policy: string, text: string): Promise<string> {
  let said = '';
  await until(`the row of ${policy} says ${text}`, async () => {
    said = (await it.currentRows(policy))[0]?.sentence ?? '';
    return said.includes(text);
  });
  return said;
}
const settle = async (policy: string, spec: object): Promise<void> => it.untilApplied(policy, await it.put(policy, spec), [cluster]);
const untilForgotten = (policy: string) => until(`${policy} has left`, async () => (await it.rows(policy)).length === 0);

/** Nothing goes before a person says so, in the words of the row. */
async function confirm(policy: string, text: string): Promise<void> {
  expect(await untilSaid(policy, text)).toMatch(new RegExp(`: accord confirm-removal ${policy}$`));
  await it.accord('confirm-removal', policy, '--yes');
}

/** What the row says, as the owner of the cluster runs it. */
async function runAdvice(sentence: string): Promise<void> {
  const [, command = ''] = /: (kubectl create .*)$/.exec(sentence) ?? [];
  expect(command).not.toBe('');
  await run('sh', ['-c', command], { env: { ...process.env, KUBECONFIG: it.fleet.paths.cluster(cluster).kubeconfig } });
}

/** Once the server knows what it was granted, the spoke looks at everything anew, instead of later by itself. */
async function lookAgainWhen(verb: string, resource: string): Promise<void> {
  const as = 'system:serviceaccount:accord-system:accord-spoke';
  await until(`the spoke may ${verb} ${resource}`, async () =>
    (await it.kubectl(cluster, 'auth', 'can-i', verb, resource, '--all-namespaces', '--as', as)).startsWith('yes'),
  );
  await it.relabel(cluster, { env: 'prod', granted: `${verb}-${resource}` });
}

test('one that would go with everything in it waits for a person, also where the policy was deleted, and then for the right', async () => {
  await settle('whole', endingWhole('whole'));
  await it.kubectl(cluster, 'create', 'configmap', 'theirs', '-n', 'whole');
  await it.delete('whole');
  const asked = 'would remove 2 objects (with Namespace whole and everything in it, ConfigMap theirs among it';
  expect(await untilSaid('whole', asked)).toMatch(/: accord confirm-removal whole$/);
  expect(await configMapsIn('whole')).toMatch(/configmap\/ours\n.*configmap\/theirs/s);
  await it.accord('confirm-removal', 'whole', '--yes');
  const says = await untilSaid('whole', 'the spoke may not delete namespaces');
  expect(says).toMatch(/kubectl create clusterrolebinding accord-spoke-namespace-delete --clusterrole=accord-spoke-namespace-delete /);
  expect([await isThere('whole'), await labelOf('whole')]).toEqual([true, 'whole']);
});

test('an empty namespace goes once the owner of the cluster lets the spoke delete it', async () => {
  await settle('empty', ending('empty'));
  await it.delete('empty');
  const says = await untilSaid('empty', 'the spoke may not delete namespaces');
  expect([await isThere('empty'), await labelOf('empty')]).toEqual([true, 'empty']);
  await runAdvice(says);
  await lookAgainWhen('delete', 'namespaces');
  await untilGone('empty');
  await untilForgotten('empty');
});

test('with that right what a person has confirmed goes with what others have in it', async () => {
  await untilGone('whole');
  await untilForgotten('whole');
});

test('on a cluster that no longer matches as well, and the row says what is still in it', async () => {
  await settle('lost', { ...endingWhole('lost'), clusterSelector: { matchLabels: { env: 'prod' } } });
  const stuck = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stuck', finalizers: ['example.com/stays'] } };
  expect((await it.kube(cluster, 'POST', '/api/v1/namespaces/lost/configmaps', stuck)).status).toBe(201);
  await it.relabel(cluster, { env: 'dev' });
  await confirm('lost', 'with Namespace lost and everything in it, ConfigMap stuck among it');
  await untilSaid('lost', 'example.com/stays in 1 resource instances');
  expect(await configMapsIn('lost')).toBe('configmap/stuck\n');
  const free = '[{"op":"remove","path":"/metadata/finalizers"}]';
  await it.kubectl(cluster, 'patch', 'configmap', 'stuck', '-n', 'lost', '--type=json', '-p', free);
  await untilGone('lost');
  await untilForgotten('lost');
  await it.relabel(cluster, { env: 'prod' });
});

test('what was adopted, and what its policy keeps since, is given back, and nobody is asked', async () => {
  await it.kubectl(cluster, 'create', 'namespace', 'taken');
  await it.kubectl(cluster, 'annotate', 'namespace', 'taken', 'accord.dev/adoptable=true');
  await settle('taken', endingWhole('taken'));
  await settle('kept', endingWhole('kept'));
  await settle('kept', endingWhole('kept', 'Retain'));
  for (const name of ['taken', 'kept']) {
    await it.delete(name);
    await untilGivenBack(name);
    await untilForgotten(name);
    expect(await isThere(name)).toBe(true);
  }
});

test('what others have in it keeps it, and the row says what that is', async () => {
  await settle('used', ending('used', 'going'));
  await it.kubectl(cluster, 'create', 'configmap', 'theirs', '-n', 'used');
  await it.put('used', ending('going'));
  await confirm('used', 'would remove 2 objects (with Namespace used)');
  await untilSaid('used', 'Namespace used is given back and not deleted, as ConfigMap theirs is in it');
  await untilGivenBack('used');
  await it.delete('used');
  await untilGone('going');
  expect(await it.kubectl(cluster, 'get', 'configmap', '-n', 'used', '-o', 'name')).toContain('configmap/theirs');
});

test('a cluster that no longer matches keeps an empty one until a person says that it goes', async () => {
  await settle('moved', { ...ending('moved'), clusterSelector: { matchLabels: { env: 'prod' } } });
  await it.relabel(cluster, { env: 'dev' });
  await untilSaid('moved', 'would remove 2 objects (with Namespace moved)');
  expect([await isThere('moved'), await labelOf('moved')]).toEqual([true, 'moved']);
  await confirm('moved', 'waits for a person');
  await untilGone('moved');
  await untilForgotten('moved');
  await it.relabel(cluster, { env: 'prod' });
});

test('a Secret keeps it, and the spoke keeps no right to see it', async () => {
  await settle('sealed', ending('sealed'));
  await it.kubectl(cluster, 'create', 'secret', 'generic', 'theirs', '-n', 'sealed', '--from-literal=a=1');
  await it.delete('sealed');
  await untilGivenBack('sealed');
  await untilForgotten('sealed');
  expect(await it.kubectl(cluster, 'get', 'rolebindings', '-n', 'sealed', '-o', 'name')).toBe('');
  expect(await it.kubectl(cluster, 'get', 'secrets', '-n', 'sealed', '-o', 'name')).toBe('secret/theirs\n');
});

test('an adopted one is given back, empty as it is', async () => {
  await it.kubectl(cluster, 'create', 'namespace', 'adopted');
  await it.kubectl(cluster, 'annotate', 'namespace', 'adopted', 'accord.dev/adoptable=true');
  await settle('adopted', ending('adopted'));
  await it.delete('adopted');
  await untilGivenBack('adopted');
  await untilForgotten('adopted');
  expect(await isThere('adopted')).toBe(true);
});

test('a kind that the spoke may not list keeps it, until the owner of the cluster runs what the row says', async () => {
  const names = { kind: 'Widget', plural: 'widgets' };
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }];
  const spec = { group: 'example.com', scope: 'Namespaced', names, versions };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec,
  };
  expect((await it.kube(cluster, 'POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition)).status).toBe(201);
  await until('widgets are served', async () => (await it.status(cluster, '/apis/example.com/v1/widgets')) === 200);
  await settle('hidden', ending('hidden'));
  await it.delete('hidden');
  const says = await untilSaid('hidden', 'the spoke may not list');
  expect([await isThere('hidden'), await labelOf('hidden')]).toEqual([true, 'hidden']);
  await runAdvice(says);
  await lookAgainWhen('list', 'widgets.example.com');
  await untilGone('hidden');
  await untilForgotten('hidden');
});

test('while one is being deleted the row says what keeps it, and the policy goes on by itself', async () => {
  const stuck = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stuck', finalizers: ['example.com/stays'] } };
  await it.kubectl(cluster, 'create', 'namespace', 'leaving');
  await it.kubectl(cluster, 'label', 'namespace', 'leaving', 'accord.dev/allow=true');
  expect((await it.kube(cluster, 'POST', '/api/v1/namespaces/leaving/configmaps', stuck)).status).toBe(201);
  await it.kubectl(cluster, 'delete', 'namespace', 'leaving', '--wait=false');
  await until('its controller says what is left', async () =>
    JSON.stringify(await it.kube(cluster, 'GET', namespacePath('leaving'))).includes('example.com/stays'),
  );
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ours', namespace: 'leaving' }, data: { a: '1' } };
  await it.put('late', { clusterSelector: {}, objects: [{ id: 'ours', manifest }] });
  const says = await untilSaid('late', 'example.com/stays in 1 resource instances');
  expect(says).toMatch(/ Namespace leaving is being deleted: .* kubectl get namespace leaving -o yaml$/);
  await it.kubectl(
    cluster,
    'patch',
    'configmap',
    'stuck',
    '-n',
    'leaving',
    '--type=json',
    '-p',
    '[{"op":"remove","path":"/metadata/finalizers"}]',
  );
  await untilGone('leaving');
  await it.kubectl(cluster, 'create', 'namespace', 'leaving');
  await it.kubectl(cluster, 'label', 'namespace', 'leaving', 'accord.dev/allow=true');
  await it.untilApplied('late', 1, [cluster]);
});

test('a protected one is refused when the policy is written', async () => {
  await expect(it.put('system', ending('kube-system'))).rejects.toThrow('ProtectedNamespace');
});

test('prune: None gives roles and bindings back, but no grant with an end, whoever annotates it', async () => {
  const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }];
  const endsIn = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const bindings = [
    { role: 'reader', groups: ['g'] },
    { clusterRole: 'view', groups: ['g'], until: endsIn(3_600_000) },
    { clusterRole: 'edit', groups: ['g'], until: endsIn(5_000) },
  ];
  const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/rights';
  const named = (role: string): string => `${rbac}/rolebindings/accord:rights:${role}`;
  await settle('rights', {
    clusterSelector: {},
    prune: 'None',
    namespaces: [{ name: 'rights', roles: [{ name: 'reader', rules }], bindings }],
  });
  for (const role of ['view', 'edit'])
    await it.kubectl(
      cluster,
      'annotate',
      '--overwrite',
      '-n',
      'rights',
      'rolebinding',
      `accord:rights:${role}`,
      'accord.dev/deletion=retain',
    );
  await until('one is over', async () => (await it.status(cluster, named('edit'))) === 404);
  await it.delete('rights');
  await untilForgotten('rights');
  expect(await it.status(cluster, named('view'))).toBe(404);
  for (const path of [named('reader'), `${rbac}/roles/reader`]) {
    const { status, body } = await it.kube(cluster, 'GET', path);
    const { labels = {} } = (body as { readonly metadata: { readonly labels?: Readonly<Record<string, string>> } }).metadata;
    expect([path, status, labels['accord.dev/policy']]).toEqual([path, 200, undefined]);
  }
});
