import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

const clusters = '/apis/accord.dev/v1alpha1/clusters';
/** A cluster is offline after 8 s of silence; the rest is for a machine that does other things as well. */
const offlineMs = 20_000;

interface Member {
  readonly metadata: { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: { readonly clusterID: string; readonly region?: string; readonly endpoints?: readonly { readonly url: string }[] };
  readonly status: {
    readonly ready: string;
    readonly version: { readonly kubernetes: string };
    readonly capacity?: { readonly nodes: number; readonly cpu: string; readonly memory: string };
    readonly conditions: readonly { readonly reason: string; readonly lastTransitionTime: string }[];
  };
}

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([
    { name: 'eu-1', labels: { env: 'prod', region: 'eu' } },
    { name: 'us-1', labels: { env: 'prod', region: 'us' } },
  ]);
});
afterAll(() => it.stop());

async function member(seenFrom: string, name: string): Promise<Member | undefined> {
  const { status, body } = await it.kube(seenFrom, 'GET', `${clusters}/${name}`);
  return status === 200 ? (body as Member) : undefined;
}

const isReady = (seenFrom: string, name: string, ready: string) => async (): Promise<boolean> =>
  (await member(seenFrom, name))?.status.ready === ready;

/** As an administrator at the hub. */
const patch = (name: string, change: object): Promise<string> =>
  it.kubectl('hub', 'patch', 'cluster', name, '--type=merge', '-p', JSON.stringify(change));

/** A program whose lines are collected until the test ends. */
function linesOf(command: string, args: readonly string[]): { readonly lines: string[]; readonly child: ChildProcess } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  onTestFinished(() => void process.kill(-(child.pid ?? 0), 'SIGTERM'));
  return { lines, child };
}

const kubeconfig = (cluster: string): string => it.fleet.paths.cluster(cluster).kubeconfig;

describe('the registry in every cluster', () => {
  test('shows the other members with labels, version and readiness, as the hub signed them', async () => {
    await until('eu-1 sees us-1', isReady('eu-1', 'us-1', 'True'));
    // Presence and what the cluster says of itself come by different messages.
    await until('eu-1 knows its version', async () => (await member('eu-1', 'us-1'))?.status.version.kubernetes !== '');
    const us = await member('eu-1', 'us-1');
    expect(us?.metadata.labels).toMatchObject({ env: 'prod', region: 'us', 'accord.dev/name': 'us-1', 'set.accord.dev/default': '' });
    expect(us?.status.version.kubernetes).toMatch(/^v1\./);
    expect(us?.metadata.annotations['accord.dev/statement']).toBeTypeOf('string');
    expect(await it.kubectl('eu-1', 'get', 'clusters')).toMatch(/us-1 +True +Connected +v1\./);
  });

  test('a change at the hub is in the other clusters at once', async () => {
    const before = performance.now();
    const endpoints = [{ name: 'shop', url: 'https://shop.us.example' }];
    await patch('us-1', { spec: { endpoints } });
    await until('eu-1 sees the endpoint', async () => (await member('eu-1', 'us-1'))?.spec.endpoints?.[0]?.url === endpoints[0]?.url);
    console.log(`a change of us-1 was in eu-1 after ${Math.round(performance.now() - before)} ms`);
  });

  test('nobody there can change it; who breaks the glass is overruled', async () => {
    const region = { spec: { region: 'moon' } };
    const refused = await it.kube('eu-1', 'PATCH', `${clusters}/us-1`, region);
    expect(refused.status).toBe(422);
    await it.kubectl(
      'eu-1',
      'label',
      'cluster',
      'us-1',
      'env=dev',
      '--overwrite',
      '--as=smith',
      '--as-group=accord-breakglass',
      '--as-group=system:masters',
    );
    await until('the label is as it was', async () => (await member('eu-1', 'us-1'))?.metadata.labels['env'] === 'prod');
    await it.kubectl('eu-1', 'delete', 'cluster', 'us-1', '--as=smith', '--as-group=accord-breakglass', '--as-group=system:masters');
    await until('it is back', isReady('eu-1', 'us-1', 'True'));
  });
});

