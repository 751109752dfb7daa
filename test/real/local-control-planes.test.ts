import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderJoinManifest } from '@accord/cli/render/join-manifest';
import { startControlPlanes, type ControlPlanes } from '@accord/local/control-plane/control-planes';
import { KubeClient } from '@accord/local/control-plane/kube-client';
import { openKubeconfig } from '@accord/local/control-plane/open-kubeconfig';
import { readExamplePolicies } from '@accord/local/fleet/example-policies';
import { explain } from '@accord/local/install/apply-object';
import { installSpoke } from '@accord/local/install/install-spoke';
import { manifestFile } from '@accord/local/install/read-manifests';
import { mintSpokeToken } from '@accord/local/install/spoke-token';
import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import { parseAllDocuments } from 'yaml';

const clusters = ['one', 'two'];
const home = mkdtempSync(join(tmpdir(), 'accord-planes-'));
let planes: ControlPlanes;

async function start(): Promise<ControlPlanes> {
  const programs = await ensurePrograms({ names: ['etcd', 'kube-apiserver', 'kube-controller-manager'], env: process.env });
  return startControlPlanes({ clusters, home, programs });
}

beforeAll(async () => {
  planes = await start();
});

afterAll(async () => {
  await planes.stop();
  rmSync(home, { recursive: true });
});

const get = async (client: KubeClient, path: string) => client.send({ method: 'GET', path });
const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: 'b' } });

async function createConfigMap(cluster: string, name: string): Promise<number> {
  const client = planes.client(cluster);
  const answer = await client.send({ method: 'POST', path: '/api/v1/namespaces/default/configmaps', body: configMap(name) });
  client.close();
  return answer.status;
}

async function hasConfigMap(cluster: string, name: string): Promise<boolean> {
  const client = planes.client(cluster);
  const answer = await get(client, `/api/v1/namespaces/default/configmaps/${name}`);
  client.close();
  return answer.status === 200;
}

describe('control planes', () => {
  test('clusters share one etcd and no object', async () => {
    expect(await createConfigMap('one', 'mine')).toBe(201);
    expect([await hasConfigMap('one', 'mine'), await hasConfigMap('two', 'mine')]).toEqual([true, false]);
  });

  test('a token of one cluster is worth nothing at another', async () => {
    const { url, paths } = planes.cluster('two');
    const thief = new KubeClient({ url, caFile: paths.caFile, token: planes.cluster('one').tokens.person });
    expect((await get(thief, '/api/v1/namespaces')).status).toBe(401);
    thief.close();
  });

  test('the kubeconfig is private and opens the running server', async () => {
    const { url, paths } = planes.cluster('one');
    expect(statSync(paths.kubeconfig).mode & 0o777).toBe(0o600);
    const client = openKubeconfig(paths);
    expect([client.url, (await get(client, '/api/v1/namespaces')).status]).toEqual([url, 200]);
    client.close();
  });

  test('a killed API server comes back with its data while the other one goes on', async () => {
    expect(await createConfigMap('one', 'kept')).toBe(201);
    await planes.killApiServer('one');
    await expect(hasConfigMap('one', 'kept')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await createConfigMap('two', 'meanwhile')).toBe(201);
    await planes.startApiServer('one');
    expect(await hasConfigMap('one', 'kept')).toBe(true);
  });

  test('the controllers of a cluster outlive its API server', async () => {
    await planes.killApiServer('two');
    await planes.startApiServer('two');
    const client = planes.client('two');
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'after-restart' } };
    expect(explain(await client.send({ method: 'POST', path: '/api/v1/namespaces', body }))).toBe('status 201');
    const account = async () => (await get(client, '/api/v1/namespaces/after-restart/serviceaccounts/default')).status;
    await expect.poll(account, { timeout: 30_000 }).toBe(200);
    client.close();
  });

  test('a second start resumes the same data on the same ports', async () => {
    expect(await createConfigMap('two', 'resumed')).toBe(201);
    const before = clusters.map((name) => planes.cluster(name).url);
    await planes.stop();
    planes = await start();
    expect(clusters.map((name) => planes.cluster(name).url)).toEqual(before);
    expect(await hasConfigMap('two', 'resumed')).toBe(true);
  });
});

