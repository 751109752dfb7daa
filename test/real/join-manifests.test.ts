import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startControlPlanes, type ControlPlanes } from '@accord/local/control-plane/control-planes';
import type { KubeClient } from '@accord/local/control-plane/kube-client';
import { ensureSpokeBundle } from '@accord/local/builds/bundles';
import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { until } from './fleet-fixture.ts';
import { JoinStage } from './join-stage.ts';
import { PodProcess } from './pod-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'accord-manifests-'));
const clusters = ['bare', 'watched', 'edge'];
let stage: JoinStage;
let planes: ControlPlanes;
let bundle: string;
const pods = new Map<string, PodProcess>();
const clients = new Map<string, KubeClient>();

beforeAll(async () => {
  stage = await JoinStage.start();
  const programs = await ensurePrograms({ names: ['etcd', 'kube-apiserver', 'kube-controller-manager'], env: process.env });
  [planes, bundle] = await Promise.all([startControlPlanes({ clusters, home, programs }), ensureSpokeBundle(new AbortController().signal)]);
  for (const cluster of clusters) clients.set(cluster, planes.client(cluster));
  const spec = {
    clusterSelector: { matchLabels: { env: 'prod' } },
    namespaces: [
      {
        name: 'team',
        bindings: [{ clusterRole: 'view', groups: ['devs'] }],
        configMaps: [{ name: 'settings', data: { a: 'b' } }],
      },
    ],
  };
  const object = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'team' }, spec };
  const { status, body } = await stage.admin('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/team', object);
  if (status > 201) throw new Error(JSON.stringify(body));
});

afterAll(async () => {
  for (const pod of pods.values()) await pod.stop();
  for (const client of clients.values()) client.close();
  await planes?.stop();
  await stage?.stop();
  rmSync(home, { recursive: true, force: true });
});

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A line as people type it; `accord` speaks to the hub, `kubectl` to one cluster. */
async function shell(line: string, cluster = 'bare', stdin = ''): Promise<Said> {
  const prelude = `set -o pipefail; kubectl() { command kubectl --kubeconfig ${planes.cluster(cluster).paths.kubeconfig} "$@"; }; `;
  const path = `${root}:${process.env['PATH']}`;
  const env = { ...process.env, PATH: path, ACCORD_URL: stage.hub.url, ACCORD_TOKEN: stage.hub.token, NO_COLOR: '1' };
  const child = spawn('bash', ['-c', prelude + line], { env, cwd: home });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
  child.stdin.end(stdin);
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...text };
}

async function podOf(cluster: string): Promise<PodProcess> {
  const dir = join(home, 'pods', cluster);
  mkdirSync(dir, { recursive: true });
  const client = clients.get(cluster);
  if (client === undefined) throw new Error(cluster);
  const pod = new PodProcess({ client, deployment: 'accord-spoke', bundle, dir, healthPort: await freePort() });
  pods.set(cluster, pod);
  return pod;
}

const isDeployed = async (cluster: string): Promise<boolean> =>
  (await clients.get(cluster)?.send({ method: 'GET', path: '/apis/apps/v1/namespaces/accord-system/deployments/accord-spoke' }))?.status ===
  200;
const rowOf = async (cluster: string): Promise<{ state: string; reason: string; sentence: string } | undefined> => {
  const { body } = await stage.admin('GET', `/v1/clusters/${cluster}/policies`);
  return (body as { items: { state: string; reason: string; sentence: string }[] }).items[0];
};
const account = 'system:serviceaccount:accord-system:accord-spoke';

