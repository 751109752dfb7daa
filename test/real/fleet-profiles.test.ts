import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KubeClient } from '@accord/local/control-plane/kube-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until, type FleetFixture } from './fleet-fixture.ts';
import { buildConfig, isHealthy, listProfiles, propertyOf, type ClusterProfile } from './inventory-consumer.ts';
import { makeLoginPlugin } from './login-plugin.ts';
import { clusterProfileDefinition, withoutAccessProviders, withV1alpha2 } from './standard-definitions.ts';
import { StandardsFleet } from './standards-fleet.ts';

const run = promisify(execFile);
const profiles = (namespace: string, version = 'v1alpha1'): string =>
  `/apis/multicluster.x-k8s.io/${version}/namespaces/${namespace}/clusterprofiles`;
/** A trouble is looked at again within half a minute, and a profile is written that often. */
const patientMs = 60_000;

let standards: StandardsFleet;
let it: FleetFixture;
beforeAll(async () => {
  standards = await StandardsFleet.start();
  ({ it } = standards);
});
afterAll(() => it.stop());

const project = (name: string, ...namespaces: readonly string[]): Promise<string> =>
  standards.patch(name, { projectProfiles: namespaces.length === 0 ? null : { namespaces } });
const says = (text: string) => async (): Promise<boolean> => (await standards.alarmOf('eu-1')).includes(text);
const isQuiet = async (): Promise<boolean> => (await standards.alarmOf('eu-1')) === '';

async function profile(cluster: string, name: string, namespace = 'fleet', version = 'v1alpha1'): Promise<ClusterProfile | undefined> {
  const { status, body } = await it.kube(cluster, 'GET', `${profiles(namespace, version)}/${name}`);
  return status === 200 ? (body as ClusterProfile) : undefined;
}

const healthOf = async (cluster: string, name: string): Promise<string | undefined> =>
  (await profile(cluster, name))?.status?.conditions?.find(({ type }) => type === 'ControlPlaneHealthy')?.status;
const kubeClient = (cluster: string, token: string): KubeClient => {
  const { url, paths } = it.fleet.controlPlanes.cluster(cluster);
  return new KubeClient({ url, caFile: paths.caFile, token });
};
const isHealth = (name: string, status: string) => async (): Promise<boolean> => (await healthOf('eu-1', name)) === status;