describe('presence', () => {
  test('an application fails over with nothing but its own cluster', { timeout: 120_000 }, async () => {
    await patch('eu-1', { spec: { endpoints: [{ name: 'shop', url: 'https://shop.eu.example' }] } });
    const script = fileURLToPath(new URL('../../deploy/examples/failover.sh', import.meta.url));
    const { lines } = linesOf(script, ['shop', '--kubeconfig', kubeconfig('us-1')]);
    await until('the script has found eu-1', async () => lines.at(-1) === 'eu-1 https://shop.eu.example');
    const killedAt = performance.now();
    await it.fleet.killSpoke('eu-1');
    await until('it goes on to us-1', async () => lines.at(-1) === 'us-1 https://shop.us.example', offlineMs);
    console.log(`eu-1 was killed; us-1 knew after ${((performance.now() - killedAt) / 1_000).toFixed(1)} s`);
    expect((await member('us-1', 'eu-1'))?.status.conditions[0]?.reason).toBe('Offline');
    const startedAt = performance.now();
    await it.fleet.startSpoke('eu-1');
    await until('it comes back to eu-1', async () => lines.at(-1) === 'eu-1 https://shop.eu.example', offlineMs);
    console.log(`eu-1 was started; us-1 knew after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  });

  test('a hub that is killed and started calls nobody offline', { timeout: 120_000 }, async () => {
    await until('both are ready', async () => (await isReady('eu-1', 'us-1', 'True')()) && (await isReady('us-1', 'eu-1', 'True')()));
    const { lines } = linesOf('kubectl', ['--kubeconfig', kubeconfig('eu-1'), 'get', 'clusters', '--watch', '--no-headers']);
    await until('the watch is open', async () => lines.length >= 2);
    const since = (await member('eu-1', 'us-1'))?.status.conditions[0]?.lastTransitionTime;
    await it.fleet.killHub();
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    await it.fleet.startHub();
    await until('the hub hears both', async () => (await it.kubectl('hub', 'get', 'clusters')).match(/True/g)?.length === 2);
    // Longer than the grace that a hub gives after its start.
    await new Promise((resolve) => setTimeout(resolve, 18_000));
    expect(lines.filter((line) => !/ True /.test(line))).toEqual([]);
    expect((await member('eu-1', 'us-1'))?.status.conditions[0]?.lastTransitionTime).toBe(since);
  });

  test('the size of a cluster is known in the others, coarsely', { timeout: 60_000 }, async () => {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } };
    expect((await it.kube('us-1', 'POST', '/api/v1/nodes', node)).status).toBe(201);
    const status = {
      capacity: { cpu: '4', memory: '16273436Ki', pods: '110' },
      allocatable: { cpu: '3920m', memory: '16273436Ki', pods: '110' },
    };
    expect((await it.kube('us-1', 'PATCH', '/api/v1/nodes/n1/status', { status })).status).toBe(200);
    await it.fleet.killSpoke('us-1');
    await it.fleet.startSpoke('us-1');
    await until('eu-1 knows', async () => (await member('eu-1', 'us-1'))?.status.capacity?.nodes === 1);
    expect((await member('eu-1', 'us-1'))?.status.capacity).toMatchObject({ nodes: 1, cpu: '3', memory: '15Gi' });
  });
});

test('a cluster that moves to another set leaves the registry of the first', { timeout: 60_000 }, async () => {
  await patch('us-1', { metadata: { labels: { 'set.accord.dev/shops': '' } } });
  await until('eu-1 sees it no more', async () => (await it.status('eu-1', `${clusters}/us-1`)) === 404);
  await until('nor the other way round', async () => (await it.status('us-1', `${clusters}/eu-1`)) === 404);
  await patch('us-1', { metadata: { labels: { 'set.accord.dev/shops': null } } });
  await until(
    'they see each other again',
    async () => (await isReady('eu-1', 'us-1', 'True')()) && (await isReady('us-1', 'eu-1', 'True')()),
  );
});