describe('installing the spoke', () => {
  beforeAll(async () => {
    const client = planes.client('one');
    await installSpoke(client);
    client.close();
  });

  test('may be done again', async () => {
    const client = planes.client('one');
    await installSpoke(client);
    client.close();
  });

  test.each(['crds.yaml', 'rbac.yaml', 'admission-policies.yaml'])('the server holds every field of %s', (file) => {
    const path = fileURLToPath(manifestFile(file));
    const written = parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as unknown);
    const args = ['--kubeconfig', planes.cluster('one').paths.kubeconfig, 'get', '-f', path, '-o', 'json'];
    const live = JSON.parse(execFileSync('kubectl', args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })) as { items: unknown[] };
    expect(live.items).toMatchObject(written);
  });

  test('its account holds the ceiling and cannot read secrets', async () => {
    const { client, spoke } = await clients();
    expect(statSync(planes.cluster('one').paths.spokeToken).mode & 0o777).toBe(0o600);
    const answers = await Promise.all(['/api/v1/namespaces', '/api/v1/pods', '/api/v1/secrets'].map((path) => get(spoke, path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 403]);
    client.close();
    spoke.close();
  });

  test('the token is bound and lives for an hour', async () => {
    const client = planes.client('one');
    const expiresAt = await mintSpokeToken(client, planes.cluster('one').paths.spokeToken);
    expect(Math.round((expiresAt - Date.now()) / 600_000)).toBe(6);
    client.close();
  });

  test('the shipped kinds accept the example policies from the spoke, and from nobody else', async () => {
    const { client, spoke } = await clients();
    for (const policy of await readExamplePolicies()) {
      const body = { ...policy, spec: { ...policy.spec, epoch: 1, revision: 1 } };
      const path = '/apis/accord.dev/v1alpha1/clusterpolicies?dryRun=All&fieldValidation=Strict';
      expect(explain(await spoke.send({ method: 'POST', path, body }))).toBe('status 201');
      expect(explain(await client.send({ method: 'POST', path, body }))).toContain('is written by the hub: change it there');
    }
    client.close();
    spoke.close();
  });

  async function clients(): Promise<{ readonly client: KubeClient; readonly spoke: KubeClient }> {
    const client = planes.client('one');
    const { url, paths } = planes.cluster('one');
    await mintSpokeToken(client, paths.spokeToken);
    return { client, spoke: new KubeClient({ url, caFile: paths.caFile, token: readFileSync(paths.spokeToken, 'utf8') }) };
  }
});

describe('the manifests that cluster add prints', () => {
  const kubectl = (input: string, ...args: readonly string[]) => {
    const { kubeconfig } = planes.cluster('two').paths;
    return spawnSync('kubectl', ['--kubeconfig', kubeconfig, ...args], { input, encoding: 'utf8' });
  };

  test('bring a bare cluster everything in one call, without a warning', async () => {
    const input = { cluster: 'two', hubUrl: 'https://hub.example', hubKey: 'f'.repeat(64), token: 'tok' };
    const { status, stdout, stderr } = kubectl(await renderJoinManifest(input), 'apply', '-f', '-');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('deployment.apps/accord-spoke created');
  });

  test('describe a pod that the restricted standard admits, and not one that it refuses', () => {
    const { spec } = JSON.parse(kubectl('', '-n', 'accord-system', 'get', 'deployment', 'accord-spoke', '-o', 'json').stdout) as {
      readonly spec: { readonly template: { readonly spec: object } };
    };
    const create = (more: object) => {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'spoke', namespace: 'accord-system' },
        spec: { ...spec.template.spec, ...more },
      };
      return kubectl(JSON.stringify(pod), 'create', '--dry-run=server', '-f', '-');
    };
    expect(create({})).toMatchObject({ status: 0, stdout: 'pod/spoke created (server dry run)\n' });
    expect(create({ hostNetwork: true }).stderr).toContain('violates PodSecurity "restricted');
  });
});