describe('ClusterProfiles in a cluster of choice', () => {
  test('what is missing is an alarm each, and its command mends it', { timeout: 240_000 }, async () => {
    await project('eu-1', 'fleet');
    await until('the kind is missing', says('this API server has no kind ClusterProfile'), patientMs);
    expect(await standards.alarmOf('eu-1')).toMatch(/^ProfilesNotProjected fleet: .*kubectl apply -f https:\/\/\S+clusterprofiles\.yaml$/);
    await standards.install('eu-1', clusterProfileDefinition());
    await until('the permission is missing', says('the spoke may not write ClusterProfiles there'), patientMs);
    await it.kubectl('eu-1', 'create', 'namespace', 'fleet');
    await standards.obeyAlarm('eu-1');
    await until(
      'both are there',
      async () => (await healthOf('eu-1', 'eu-1')) === 'True' && (await healthOf('eu-1', 'us-1')) === 'True',
      patientMs,
    );
    await until('nothing is missing', isQuiet, patientMs);
    const { code, out } = await standards.accord('doctor');
    expect([code, out]).toEqual([0, expect.not.stringContaining('ProfilesNotProjected')]);
  });

  test('a missing namespace is an alarm, and the other one is written all the same', { timeout: 180_000 }, async () => {
    await it.kubectl(
      'eu-1',
      'create',
      'clusterrolebinding',
      'everywhere',
      '--clusterrole=accord-spoke-profiles',
      '--serviceaccount=accord-system:accord-spoke',
    );
    await project('eu-1', 'fleet', 'second');
    await until('it is told', async () => (await standards.alarmOf('eu-1')).endsWith('kubectl create namespace second'), patientMs);
    await standards.obeyAlarm('eu-1');
    await until('the copy is there', async () => (await profile('eu-1', 'us-1', 'second'))?.status !== undefined, patientMs);
    const copies = await Promise.all(['fleet', 'second'].map((namespace) => profile('eu-1', 'us-1', namespace)));
    const ids = copies.map((copy) => copy?.metadata.labels['multicluster.x-k8s.io/inventory-member-id']);
    expect(ids).toEqual([standards.idOf.get('us-1'), standards.idOf.get('us-1')]);
    await until('the alarm ends', isQuiet, patientMs);
    await project('eu-1', 'fleet');
    await until('the second is cleared', async () => (await profile('eu-1', 'us-1', 'second')) === undefined, patientMs);
    expect(await profile('eu-1', 'us-1')).toBeDefined();
    await it.kubectl('eu-1', 'delete', 'clusterrolebinding', 'everywhere');
  });

  test('a consumer finds a member, reads it, and reaches it with a plugin of its own', { timeout: 180_000 }, async () => {
    for (const cluster of ['eu-1', 'us-1']) await standards.tellEndpoint(cluster);
    const reader = kubeClient(
      'eu-1',
      await standards.account('eu-1', 'fleet/consumer', 'get,list,watch', 'clusterprofiles.multicluster.x-k8s.io'),
    );
    const selector = `x-k8s.io/cluster-manager=accord,multicluster.x-k8s.io/inventory-member-id=${standards.idOf.get('us-1')}`;
    const find = () => listProfiles(reader, { version: 'v1alpha1', namespace: 'fleet', selector });
    await until('it is told how us-1 is reached', async () => (await find())[0]?.status?.accessProviders !== undefined, patientMs);
    const found = await find();
    reader.close();
    expect(found.map(({ metadata }) => metadata.name)).toEqual(['us-1']);
    const [us] = found as [ClusterProfile];
    expect(us.spec).toEqual({ displayName: 'us-1', clusterManager: { name: 'accord' } });
    expect(us.metadata.labels).toMatchObject({ env: 'prod', 'accord.dev/name': 'us-1' });
    expect(isHealthy(us)).toBe(true);
    expect(us.status?.conditions).toContainEqual(expect.objectContaining({ type: 'Joined', status: 'True' }));
    expect(us.status?.version?.kubernetes).toMatch(/^v1\./);
    expect(propertyOf(us, 'cluster.clusterset.k8s.io')).toBe(standards.idOf.get('us-1'));
    expect(propertyOf(us, 'topology.kubernetes.io/region')).toBe('us');
    expect(JSON.stringify(us)).not.toMatch(/token|client-key|password/);

    await it.kubectl('us-1', 'create', 'namespace', 'apps');
    const token = await standards.account('us-1', 'apps/visitor', 'list', 'namespaces');
    const command = makeLoginPlugin(join(it.home, 'consumer'), { 'us-1': token });
    const execConfig = { apiVersion: 'client.authentication.k8s.io/v1', command, provideClusterInfo: true, interactiveMode: 'Never' };
    const file = join(it.home, 'consumer', 'config');
    writeFileSync(file, JSON.stringify(buildConfig(us, { providers: [{ name: 'accord', execConfig }] })));
    const { stdout } = await run('kubectl', ['--kubeconfig', file, 'get', 'namespaces', '-o', 'name']);
    expect(stdout).toContain('namespace/apps');
  });

  test('what somebody edits is healed, in the object and in its status; what is deleted comes back', { timeout: 180_000 }, async () => {
    const path = `${profiles('fleet')}/us-1`;
    const { stderr } = await it.kubectlSays('eu-1', 'label', 'clusterprofile', 'us-1', '-n', 'fleet', 'env=dev', '--overwrite');
    expect(stderr).toContain('written by Accord from its registry: the change will be reverted; change the cluster at the hub instead');
    await until('the label is back', async () => (await profile('eu-1', 'us-1'))?.metadata.labels['env'] === 'prod', patientMs);
    const version = { status: { version: { kubernetes: 'v0' } } };
    expect((await it.kube('eu-1', 'PATCH', `${path}/status`, version)).status).toBe(200);
    await until('the version is back', async () => (await profile('eu-1', 'us-1'))?.status?.version?.kubernetes !== 'v0', patientMs);
    await it.kube('eu-1', 'DELETE', path);
    await until('it is back', isHealth('us-1', 'True'), patientMs);
  });

  test('that of another manager is never touched', { timeout: 180_000 }, async () => {
    await project('eu-1');
    await until(
      'all are gone',
      async () => (await profile('eu-1', 'eu-1')) === undefined && (await profile('eu-1', 'us-1')) === undefined,
      patientMs,
    );
    const theirs = {
      apiVersion: 'multicluster.x-k8s.io/v1alpha1',
      kind: 'ClusterProfile',
      metadata: { name: 'us-1', namespace: 'fleet', labels: { 'x-k8s.io/cluster-manager': 'other' } },
      spec: { displayName: 'theirs', clusterManager: { name: 'other' } },
    };
    expect((await it.kube('eu-1', 'POST', profiles('fleet'), theirs)).status).toBe(201);
    const before = await profile('eu-1', 'us-1');
    await project('eu-1', 'fleet');
    await until('it is told', says('us-1 belongs to cluster manager other'), patientMs);
    await until('the other one is written', isHealth('eu-1', 'True'), patientMs);
    expect(await profile('eu-1', 'us-1')).toEqual(before);
    await standards.obeyAlarm('eu-1');
    await until('ours takes the place', isHealth('us-1', 'True'), patientMs);
    await until('the alarm ends', isQuiet, patientMs);
  });

  test('a cluster whose spoke is gone is Unknown, and healthy again when it is back', { timeout: 240_000 }, async () => {
    await it.fleet.killSpoke('us-1');
    await until('us-1 is Unknown', isHealth('us-1', 'Unknown'), patientMs);
    expect((await profile('eu-1', 'us-1'))?.status?.conditions).toContainEqual(expect.objectContaining({ reason: 'Offline' }));
    await it.fleet.startSpoke('us-1');
    await until('us-1 is healthy', isHealth('us-1', 'True'), patientMs);
  });

  test('a spoke that starts anew writes nothing that stands', { timeout: 120_000 }, async () => {
    const version = async (): Promise<string> =>
      await it.kubectl('eu-1', 'get', 'clusterprofiles', '-n', 'fleet', '-o', 'jsonpath={.items[*].metadata.resourceVersion}');
    await it.fleet.killSpoke('eu-1');
    const before = await version();
    await it.fleet.startSpoke('eu-1');
    // It has read the namespace when it heals in it.
    await it.kube('eu-1', 'DELETE', `${profiles('fleet')}/us-1`);
    await until('it is at work', isHealth('us-1', 'True'), patientMs);
    const [own] = (await version()).split(' ');
    expect(own).toBe(before.split(' ')[0]);
  });

  test('a cluster that moves to another set disappears', { timeout: 120_000 }, async () => {
    await it.relabel('us-1', { env: 'prod', 'set.accord.dev/shops': '' });
    await until('it is gone', async () => (await profile('eu-1', 'us-1')) === undefined, patientMs);
    expect(await profile('eu-1', 'eu-1')).toBeDefined();
    await it.relabel('us-1', { env: 'prod' });
    await until('it is back', isHealth('us-1', 'True'), patientMs);
  });
});

