/** The real kubectl against the API of the hub: what people type must work as they know it. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMemoryHub, type MemoryHub } from '@accord/hub/api/memory-hub';
import { createServingCertificate, type ServingCertificate } from '@accord/hub/identity/self-signed';
import { renderKubeconfig } from '@accord/local/control-plane/kubeconfig';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

let hub: MemoryHub;
let directory: string;
let server: string;
let secure: string;
let certificate: ServingCertificate;
let environment: NodeJS.ProcessEnv;
let beating: NodeJS.Timeout;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'accord-kubectl-'));
  certificate = await createServingCertificate(Date.now());
  hub = await startMemoryHub({ certificate });
  await hub.addCluster('dev-eu-1', { env: 'dev' });
  await hub.addCluster('prod-eu-1', { env: 'prod' });
  beating = setInterval(hub.beatAll, 1_000);
  server = await hub.app.listen({ host: '127.0.0.1', port: 0 });
  const kubeconfig = join(directory, 'kubeconfig');
  secure = server.replace('http:', 'https:');
  await writeFile(kubeconfig, renderKubeconfig({ name: 'hub', server: secure, ca: certificate.cert, token: hub.adminToken }));
  environment = { PATH: process.env['PATH'], HOME: directory, KUBECONFIG: kubeconfig, KUBECACHEDIR: join(directory, 'cache') };
});
afterAll(async () => {
  clearInterval(beating);
  await hub.stop();
  await rm(directory, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function kubectl(command: string, input = '', more: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      'kubectl',
      command.split(' '),
      { env: { ...environment, ...more }, timeout: 30_000 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: stdout.trim(), err: stderr.trim() });
      },
    );
    child.stdin?.end(input);
  });
}

function policy(name: string, spec: object = {}): string {
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'team' }, data: { text: 'hello' } };
  const body = {
    clusterSelector: { matchLabels: { env: 'prod' } },
    objects: [{ id: name, manifest, order: 0, deletion: 'Prune' }],
    ...spec,
  };
  return JSON.stringify({ apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec: body });
}
const generation = async (name: string): Promise<string> =>
  (await kubectl(`get clusterpolicy ${name} -o jsonpath={.metadata.generation}`)).out;

describe('kubectl', () => {
  test('finds the kinds with their short names', async () => {
    const { out } = await kubectl('api-resources --no-headers');
    expect(out.split('\n').map((line) => line.split(/\s+/).join(' '))).toEqual([
      'clusterpolicies accp accord.dev/v1alpha1 false ClusterPolicy',
      'clusters accl accord.dev/v1alpha1 false Cluster',
    ]);
    expect((await kubectl('version')).code).toBe(0);
  });

  test('apply creates, then changes nothing, then configures', async () => {
    const words = async (text: string): Promise<string> => (await kubectl('apply -f -', text)).out;
    expect(await words(policy('banner'))).toBe('clusterpolicy.accord.dev/banner created');
    expect(await words(policy('banner'))).toBe('clusterpolicy.accord.dev/banner unchanged');
    expect(await words(policy('banner', { priority: 7 }))).toBe('clusterpolicy.accord.dev/banner configured');
    expect(await generation('banner')).toBe('2');
  });

  test('what get prints can be applied and replaced, alone and as a list, and makes no revision', async () => {
    await kubectl('apply -f -', policy('again'));
    const all = (await kubectl('get accp -o yaml')).out;
    expect(await kubectl('apply -f -', all)).toMatchObject({
      code: 0,
      out: expect.stringContaining('clusterpolicy.accord.dev/again configured'),
    });
    const one = (await kubectl('get accp again -o yaml')).out;
    expect(await kubectl('replace -f -', one)).toMatchObject({ code: 0, out: 'clusterpolicy.accord.dev/again replaced' });
    expect(await generation('again')).toBe('1');
  });

  test('get prints tables, wide ones too, and selects', async () => {
    const clusters = await kubectl('get clusters');
    expect(clusters.out.split('\n').map((line) => line.split(/\s+/).slice(0, 3).join(' '))).toEqual([
      'NAME READY CONNECTION',
      'dev-eu-1 True live',
      'prod-eu-1 True live',
    ]);
    expect((await kubectl('get clusters -l env=prod -o name')).out).toBe('cluster.accord.dev/prod-eu-1');
    expect((await kubectl('get accp -o wide')).out).toMatch(/^NAME +READY +APPLIED +STATE +REVISION +AGE +PRIORITY +MESSAGE\n/);
    expect((await kubectl('get accp nope')).err).toBe(
      'Error from server (NotFound): clusterpolicies.accord.dev "nope" not found. See what there is: kubectl get clusterpolicies',
    );
  });

  test('get -w prints each change as it comes', async () => {
    await kubectl('apply -f -', policy('watched'));
    let out = '';
    const watching = spawn('kubectl', ['get', 'accp', '-w', '--no-headers', '--field-selector', 'metadata.name=watched'], {
      env: environment,
    });
    watching.stdout.on('data', (chunk) => (out += String(chunk)));
    const lines = (): string[] =>
      out
        .trim()
        .split('\n')
        .map((line) => line.split(/\s+/).slice(0, 5).join(' '));
    await expect.poll(lines, { timeout: 10_000 }).toEqual(['watched Unknown 0/1 1 pending']);
    hub.report('prod-eu-1', 'watched', 'Applied');
    await expect.poll(lines, { timeout: 10_000 }).toEqual(['watched Unknown 0/1 1 pending', 'watched True 1/1 1 applied']);
    watching.kill();
  });

  test('wait sees the condition', async () => {
    await kubectl('apply -f -', policy('waited'));
    const waiting = kubectl('wait --for=condition=Ready accp/waited --timeout=20s');
    hub.report('prod-eu-1', 'waited', 'Applied');
    expect(await waiting).toMatchObject({ code: 0, out: 'clusterpolicy.accord.dev/waited condition met' });
  });

  test('describe tells what holds a policy up and what to do', async () => {
    await kubectl('apply -f -', policy('described'));
    hub.report('prod-eu-1', 'described', 'Failed', 'the spoke may not create configmaps');
    const { code, out } = await kubectl('describe accp described');
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('described@1 is held up on prod-eu-1: the spoke may not create configmaps.');
  });

  test('explain describes fields', async () => {
    const { out } = await kubectl('explain clusterpolicy.spec.namespaces.bindings');
    expect(out).toContain('KIND:       ClusterPolicy');
    expect(out).toMatch(/clusterRole\t<string>\n +\S+/);
  });

  test('edit, patch, label and annotate', async () => {
    await kubectl('apply -f -', policy('edited'));
    expect(await kubectl('edit accp edited', '', { KUBE_EDITOR: 'sed -i "s/priority: 100/priority: 9/"' })).toMatchObject({ code: 0 });
    expect((await kubectl('get accp edited -o jsonpath={.spec.priority}')).out).toBe('9');
    expect(await kubectl('patch accp edited --type=merge -p {"spec":{"priority":8}}')).toMatchObject({ code: 0 });
    expect((await kubectl('patch accp edited --type=json -p []')).err).toContain('kubectl patch --type merge');
    expect(await kubectl('annotate accp edited note=x')).toMatchObject({ code: 0 });
    expect(await kubectl('label cluster dev-eu-1 team=a')).toMatchObject({ code: 0, out: 'cluster.accord.dev/dev-eu-1 labeled' });
    expect((await kubectl('get clusters -l team=a -o name')).out).toBe('cluster.accord.dev/dev-eu-1');
    expect((await kubectl('label cluster dev-eu-1 accord.dev/name=other --overwrite')).err).toContain(
      'labels under accord.dev are set by the hub',
    );
    expect(await generation('edited')).toBe('3');
  });

  test('create refuses a taken name, and a dry run stores nothing', async () => {
    expect(await kubectl('create -f - --dry-run=server', policy('made'))).toMatchObject({
      code: 0,
      out: 'clusterpolicy.accord.dev/made created (server dry run)',
    });
    expect((await kubectl('get accp made')).code).toBe(1);
    expect(await kubectl('create -f -', policy('made'))).toMatchObject({ code: 0 });
    expect((await kubectl('create -f -', policy('made'))).err).toContain('(AlreadyExists)');
  });

  test('a fault is told with its place, the nearest name and what to do', async () => {
    const misspelt = await kubectl('apply -f -', policy('wrong', { clusterSelectr: {} }));
    expect(misspelt.code).toBe(1);
    expect(misspelt.err).toContain('spec.clusterSelectr: There is no field clusterSelectr here. Did you mean clusterSelector?');
    const dangerous = await kubectl('apply -f -', policy('wrong', { clusterBindings: [{ clusterRole: 'cluster-admin', users: ['eve'] }] }));
    expect(dangerous.err).toMatch(/^The ClusterPolicy "wrong" is invalid: spec\.clusterBindings\[0\]/);
    const nowhere = await kubectl('apply -f -', policy('nowhere', { clusterSelector: { matchLabels: { env: 'prd' } } }));
    expect(nowhere.err).toBe('Warning: spec.clusterSelector: env=prd selects 0 clusters. Did you mean env=prod (1)?');
  });

  test('delete waits until the last cluster has removed it', async () => {
    await kubectl('apply -f -', policy('leaving'));
    hub.report('prod-eu-1', 'leaving', 'Applied');
    let done = false;
    const deleting = kubectl('delete accp leaving --timeout=20s').then((ran) => {
      done = true;
      return ran;
    });
    await expect
      .poll(async () => (await kubectl('get accp leaving -o jsonpath={.metadata.deletionTimestamp}')).out, { timeout: 10_000 })
      .toMatch(/^20/);
    expect(done).toBe(false);
    hub.report('prod-eu-1', 'leaving', 'Removed');
    expect(await deleting).toMatchObject({ code: 0, out: 'clusterpolicy.accord.dev "leaving" deleted' });
    expect(await kubectl('delete accp banner')).toMatchObject({ code: 0 });
  });

  test('a token that is not known is told so', async () => {
    const kubeconfig = join(directory, 'stranger');
    await writeFile(kubeconfig, renderKubeconfig({ name: 'hub', server: secure, ca: certificate.cert, token: 'guessed' }));
    const { code, err } = await kubectl('get clusters', '', { KUBECONFIG: kubeconfig });
    expect([code, err]).toEqual([1, expect.stringContaining('provide credentials')]);
    await vi.waitFor(async () => {
      const { body } = await hub.call('GET', '/v1/audit?result=refused');
      expect(body.items).toContainEqual(expect.objectContaining({ detail: '401: this hub does not know the token' }));
    });
  });
});