describe('a bare control plane, joined by what is printed', () => {
  test('one line invites, applies, waits, and says what would happen; nothing of it has happened', { timeout: 180_000 }, async () => {
    await shell('kubectl create namespace team');
    const running = shell('accord cluster add bare -l env=prod --wait --timeout 2m | kubectl apply -f -');
    await until('kubectl has applied everything, while accord waits', () => isDeployed('bare'), 60_000);
    const pod = await podOf('bare');
    await pod.start();
    const { code, out, err } = await running;
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('bare has joined.') });
    expect(out.trimEnd().split('\n').at(-1)).toBe('deployment.apps/accord-spoke created');
    expect(err.slice(err.indexOf('1 policy selects'))).toBe(
      [
        '1 policy selects it, and nothing is written before: accord cluster enforce bare',
        '- team: 3 objects, 1 binding; 2 objects not as wanted',
        '  would need adoption: Namespace team. Their owner agrees with:',
        '    kubectl annotate namespace team accord.dev/adoptable=true',
        '',
      ].join('\n'),
    );
    expect(await pod.isReady()).toBe(true);
    expect(await rowOf('bare')).toMatchObject({ state: 'Drifted', reason: 'ClusterInform' });
    expect((await shell('kubectl get configmaps,rolebindings -n team -o name')).out).not.toContain('settings');
  });

  test('describe says the same at any time', async () => {
    const { out } = await shell('accord describe cluster bare');
    expect(out).toContain('If it were enforced\n  1 policy selects it');
    expect(out).toContain('would need adoption: Namespace team.');
  });

  test('its owner can limit it with a second command; in the same stream kubectl would not have found the kind', async () => {
    expect(await shell('accord cluster guardrail | kubectl apply -f -')).toMatchObject({
      code: 0,
      out: 'guardrail.accord.dev/default created\n',
    });
    await until('the spoke obeys it', async () => (await shell('kubectl get guardrail default --no-headers')).out.includes('True'));
  });

  test('enforced, and consented to by the owner of what is there, it is applied', async () => {
    await shell('kubectl annotate namespace team accord.dev/adoptable=true');
    expect((await shell('accord cluster enforce bare')).code).toBe(0);
    await until('it is applied', async () => (await rowOf('bare'))?.state === 'Applied');
    expect((await shell('kubectl get configmap settings -n team -o name')).out).toBe('configmap/settings\n');
  });

  const may = [
    'create namespaces',
    'patch rolebindings -n team',
    'bind clusterroles/view',
    'patch clusterpolicies',
    'get leases/accord-spoke -n accord-system',
  ];
  const mayNot = [
    ...['create pods', 'get nodes --subresource=proxy', 'get secrets', 'get secrets/other -n accord-system', 'create persistentvolumes'],
    ...['create customresourcedefinitions', 'create validatingwebhookconfigurations', 'patch validatingadmissionpolicies'],
    ...[
      'create serviceaccounts --subresource=token',
      'impersonate users',
      'delete namespaces',
      'escalate clusterroles',
      'bind clusterroles/cluster-admin',
    ],
    ...['patch guardrails', 'deletecollection configmaps', 'patch leases -n kube-system', 'create certificatesigningrequests', '"*" "*"'],
  ];
  test('its account may do what it must, and nothing of what it must not', { timeout: 180_000 }, async () => {
    const asked = async (what: string): Promise<string> =>
      `${what}: ${(await shell(`kubectl auth can-i ${what} --as ${account} 2>/dev/null`)).out.trim()}`;
    const answers: string[] = [];
    for (const what of [...may, ...mayNot]) answers.push(await asked(what));
    expect(answers).toEqual([...may.map((what) => `${what}: yes`), ...mayNot.map((what) => `${what}: no`)]);
  });

  test(
    'applied again for a cluster that lost its membership, it joins under its old id with another key',
    { timeout: 180_000 },
    async () => {
      const idOf = async (): Promise<unknown> =>
        ((await stage.admin('GET', '/apis/accord.dev/v1alpha1/clusters/bare')).body as { spec: { clusterID: string } }).spec.clusterID;
      const before = await idOf();
      const fingerprint =
        'kubectl -n accord-system get secret accord-spoke-credential -o "jsonpath={.metadata.annotations.accord\\.dev/fingerprint}"';
      const oldKey = (await shell(fingerprint)).out;
      expect(await shell('accord cluster add bare --replace | kubectl apply -f -')).toMatchObject({ code: 0 });
      const pod = pods.get('bare') ?? expect.unreachable('it never ran');
      // A kubelet brings the new Secret to the file, and starts again what has ended.
      await pod.refreshMounts();
      await until('it has joined again, and ends', async () => !pod.isRunning, 60_000);
      expect(pod.log).toContain('joined the fleet again, with a new key');
      await pod.start();
      await until('it is ready', () => pod.isReady());
      await until('it is heard', async () => (await shell('accord get cluster bare')).out.includes('live'));
      expect([await idOf(), (await shell(fingerprint)).out === oldKey]).toEqual([before, false]);
      await until('it holds what it held', async () => (await rowOf('bare'))?.state === 'Applied');
    },
  );

  test('tier RBACAdmin is said to be what it is, and binds what it says', async () => {
    const { code, err } = await shell('accord cluster add bare --replace --tier RBACAdmin | kubectl apply -f -');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('WARNING: tier RBACAdmin equals cluster-admin.') });
    expect((await shell(`kubectl auth can-i escalate clusterroles --as ${account} 2>/dev/null`)).out.trim()).toBe('yes');
  });
});