describe('in whatever version the kind is served', () => {
  test('the first releases know credentialProviders only', { timeout: 120_000 }, async () => {
    await it.kubectl('us-1', 'create', 'namespace', 'fleet');
    await standards.install('us-1', withoutAccessProviders(clusterProfileDefinition()));
    const role = '--clusterrole=accord-spoke-profiles';
    await it.kubectl('us-1', 'create', 'rolebinding', 'profiles', '-n', 'fleet', role, '--serviceaccount=accord-system:accord-spoke');
    await project('us-1', 'fleet');
    const access = async () => (await profile('us-1', 'eu-1'))?.status?.credentialProviders?.[0]?.name;
    await until('it stands there', async () => (await access()) === 'accord', patientMs);
  });

  test('v1alpha2 is written where it is served, and takes what it checks', { timeout: 120_000 }, async () => {
    await standards.install('us-1', withV1alpha2(clusterProfileDefinition()));
    await standards.restartSpoke('us-1');
    const newer = () => profile('us-1', 'eu-1', 'fleet', 'v1alpha2');
    await until('it stands there', async () => (await newer())?.status?.accessProviders?.[0]?.name === 'accord', patientMs);
    const written = (await it.kube('us-1', 'GET', `${profiles('fleet', 'v1alpha2')}/eu-1`)).body as {
      readonly metadata: { readonly managedFields: readonly { readonly manager: string; readonly apiVersion: string }[] };
    };
    const status = written.metadata.managedFields.filter(({ manager }) => manager === 'accord-status');
    expect(status.map(({ apiVersion }) => apiVersion)).toEqual(['multicluster.x-k8s.io/v1alpha2']);
    await standards.patch('eu-1', { apiEndpoint: 'no address', displayName: 'Europe' });
    await until('the rest is written all the same', async () => (await newer())?.spec.displayName === 'Europe', patientMs);
    await until('without what is no address', async () => (await newer())?.status?.accessProviders === undefined, patientMs);
    await standards.tellEndpoint('eu-1');
  });
});

test('a cluster that leaves takes the profiles along', { timeout: 120_000 }, async () => {
  expect(await profile('eu-1', 'us-1')).toBeDefined();
  const answer = await it.hub('POST', '/v1/clusters/eu-1/leave', { mode: 'Retain' });
  expect(answer.status).toBe(202);
  await until(
    'none of ours is left',
    async () => (await it.kubectl('eu-1', 'get', 'clusterprofiles', '-n', 'fleet', '-o', 'name')) === '',
    patientMs,
  );
});
