import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStatus } from '@accord/local/commands/status';
import { fleetPaths } from '@accord/local/fleet-paths';
import { fleetClusters } from '@accord/local/fleet/fleet-clusters';
import { LocalFleet } from '@accord/local/fleet/local-fleet';

const home = mkdtempSync(join(tmpdir(), 'accord-fleet-'));
const paths = fleetPaths(home);
let fleet: LocalFleet;

async function start(clusters: number): Promise<void> {
  fleet = new LocalFleet({ home, clusters: fleetClusters(clusters), env: process.env });
  await fleet.start();
}

beforeAll(() => start(2));

afterAll(async () => {
  await fleet.stop();
  rmSync(home, { recursive: true });
});

const running = () => readStatus(paths).processes.map(({ kind, cluster }) => (cluster === null ? kind : `${kind} ${cluster}`));
const pidOf = (kind: string) => readStatus(paths).processes.find((process) => process.kind === kind)?.pid;
const clusterNames = async () => {
  const { body } = await fleet.hub.send('GET', '/apis/accord.dev/v1alpha1/clusters');
  return (body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name).toSorted();
};

const everything = [
  'etcd',
  'fleet',
  'hub',
  ...['kube-apiserver', 'kube-controller-manager'].flatMap((kind) => [`${kind} dev-eu-1`, `${kind} prod-eu-1`]),
  'nats-server',
  'spoke dev-eu-1',
  'spoke prod-eu-1',
];

test('a started fleet runs every process once, and every cluster has joined', async () => {
  expect(running().toSorted()).toEqual(everything);
  expect(await clusterNames()).toEqual(['dev-eu-1', 'prod-eu-1']);
});

test('a member shows where it runs', () => {
  const args = ['--kubeconfig', paths.cluster('dev-eu-1').kubeconfig, 'get', 'clusters', '--no-headers'];
  expect(execFileSync('kubectl', args, { encoding: 'utf8' })).toMatch(/^dev-eu-1 .* eu /);
});

test('the keys are where they are promised, for their owner alone', () => {
  expect(readFileSync(paths.adminToken, 'utf8')).not.toBe('');
  for (const path of [paths.adminToken, paths.hubKubeconfig, paths.cluster('dev-eu-1').kubeconfig])
    expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a hub that was killed comes back to the nats-server that outlived it', async () => {
  const nats = pidOf('nats-server');
  await fleet.killHub();
  expect(running()).not.toContain('hub');
  await fleet.startHub();
  expect(pidOf('nats-server')).toBe(nats);
  expect(await clusterNames()).toEqual(['dev-eu-1', 'prod-eu-1']);
});

test('a nats-server that was killed is started again by its hub', async () => {
  const before = pidOf('nats-server');
  fleet.killNats();
  await expect.poll(() => [undefined, before].includes(pidOf('nats-server')), { timeout: 20_000 }).toBe(false);
});

test('a spoke that was killed gets ready again with the credential that it had', async () => {
  await fleet.killSpoke('dev-eu-1');
  expect(running()).not.toContain('spoke dev-eu-1');
  await fleet.startSpoke('dev-eu-1');
  expect(running()).toContain('spoke dev-eu-1');
});

test('a stopped fleet leaves nothing running, and a second start resumes it', async () => {
  const url = fleet.hub.url;
  await fleet.stop();
  expect(running()).toEqual([]);
  await start(2);
  expect(running().toSorted()).toEqual(everything);
  expect([fleet.hub.url, await clusterNames()]).toEqual([url, ['dev-eu-1', 'prod-eu-1']]);
});

test('a start that died with an invitation in its hands is healed by the next', async () => {
  const [, , third] = fleetClusters(3);
  const lost = await fleet.hub.createJoinToken(third ?? { name: '', labels: {} });
  expect(lost?.token).toMatch(/^[\w-]{43}$/);
  await fleet.stop();
  await start(3);
  expect(await clusterNames()).toEqual(['dev-eu-1', 'prod-eu-1', 'prod-us-1']);
  expect(await fleet.hub.createJoinToken({ name: 'prod-us-1', labels: {} })).toBeUndefined();
});
