import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from '../real/fleet-fixture.ts';
import { HubProgram } from './hub-program.ts';

const run = promisify(execFile);
const eu = 'prod-eu-1';
const us = 'prod-us-1';
const clusters = [eu, us];
let it: FleetFixture;
let hub: HubProgram;

beforeAll(async () => {
  it = await FleetFixture.start([
    { name: eu, labels: { env: 'prod', region: 'eu' } },
    { name: us, labels: { env: 'prod', region: 'us' } },
  ]);
  const { natsUrl } = JSON.parse(readFileSync(it.fleet.paths.hubFile, 'utf8')) as { natsUrl: string };
  const { argv0 } = JSON.parse(readFileSync(it.fleet.paths.natsRecord, 'utf8')) as { argv0: string };
  const [port, natsPort] = [Number(new URL(it.fleet.hub.url).port), Number(new URL(natsUrl).port)];
  hub = new HubProgram({ dataDir: it.fleet.paths.hub, natsServer: argv0, port, natsPort });
  // From here on the test itself starts the hub: one that is not ready is what it wants to see.
  await it.fleet.killHub();
  await hub.start();
  await settle('kept');
});
afterAll(async () => {
  await hub?.stop();
  await it?.stop();
});

const mirror = (policyName: string) => `/apis/accord.dev/v1alpha1/clusterpolicies/${policyName}`;
const configMap = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps/settings`;
const policy = (name: string) => ({
  clusterSelector: { matchLabels: { env: 'prod' } },
  namespaces: [{ name, configMaps: [{ name: 'settings', data: { a: '1' } }] }],
});
async function settle(name: string): Promise<void> {
  await it.untilApplied(name, await it.put(name, policy(name)), clusters);
}

/** Directories of a stream below the one nats-server: what an administrator deletes, loses or restores. */
function streamDir(stream: 'FLEET' | 'INTENT'): string {
  const root = join(it.fleet.paths.hub, 'nats', 'js', 'jetstream');
  const found = readdirSync(root)
    .map((account) => join(root, account, 'streams', stream))
    .find((dir) => existsSync(dir));
  if (found === undefined) throw new Error(`no store of ${stream} in ${root}`);
  return found;
}
const copyDir = (stream: string) => join(it.home, `copy-of-${stream}`);

async function takeCopy(...streams: readonly ('FLEET' | 'INTENT')[]): Promise<void> {
  await untilSeen();
  await hub.stop();
  for (const stream of streams) {
    rmSync(copyDir(stream), { recursive: true, force: true });
    cpSync(streamDir(stream), copyDir(stream), { recursive: true });
  }
  await hub.start();
  await untilLive();
  await untilLive();
}

/** With hub and nats-server killed, as after the loss of a disk. */
async function whileDown(harm: () => void): Promise<void> {
  await untilSeen();
  await hub.killAll();
  harm();
  await hub.start();
}
const wipe = (stream: 'FLEET' | 'INTENT') => rmSync(streamDir(stream), { recursive: true });
function rollBack(stream: 'FLEET' | 'INTENT'): void {
  const dir = streamDir(stream);
  rmSync(dir, { recursive: true });
  cpSync(copyDir(stream), dir, { recursive: true });
}

/** The hub writes down once a second how far it has seen the streams come. */
async function untilSeen(): Promise<void> {
  const seen = () => readFileSync(join(it.fleet.paths.hub, 'high-water.json'), 'utf8');
  let before = '';
  let sameSinceMs = performance.now();
  await until('the high-water mark stands still', async () => {
    if (seen() !== before) [before, sameSinceMs] = [seen(), performance.now()];
    return performance.now() - sameSinceMs > 1_500;
  });
}

async function recover(...options: readonly string[]): Promise<string> {
  const main = fileURLToPath(new URL('../../packages/hub/src/main.ts', import.meta.url));
  return (await run(process.execPath, [main, 'recover', '--data', it.fleet.paths.hub, ...options])).stdout;
}

const epoch = async () => ((await it.hub('GET', '/v1/fleet')).body as { epoch: number }).epoch;
const confirmEpoch = async () => (await it.hub('POST', '/v1/fleet/confirm-epoch', { epoch: await epoch() })).status;

/** Every object of ours with its identity: an object that was deleted and made again is not the same. */
async function everything(): Promise<readonly string[]> {
  const found = await Promise.all(
    clusters.flatMap((cluster) =>
      ['/api/v1/configmaps', '/api/v1/namespaces'].map(async (path) => {
        const { body } = await it.kube(cluster, 'GET', `${path}?labelSelector=accord.dev/policy`);
        return (body as { items: { metadata: { name: string; namespace?: string; uid: string } }[] }).items.map(
          ({ metadata: { name, namespace = '', uid } }) => `${cluster} ${namespace}/${name} ${uid}`,
        );
      }),
    ),
  );
  return found.flat().toSorted();
}

/** Both spokes are connected again, have caught up and say so at this hub. */
async function untilLive(): Promise<void> {
  await until(
    'every cluster is live and current',
    async () => {
      const { clusters: counts } = (await it.hub('GET', '/v1/fleet')).body as { clusters: { live: number; behind: number } };
      return counts.live === clusters.length && counts.behind === 0;
    },
    90_000,
  );
}

/** Deletes an object of a policy on a cluster; the spoke brings it back, which shows that it still enforces. */
async function untilHealed(cluster: string, name: string): Promise<void> {
  await it.kube(cluster, 'DELETE', configMap(name));
  await until(`${name} is healed on ${cluster}`, async () => (await it.status(cluster, configMap(name))) === 200);
}

/** Under which id the cluster shows itself. */
async function recordOf(cluster: string): Promise<string> {
  const { body } = await it.kube(cluster, 'GET', `/apis/accord.dev/v1alpha1/clusters/${cluster}`);
  return (body as { readonly spec: { readonly clusterID: string } }).spec.clusterID;
}

/** The mirror goes last: after the objects of the policy are removed and its namespace is released. */
async function untilGone(cluster: string, name: string): Promise<void> {
  await until(`${name} leaves ${cluster}`, async () => (await it.status(cluster, mirror(name))) === 404);
  expect(await it.status(cluster, configMap(name))).toBe(404);
}

/** What is left to an administrator whose hub has forgotten the cluster: a new token, and no old credential. */
async function joinAgain(cluster: string): Promise<void> {
  await it.fleet.stopSpoke(cluster);
  await it.kube(cluster, 'DELETE', '/api/v1/namespaces/accord-system/secrets/accord-spoke-credential');
  const { body } = await it.hub('POST', '/v1/join-tokens', { cluster, labels: { env: 'prod' }, mode: 'Enforce', expiresIn: '1h' });
  writeFileSync(it.fleet.paths.cluster(cluster).joinToken, (body as { token: string }).token, { mode: 0o600 });
  await it.fleet.startSpoke(cluster);
  await until(
    'it is a member again',
    async () => {
      const counts = ((await it.hub('GET', '/v1/fleet')).body as { clusters: { live: number } }).clusters;
      return counts.live === 1;
    },
    60_000,
  );
}

/** As the cluster itself shows it: a hub that lost what was decided knows no policy of that name. */
async function stateOf(cluster: string, name: string): Promise<string> {
  const { body } = await it.kube(cluster, 'GET', mirror(name));
  const { state, conditions } = (body as { status: { state: string; conditions: { type: string; reason: string }[] } }).status;
  return `${state} ${conditions.find(({ type }) => type === 'Stalled')?.reason}`;
}

describe('FLEET is lost', () => {
  test('the hub rebuilds it in the next epoch, and nothing is touched on any cluster', { timeout: 180_000 }, async () => {
    const [before, epochBefore] = [await everything(), await epoch()];
    await whileDown(() => wipe('FLEET'));
    expect(await hub.readiness()).toBe('ok');
    expect(await epoch()).toBe(epochBefore + 1);
    await untilLive();
    await it.untilApplied('kept', 1, clusters);
    expect(await everything()).toEqual(before);
    await untilHealed(eu, 'kept');
  });

  test('what was deleted while it was lost stays until somebody confirms the epoch', { timeout: 180_000 }, async () => {
    await settle('absent');
    await it.fleet.stopSpoke(us);
    await it.delete('absent');
    await until('one cluster removed it', async () => (await it.status(eu, configMap('absent'))) === 404);
    await whileDown(() => wipe('FLEET'));
    await it.fleet.startSpoke(us);
    await untilLive();
    expect(await it.status(us, configMap('absent'))).toBe(200);
    await untilHealed(us, 'kept');
    expect(await it.status(us, configMap('absent'))).toBe(200);
    expect(await confirmEpoch()).toBe(202);
    await untilGone(us, 'absent');
    await until('the hub shows no row', async () => (await it.rows('absent')).length === 0);
  });

  test('and so it is when an older copy of it comes back', { timeout: 180_000 }, async () => {
    await takeCopy('FLEET');
    await settle('newer');
    const [before, epochBefore] = [await everything(), await epoch()];
    await whileDown(() => rollBack('FLEET'));
    expect([await hub.readiness(), await epoch()]).toEqual(['ok', epochBefore + 1]);
    await untilLive();
    await it.untilApplied('newer', 1, clusters);
    expect(await everything()).toEqual(before);
    expect(await confirmEpoch()).toBe(202);
  });
});

describe('INTENT is rolled back', () => {
  test(
    'the hub says why it publishes nothing, recover explains and lets it go on, and nothing is deleted without a confirmation',
    { timeout: 300_000 },
    async () => {
      await takeCopy('INTENT');
      await settle('forgotten');
      const [before, epochBefore] = [await everything(), await epoch()];
      await whileDown(() => rollBack('INTENT'));
      expect(await hub.readiness()).toMatch(
        /^not ready: INTENT ends at \d+, but this hub has seen \d+: what people decided was lost or rolled back/,
      );
      const halted = await it.hub('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/kept', {
        apiVersion: 'accord.dev/v1alpha1',
        kind: 'ClusterPolicy',
        metadata: { name: 'kept' },
        spec: { clusterSelector: {} },
      });
      expect(halted.status, JSON.stringify(halted.body)).toBe(503);
      expect(hub.log).toContain('accord-hub recover --data DIR');
      await untilHealed(us, 'forgotten');
      await expect(recover()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('Another hub') as string });

      await hub.killAll();
      expect(await recover()).toMatch(
        /^This hub has seen INTENT up to \d+ .*\n.*restore them from a backup.*\nWithout a backup: accord-hub recover/,
      );
      await hub.start();
      expect(await hub.readiness()).toContain('not ready: INTENT ends at');
      await hub.killAll();
      expect(await recover('--accept')).toContain('Nothing is removed from any cluster until: accord confirm-epoch');
      await hub.start();
      expect([await hub.readiness(), await epoch()]).toEqual(['ok', epochBefore + 1]);
      await untilLive();
      await it.untilApplied('kept', 1, clusters);
      expect((await everything()).map((line) => line.split(' ').slice(0, 2))).toEqual(before.map((line) => line.split(' ').slice(0, 2)));
      for (const cluster of clusters)
        await until('it waits for a person', async () => (await stateOf(cluster, 'forgotten')) === 'Stalled EpochChanged');
      expect(await confirmEpoch()).toBe(202);
      for (const cluster of clusters) await untilGone(cluster, 'forgotten');
    },
  );
});

describe('INTENT is lost', () => {
  test('with everything else: spokes go on, and what they hold stays', { timeout: 180_000 }, async () => {
    const before = await everything();
    await whileDown(() => {
      wipe('INTENT');
      wipe('FLEET');
    });
    expect(await hub.readiness()).toMatch(/^not ready: INTENT ends at 0, but this hub has seen \d+/);
    await untilHealed(us, 'kept');
    await it.fleet.killSpoke(eu);
    await it.fleet.startSpoke(eu);
    await untilHealed(eu, 'kept');
    await hub.killAll();
    await recover('--accept');
    await hub.start();
    expect(await hub.readiness()).toBe('ok');
    await untilHealed(eu, 'kept');
    const former = await recordOf(eu);
    await joinAgain(eu);
    await until('the cluster shows who it is now', async () => (await recordOf(eu)) !== former);
    await it.untilApplied('first-of-a-new-history', await it.put('first-of-a-new-history', policy('first-of-a-new-history')), [eu]);
    await until('what no policy wants any more waits for a person', async () => (await stateOf(eu, 'kept')) === 'Stalled EpochChanged');
    const names = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(names(await everything())).toEqual(expect.arrayContaining(names(before)));
    await hub.killAll();
  });
});
