import type { JsonObject } from '@accord/proto/canonical';
import { objectPath } from '@accord/spoke/kube/object-path';
import type { KindRef } from '@accord/spoke/kube/kube';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { manifestsRole } from './kind-examples.ts';

// What becomes of an object whose policy changes a field that never changes: packages/core/src/apply/recreatable.ts on a real API server.
const cluster = 'dev-1';
const rbac = 'rbac.authorization.k8s.io';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'dev' } }]);
  const role = manifestsRole('kinds-of-tests', {
    ...{ '': ['services', 'persistentvolumeclaims'], apps: ['statefulsets', 'deployments'], batch: ['jobs'] },
    ...{ 'scheduling.k8s.io': ['priorityclasses'], 'storage.k8s.io': ['storageclasses'] },
    ...{ 'node.k8s.io': ['runtimeclasses'], 'networking.k8s.io': ['ingressclasses'] },
  });
  await it.kube(cluster, 'POST', `/apis/${rbac}/v1/clusterroles`, role);
  const as = 'system:serviceaccount:accord-system:accord-spoke';
  await until('the spoke may write them', async () =>
    (await it.kubectl(cluster, 'auth', 'can-i', 'delete', 'ingressclasses.networking.k8s.io', '--as', as)).startsWith('yes'),
  );
});
afterAll(() => it.stop());

/** One object in two versions, between which the API server lets nobody change it. */
interface Changing {
  readonly kind: KindRef;
  readonly of: (version: 0 | 1) => JsonObject;
}
const kind = (group: string, name: string, resource: string, namespaced = true): KindRef => ({
  ...{ group, version: 'v1', kind: name, resource, namespaced },
});
const ab = (version: 0 | 1): string => (version === 0 ? 'a' : 'b');
const container = (version: 0 | 1): JsonObject => ({ name: 'c', image: `example.com/${ab(version)}:1` });
const podOf = (version: 0 | 1): JsonObject => ({
  metadata: { labels: { app: 'x' } },
  spec: { restartPolicy: 'Never', containers: [container(version)] },
});
const toView = (version: 0 | 1): JsonObject => ({
  roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: `anew-${ab(version)}` },
  subjects: [{ apiGroup: rbac, kind: 'Group', name: 'g' }],
});

const madeAnew: readonly Changing[] = [
  { kind: kind(rbac, 'RoleBinding', 'rolebindings'), of: toView },
  { kind: kind(rbac, 'ClusterRoleBinding', 'clusterrolebindings', false), of: toView },
  {
    kind: kind('', 'ResourceQuota', 'resourcequotas'),
    of: (at) => ({ spec: { hard: { pods: '5' }, scopes: at === 0 ? ['BestEffort'] : ['Terminating'] } }),
  },
  { kind: kind('', 'ConfigMap', 'configmaps'), of: (at) => ({ immutable: true, data: { value: ab(at) } }) },
  { kind: kind('scheduling.k8s.io', 'PriorityClass', 'priorityclasses', false), of: (at) => ({ value: at + 1 }) },
  {
    kind: kind('storage.k8s.io', 'StorageClass', 'storageclasses', false),
    of: (at) => ({ provisioner: 'example.com/x', parameters: { a: ab(at) } }),
  },
  { kind: kind('node.k8s.io', 'RuntimeClass', 'runtimeclasses', false), of: (at) => ({ handler: ab(at) }) },
  {
    kind: kind('networking.k8s.io', 'IngressClass', 'ingressclasses', false),
    of: (at) => ({ spec: { controller: `example.com/${ab(at)}` } }),
  },
];
const leftAlone: readonly Changing[] = [
  { kind: kind('batch', 'Job', 'jobs'), of: (at) => ({ spec: { suspend: true, template: podOf(at) } }) },
  {
    kind: kind('', 'Service', 'services'),
    of: (at) => ({ spec: { clusterIP: at === 0 ? 'None' : '10.0.0.77', selector: { app: 'x' }, ports: [{ port: 80, protocol: 'TCP' }] } }),
  },
  {
    // The API server gives it a finalizer of its own, which no guard rail may take for the policy's.
    kind: kind('', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
    of: (at) => ({ spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: ab(at) } }),
  },
  {
    kind: kind('apps', 'StatefulSet', 'statefulsets'),
    of: (at) => ({
      spec: {
        ...{ replicas: 0, serviceName: ab(at), selector: { matchLabels: { app: 'x' } } },
        template: { metadata: { labels: { app: 'x' } }, spec: { containers: [container(0)] } },
      },
    }),
  },
];

const nameOf = (namespace: string, { kind: { resource } }: Changing): string => `${namespace}-${resource}`;
const pathOf = (namespace: string, one: Changing): string =>
  objectPath({ kind: one.kind, namespace: one.kind.namespaced ? namespace : undefined, name: nameOf(namespace, one) });
