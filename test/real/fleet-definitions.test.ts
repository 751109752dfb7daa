import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Row } from '@accord/proto/api';
import type { JsonObject } from '@accord/proto/canonical';
import { objectPath } from '@accord/spoke/kube/object-path';
import { definitionKind } from '@accord/spoke/kube/own-kinds';
import type { KindRef } from '@accord/spoke/kube/kube';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { definition, manifestsRole } from './kind-examples.ts';

const cluster = 'dev-1';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'dev' } }]);
  const role = manifestsRole('kinds-of-tests', {
    ...{ '': ['services'], apps: ['deployments'], batch: ['jobs'], 'apiextensions.k8s.io': ['customresourcedefinitions'] },
    'tools.example.com': ['hammers', 'saws', 'drills'],
  });
  expect((await it.kube(cluster, 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterroles', role)).status).toBe(201);
  await it.untilApplied('beside', await it.put('beside', { clusterSelector: {}, namespaces: [settings('beside')] }), [cluster]);
});
afterAll(() => it.stop());

const group = 'tools.example.com';
const kindOf = (kind: string): KindRef => ({ group, version: 'v1', kind, resource: `${kind.toLowerCase()}s`, namespaced: true });
const tool = (kind: string, namespace: string, name: string, size = 1): JsonObject => ({
  ...{ apiVersion: `${group}/v1`, kind, metadata: { name, namespace } },
  spec: { size },
});
const toolPath = (kind: string, namespace: string, name: string): string => objectPath({ kind: kindOf(kind), namespace, name });
const definitionPath = (kind: string): string =>
  objectPath({ kind: definitionKind, namespace: undefined, name: `${kind.toLowerCase()}s.${group}` });
const settings = (name: string) => ({ name, configMaps: [{ name: 'settings', data: { value: 'a' } }] });
const objects = (...manifests: readonly JsonObject[]) => manifests.map((manifest, at) => ({ id: `o${at}`, manifest }));
const row = async (policy: string): Promise<Row | undefined> => (await it.rows(policy))[0];
const untilSays = (policy: string, state: string, ...words: readonly string[]) =>
  until(`${policy} is ${state}: ${words.join(', ')}`, async () => {
    const { state: now, reportedRevision, revision, sentence = '' } = (await row(policy)) ?? {};
    return now === state && reportedRevision === revision && words.every((word) => sentence.includes(word));
  });
const live = async (path: string) => (await it.kube(cluster, 'GET', path)).body as JsonObject & { readonly metadata: JsonObject };
const versions = (paths: readonly string[]) => Promise.all(paths.map(async (path) => (await live(path)).metadata['resourceVersion']));
const size = async (path: string) => ((await live(path))['spec'] as JsonObject | undefined)?.['size'];
const edit = (path: string, change: object) => it.kube(cluster, 'PATCH', path, change);

/** Whatever waits, an edit elsewhere is healed meanwhile. */
async function healsBeside(): Promise<void> {
  const path = '/api/v1/namespaces/beside/configmaps/settings';
  await edit(path, { data: { value: 'edited' } });
  await until('the edit beside is healed', async () => ((await live(path))['data'] as JsonObject)['value'] === 'a');
}

describe('a policy with a definition and objects of its kind', () => {
  const spec = (description: string, fields?: JsonObject, ...more: readonly JsonObject[]) => ({
    ...{ clusterSelector: {}, description, namespaces: [{ name: 'workshop' }] },
    objects: objects(tool('Hammer', 'workshop', 'a'), tool('Hammer', 'workshop', 'b'), definition(group, 'Hammer', fields), ...more),
  });
  const paths = [definitionPath('Hammer'), toolPath('Hammer', 'workshop', 'a'), toolPath('Hammer', 'workshop', 'b')];

  test('is applied in one go, in whatever order it is written', async () => {
    await it.untilApplied('workshop', await it.put('workshop', spec('first')), [cluster]);
    expect(await Promise.all(paths.map((path) => it.status(cluster, path)))).toEqual([200, 200, 200]);
  });

  test('has its objects healed', async () => {
    await edit(paths[1] ?? '', { spec: { size: 7 } });
    await until('the edit is healed', async () => (await size(paths[1] ?? '')) === 1);
    await it.kube(cluster, 'DELETE', paths[2] ?? '');
    await until('it is there again', async () => (await size(paths[2] ?? '')) === 1);
  });

  test('is not sent again when its content is delivered again', async () => {
    await it.untilApplied('workshop', (await row('workshop'))?.revision ?? 0, [cluster]);
    const before = await versions(paths);
    await it.untilApplied('workshop', await it.put('workshop', spec('second')), [cluster]);
    expect(await versions(paths)).toEqual(before);
  });

  test('may change the definition together with an object that needs the change', async () => {
    const fields = { size: { type: 'integer' }, weight: { type: 'integer' } };
    const heavy = { ...tool('Hammer', 'workshop', 'c'), spec: { size: 1, weight: 5 } };
    await it.untilApplied('workshop', await it.put('workshop', spec('third', fields, heavy)), [cluster]);
    expect((await live(toolPath('Hammer', 'workshop', 'c')))['spec']).toEqual({ size: 1, weight: 5 });
  });

  test('puts all of it back when somebody deletes the definition, which takes the objects along', async () => {
    const { uid } = (await live(definitionPath('Hammer'))).metadata;
    await it.kube(cluster, 'DELETE', definitionPath('Hammer'));
    await until('a new definition and its objects are there', async () => {
      const now = (await live(definitionPath('Hammer'))).metadata;
      return now['uid'] !== uid && (await size(paths[1] ?? '')) === 1 && (await size(paths[2] ?? '')) === 1;
    });
    await untilSays('workshop', 'Applied');
  });

  test('does not remove the definition before the last object of its kind is gone', async () => {
    const held = { metadata: { annotations: { 'accord.dev/hold-until': new Date(Date.now() + 3_600_000).toISOString() } } };
    await edit(paths[1] ?? '', held);
    await it.delete('workshop');
    await until('the others are gone', async () => (await it.status(cluster, paths[2] ?? '')) === 404);
    await until('the row says what is waited for', async () =>
      ((await row('workshop'))?.problems ?? []).some(({ message }) => message.includes('Hammer workshop/a')),
    );
    expect(await it.status(cluster, definitionPath('Hammer'))).toBe(200);
    await edit(paths[1] ?? '', { metadata: { annotations: { 'accord.dev/hold-until': null } } });
    await until('nothing is left', async () => (await it.status(cluster, definitionPath('Hammer'))) === 404);
    await until('the policy is gone', async () => (await it.rows('workshop')).length === 0);
  });
});

describe('an object whose kind nobody defines', () => {
  test('waits by name, holds up nothing, and is applied when another policy brings the definition', async () => {
    const revision = await it.put('sawing', {
      clusterSelector: {},
      namespaces: [settings('sawing')],
      objects: objects(tool('Saw', 'sawing', 'a')),
    });
    await untilSays('sawing', 'Blocked', `Saw sawing/a: this API server does not serve ${group}/v1 Saw`, 'Install the definition');
    expect(await it.status(cluster, '/api/v1/namespaces/sawing/configmaps/settings')).toBe(200);
    await healsBeside();
    await it.put('saws', { clusterSelector: {}, objects: objects(definition(group, 'Saw')) });
    await until('it is applied', async () => (await size(toolPath('Saw', 'sawing', 'a'))) === 1, 5_000);
    await it.untilApplied('sawing', revision, [cluster]);
  });

  test('is no drift when its definition goes, and comes back with it', async () => {
    await it.kube(cluster, 'POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition(group, 'Drill'));
    await it.untilApplied(
      'drilling',
      await it.put('drilling', {
        clusterSelector: {},
        namespaces: [settings('drilling')],
        objects: objects(tool('Drill', 'drilling', 'a')),
      }),
      [cluster],
    );
    await it.kube(cluster, 'DELETE', definitionPath('Drill'));
    await untilSays('drilling', 'Blocked', 'does not serve');
    const heals = (await row('drilling'))?.heals;
    await healsBeside();
    expect((await row('drilling'))?.heals).toBe(heals);
    await it.kube(cluster, 'POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition(group, 'Drill'));
    await until('it is there again', async () => (await size(toolPath('Drill', 'drilling', 'a'))) === 1, 5_000);
    await untilSays('drilling', 'Applied');
  });
});

describe('what has a higher order', () => {
  const labels = { app: 'web' };
  const deployment: JsonObject = {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'rolling' } },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } } },
  };
  const service: JsonObject = {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'rolling' } },
    spec: { selector: labels, ports: [{ port: 80 }] },
  };
  const servicePath = '/api/v1/namespaces/rolling/services/web';
  const deploymentPath = '/apis/apps/v1/namespaces/rolling/deployments/web';

  test('waits until a Deployment before it is rolled out, and says what that one lacks', async () => {
    const parts = [
      { id: 'd', manifest: deployment },
      { id: 's', manifest: service, order: 1 },
    ];
    const revision = await it.put('rolling', { clusterSelector: {}, namespaces: [{ name: 'rolling' }], objects: parts });
    await untilSays(
      'rolling',
      'Retrying',
      'Service rolling/web: waits for Deployment rolling/web, which has not been looked at by its controller',
    );
    await healsBeside();
    const rollOut = (available: number) => ({
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: available,
      availableReplicas: available,
    });
    await edit(`${deploymentPath}/status`, { status: rollOut(0) });
    await untilSays('rolling', 'Retrying', 'has 0 of 1 replicas available');
    expect(await it.status(cluster, servicePath)).toBe(404);
    await edit(`${deploymentPath}/status`, { status: rollOut(1) });
    await it.untilApplied('rolling', revision, [cluster]);
  });

  test('waits until a Job before it is complete; a failed one is the end of waiting, until it is made anew', async () => {
    const container = { name: 'migrate', image: 'migrate' };
    const job: JsonObject = {
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate', namespace: 'migrating' } },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } },
    };
    const after: JsonObject = { ...service, metadata: { name: 'web', namespace: 'migrating' } };
    const parts = [
      { id: 'j', manifest: job },
      { id: 's', manifest: after, order: 1 },
    ];
    const [jobPath, afterPath] = ['/apis/batch/v1/namespaces/migrating/jobs/migrate', '/api/v1/namespaces/migrating/services/web'];
    const startTime = '2026-01-01T00:00:00Z';
    // As the controller of Jobs writes it, in its order: first what is decided, then what has come of it.
    const ends = async (types: readonly string[], status: object, why: object = {}): Promise<void> => {
      const conditions = types.map((type) => ({ type, status: 'True', lastProbeTime: startTime, lastTransitionTime: startTime, ...why }));
      const answer = await edit(`${jobPath}/status`, { status: { startTime, conditions, ...status } });
      expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    };
    const revision = await it.put('migrating', { clusterSelector: {}, namespaces: [{ name: 'migrating' }], objects: parts });
    await untilSays('migrating', 'Retrying', 'Service migrating/web: waits for Job migrating/migrate, which is not complete yet');
    await healsBeside();
    await ends(
      ['FailureTarget', 'Failed'],
      { failed: 1 },
      { reason: 'BackoffLimitExceeded', message: 'Job has reached the backoff limit' },
    );
    await untilSays(
      'migrating',
      'Failed',
      'which has failed: Job has reached the backoff limit. ',
      'kubectl describe job -n migrating migrate',
    );
    expect((await row('migrating'))?.reason).toBe('EarlierFailed');
    expect(await it.status(cluster, afterPath)).toBe(404);
    await it.kubectl(cluster, 'delete', 'job', '-n', 'migrating', 'migrate');
    await untilSays('migrating', 'Retrying', 'which is not complete yet');
    await ends(['SuccessCriteriaMet', 'Complete'], { succeeded: 1, completionTime: startTime });
    await it.untilApplied('migrating', revision, [cluster]);
    expect(await it.status(cluster, afterPath)).toBe(200);
  });

  test('does not wait for a Deployment that its controller has given up, and says why', async () => {
    const given = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out progressing' };
    const stuck: JsonObject = { ...deployment, metadata: { name: 'stuck', namespace: 'rolling' } };
    const parts = [
      { id: 'd', manifest: stuck },
      { id: 's', manifest: { ...service, metadata: { name: 'stuck', namespace: 'rolling' } }, order: 1 },
    ];
    const revision = await it.put('stuck', { clusterSelector: {}, objects: parts });
    await untilSays('stuck', 'Retrying', 'has not been looked at by its controller');
    const path = '/apis/apps/v1/namespaces/rolling/deployments/stuck/status';
    await edit(path, { status: { observedGeneration: 1, conditions: [given] } });
    await untilSays('stuck', 'Failed', 'waits for Deployment rolling/stuck, which does not progress: timed out progressing');
    const rolledOut = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
    await edit(path, { status: { observedGeneration: 1, conditions: [], ...rolledOut } });
    await it.untilApplied('stuck', revision, [cluster]);
  });

  test('is healed although that one is not ready any more', async () => {
    await edit(`${deploymentPath}/status`, { status: { availableReplicas: 0, readyReplicas: 0 } });
    await it.kube(cluster, 'DELETE', servicePath);
    await until('the Service is there again', async () => (await it.status(cluster, servicePath)) === 200);
  });
});