describe('tier Observe', () => {
  test('compares and cannot write, even where somebody enforces it', { timeout: 180_000 }, async () => {
    const { code, err } = await shell('accord cluster add watched -l env=prod --tier Observe | kubectl apply -f -', 'watched');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('Tier Observe: the spoke compares and writes nothing.') });
    await shell('kubectl create namespace team && kubectl -n team create configmap settings --from-literal=a=theirs', 'watched');
    await (await podOf('watched')).start();
    await until('it compares', async () => (await rowOf('watched'))?.reason === 'ClusterInform', 60_000);
    expect(await rowOf('watched')).toMatchObject({ state: 'Drifted', sentence: expect.stringContaining('2 objects are not as wanted') });
    expect((await rowOf('watched'))?.sentence).toContain('.data.a is "theirs", wanted "b" (last written by kubectl-create)');
    const { out } = await shell('accord describe cluster watched', 'watched');
    expect(out).toContain('permissions Observe');
    expect((await shell('accord doctor', 'watched')).out).not.toContain('permissions "Observe"');
    for (const what of ['create namespaces', 'patch configmaps', 'create rolebindings', 'bind clusterroles/view'])
      expect((await shell(`kubectl auth can-i ${what} --as ${account} 2>/dev/null`, 'watched')).out.trim()).toBe('no');
    await shell('accord cluster enforce watched');
    await until('it is refused there', async () => ['Failed', 'Refused'].includes((await rowOf('watched'))?.state ?? ''));
    expect(
      (await shell('kubectl get all,configmaps,rolebindings,namespace/team -n team -l accord.dev/policy -o name', 'watched')).out,
    ).toBe('');
  });
});

describe('a rule', () => {
  test('lets clusters in that nobody named; who forgets the name is told so', async () => {
    const made = await shell("accord cluster rule add edge --name-pattern 'edge-*' --max-joins 2 -l tier=edge > edge.yaml");
    expect(made.code).toBe(0);
    expect((await shell('kubectl apply -f edge.yaml', 'edge')).code).toBe(0);
    const pod = await podOf('edge');
    await pod.start();
    await until('it is told', async () => pod.log.includes('is no DNS label'));
    await pod.stop();
    expect((await shell('sed s/THIS_CLUSTER/edge-17/ edge.yaml | kubectl apply -f -', 'edge')).code).toBe(0);
    await pod.start();
    await until('it has joined', async () => (await stage.clusters()).includes('edge-17'), 60_000);
    expect((await shell('accord cluster tokens')).out).toMatch(/rule edge \(edge-\*\) +Open 1\/2/);
  });

  test('our own kind in the same stream is why the Guardrail is a command of its own', async () => {
    await shell('kubectl delete crd guardrails.accord.dev', 'edge');
    const { code, err } = await shell('(cat edge.yaml; echo ---; accord cluster guardrail) | kubectl apply -f -', 'edge');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('ensure CRDs are installed first') });
  });
});

describe('a file of clusters', () => {
  test('gives one file for each, for its reader alone, and tells with its place what the hub refuses', async () => {
    const file = '- {name: f-1, labels: {env: dev}}\n- {name: bare}\n- {name: f-2, mode: Enforce, tier: Observe}\n';
    const { code, out, err } = await shell('accord cluster add -f - --out manifests', 'bare', file);
    expect(code).toBe(1);
    expect(err).toContain('stdin:2:3: cluster bare has joined already');
    expect(out).toMatch(/^manifests\/f-1\.yaml invites f-1 until .*\nmanifests\/f-2\.yaml invites f-2 until .*\n$/);
    expect(readdirSync(join(home, 'manifests'))).toEqual(['f-1.yaml', 'f-2.yaml']);
    expect(statSync(join(home, 'manifests', 'f-1.yaml')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home, 'manifests', 'f-2.yaml'), 'utf8')).toContain('name: accord-spoke-read');
  });

  test('with a mistake in it invites nobody', async () => {
    const { code, err } = await shell('accord cluster add -f - --out manifests', 'bare', '- {name: f-3}\n- {name: F_4}\n');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('stdin:2:4: name: must be a DNS label') });
    expect((await shell('accord cluster tokens')).out).not.toContain('f-3');
  });
});