function specOf(namespace: string, objects: readonly Changing[], version: 0 | 1): JsonObject {
  const clusterRoles = namespace === 'anew' ? ['anew-a', 'anew-b'].map((name) => ({ name, rules: [] })) : [];
  const manifests = objects.map((one) => ({
    apiVersion: one.kind.group === '' ? 'v1' : `${one.kind.group}/v1`,
    kind: one.kind.kind,
    metadata: { name: nameOf(namespace, one), ...(one.kind.namespaced && { namespace }) },
    ...one.of(version),
  }));
  return {
    clusterSelector: {},
    clusterRoles,
    namespaces: [{ name: namespace }],
    objects: manifests.map((manifest, at) => ({ id: `o${at}`, manifest })),
  };
}
async function uidOf(path: string): Promise<string> {
  const { body } = await it.kube(cluster, 'GET', path);
  return (body as { readonly metadata?: { readonly uid?: string } }).metadata?.uid ?? `none at ${path}`;
}
const uidsOf = (namespace: string, objects: readonly Changing[]): Promise<readonly string[]> =>
  Promise.all(objects.map((one) => uidOf(pathOf(namespace, one))));
const rowOf = async (policy: string) => (await it.rows(policy))[0];
async function untilSaid(policy: string, state: string, text: string): Promise<string> {
  let said = '';
  await until(`${policy} is ${state}: ${text}`, async () => {
    const row = await rowOf(policy);
    said = row?.sentence ?? '';
    return row?.state === state && row.reportedRevision === row.revision && said.includes(text);
  });
  return said;
}

describe('a field that the API server never changes', () => {
  test('is changed by making the object anew, of each kind that loses nothing by it', async () => {
    await it.untilApplied('anew', await it.put('anew', specOf('anew', madeAnew, 0)), [cluster]);
    const before = await uidsOf('anew', madeAnew);
    await it.untilApplied('anew', await it.put('anew', specOf('anew', madeAnew, 1)), [cluster]);
    const after = await uidsOf('anew', madeAnew);
    expect(madeAnew.filter((_, at) => before[at] === after[at]).map((one) => one.kind.kind)).toEqual([]);
    expect(new Set([...before, ...after]).size).toBe(2 * madeAnew.length);
  });

  test('stays where something would be lost, and the row says so', async () => {
    await it.untilApplied('kept', await it.put('kept', specOf('kept', leftAlone, 0)), [cluster]);
    const before = await uidsOf('kept', leftAlone);
    await it.put('kept', specOf('kept', leftAlone, 1));
    await untilSaid('kept', 'Failed', '');
    const problems = (await rowOf('kept'))?.problems.map(({ object, state }) => `${object.split('/')[1]} ${state}`) ?? [];
    expect(problems.toSorted()).toEqual(leftAlone.map((one) => `${one.kind.kind} Failed`).toSorted());
    expect(await uidsOf('kept', leftAlone)).toEqual(before);
  });

  const frozen = madeAnew.filter((one) => one.kind.kind === 'ConfigMap');

  test('stays where the object was there before', async () => {
    const [one] = frozen;
    if (one === undefined) throw new Error('no ConfigMap');
    await it.kubectl(cluster, 'create', 'namespace', 'lent');
    await it.kubectl(cluster, 'annotate', 'namespace', 'lent', 'accord.dev/adoptable=true');
    const metadata = { name: nameOf('lent', one), annotations: { 'accord.dev/adoptable': 'true' } };
    const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...one.of(0) };
    expect((await it.kube(cluster, 'POST', '/api/v1/namespaces/lent/configmaps', theirs)).status).toBe(201);
    await it.untilApplied('lent', await it.put('lent', specOf('lent', frozen, 0)), [cluster]);
    const before = await uidsOf('lent', frozen);
    await it.put('lent', specOf('lent', frozen, 1));
    await untilSaid('lent', 'Failed', 'field is immutable');
    expect(await uidsOf('lent', frozen)).toEqual(before);
  });

  test('is waited for while a finalizer keeps the object, which the row names', async () => {
    await it.untilApplied('stuck', await it.put('stuck', specOf('stuck', frozen, 0)), [cluster]);
    const [before = ''] = await uidsOf('stuck', frozen);
    const finalizers = (value: string) => [
      'patch',
      'configmap',
      'stuck-configmaps',
      '-n',
      'stuck',
      '--type=merge',
      '-p',
      `{"metadata":{"finalizers":${value}}}`,
    ];
    await it.kubectl(cluster, ...finalizers('["example.com/stays"]'));
    const revision = await it.put('stuck', specOf('stuck', frozen, 1));
    const says = await untilSaid('stuck', 'Blocked', 'waits for its finalizer example.com/stays');
    expect(says).toMatch(/ kubectl get configmap stuck-configmaps -n stuck -o yaml$/);
    await it.kubectl(cluster, ...finalizers('null'));
    await it.untilApplied('stuck', revision, [cluster]);
    expect(await uidsOf('stuck', frozen)).not.toEqual([before]);
  });
});