describe('a permission that is missing', () => {
  test('is named with the command that gives it, and running exactly that is enough', async () => {
    const labels = { app: 'db' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'db', image: 'db' }] } };
    const held = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'asking' },
      spec: { serviceName: 'db', selector: { matchLabels: labels }, template },
    };
    const unknown = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'db', namespace: 'asking' },
      addressType: 'IPv4',
      endpoints: [],
    };
    const revision = await it.put('asking', { clusterSelector: {}, namespaces: [{ name: 'asking' }], objects: objects(held, unknown) });
    // The one is only held, which the guard rail says; the other is not even held.
    await untilSays(
      'asking',
      'Failed',
      'the spoke may not write statefulsets.apps (and 1 more). If its owner agrees, on dev-1 run: kubectl',
    );
    // What the spoke cannot see holds up no removal of what it can.
    await it.untilApplied('leaving', await it.put('leaving', { clusterSelector: {}, namespaces: [settings('leaving')] }), [cluster]);
    await it.delete('leaving');
    await until('another policy leaves meanwhile', async () => (await it.rows('leaving')).length === 0);
    const [, command = ''] = / run: (.*)$/.exec((await it.currentRows('asking'))[0]?.sentence ?? '') ?? [];
    expect(command).toContain('--resource=endpointslices.discovery.k8s.io,statefulsets.apps');
    await promisify(execFile)('sh', ['-c', command], { env: { ...process.env, KUBECONFIG: it.fleet.paths.cluster(cluster).kubeconfig } });
    await it.untilApplied('asking', revision, [cluster]);
  });
});
