import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canLogIn, FleetFixture, until } from './fleet-fixture.ts';
import { configMap, inAnHour, labelsOf, LeaveWorld, ownSecret, shop } from './leave-world.ts';

const [keeps, purges, gone] = ['keeps', 'purges', 'gone'] as const;
let it: FleetFixture;
let world: LeaveWorld;
beforeAll(async () => {
  it = await FleetFixture.start([keeps, purges, gone].map((name) => ({ name, labels: labelsOf(name) })));
  world = new LeaveWorld(it);
});
afterAll(() => it.stop());

const inRepository = (path: string): string => new URL(`../../${path}`, import.meta.url).pathname;
const run = promisify(execFile);
/** The command line, as an admin. Resolves with what it prints; rejects when it fails. */
async function accord(...words: readonly string[]): Promise<string> {
  const env = { ...process.env, ACCORD_URL: it.fleet.hub.url, ACCORD_TOKEN: readFileSync(it.fleet.paths.adminToken, 'utf8').trim() };
  const { stdout } = await run(inRepository('accord'), words, { env });
  return stdout;
}
const binding = (name: string): string => `/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings/accord:shop:${name}`;

describe('a cluster that is told to leave while it is away', () => {
  let credential: Awaited<ReturnType<FleetFixture['credentialOf']>>;

  test('leaves when it is back: everything stays, and is nobody’s', { timeout: 120_000 }, async () => {
    await world.put('shop', keeps);
    credential = await it.credentialOf(keeps);
    const before = await world.read(keeps, configMap('shop', 'c1'));
    await it.fleet.stopSpoke(keeps);
    expect((await world.leave(keeps, { mode: 'Retain' })).status).toBe(202);
    const [row] = await it.rows('shop');
    expect(row).toMatchObject({ state: 'Removing', reason: 'ClusterLeaves', sentence: expect.stringContaining('keeps what is there') });
    await it.fleet.startSpoke(keeps);
    await world.untilLeft(keeps);
    expect(await world.held(keeps)).toEqual([]);
    const { metadata, data } = await world.read(keeps, configMap('shop', 'c1'));
    expect([data, metadata.uid, metadata.annotations?.['accord.dev/adoptable']]).toEqual([before.data, before.metadata.uid, 'true']);
    expect([await it.status(keeps, binding('view')), await it.status(keeps, '/api/v1/namespaces/shop')]).toEqual([200, 200]);
    // Nobody would end it any more.
    expect(await it.status(keeps, binding('edit'))).toBe(404);
    expect(await it.rows('shop')).toEqual([]);
  });

  test('has no credential any more, and the streams hold nothing of it, also for a hub that starts anew', { timeout: 60_000 }, async () => {
    await world.untilReclaimed(credential.id);
    await until('its token is dead', async () => !(await canLogIn(credential)));
    await world.untilForgotten(keeps);
    await it.fleet.startHub();
    await until('the hub is ready', async () => (await it.hub('GET', '/readyz')).status === 200);
    expect([await world.isMember(keeps), await world.isMember(purges)]).toEqual([false, true]);
    // What is there is the history that it was: nothing was lost, so nothing was rebuilt.
    expect(((await it.hub('GET', '/v1/fleet')).body as { readonly epoch: number }).epoch).toBe(1);
  });

  test('has a spoke that does nothing, says so, and does not come back with the token that it has used', { timeout: 60_000 }, async () => {
    await until('it says so', async () => (await world.healthOf(keeps)).startsWith(`left the fleet as ${keeps} at `));
    await it.fleet.killSpoke(keeps);
    await it.fleet.startSpoke(keeps);
    await until('it says so again', async () => (await world.healthOf(keeps)).startsWith(`left the fleet as ${keeps} at `));
    await it.kube(keeps, 'DELETE', configMap('shop', 'c2'));
    await it.put('shop', { ...shop(keeps), priority: 7 });
    expect(world.logOf(`${keeps}-spoke.log`)).not.toContain('cannot join');
    expect([await it.status(keeps, configMap('shop', 'c2')), await it.status(keeps, ownSecret('credential'))]).toEqual([404, 404]);
  });

  test('lets go of the installation, and nothing hangs', { timeout: 120_000 }, async () => {
    const manifests = ['crds.yaml', 'rbac.yaml', 'admission-policies.yaml', 'deployment.yaml'].flatMap((file) => [
      '-f',
      inRepository(`deploy/spoke/${file}`),
    ]);
    await it.kubectl(keeps, 'delete', '--ignore-not-found', '--timeout=60s', ...manifests);
    await it.fleet.stopSpoke(keeps);
    const paths = [
      '/api/v1/namespaces/accord-system',
      '/apis/accord.dev/v1alpha1/clusters',
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/accord-spoke-core',
    ];
    for (const path of paths) await until(`${path} is gone`, async () => (await it.status(keeps, path)) === 404);
    const { metadata, data } = await world.read(keeps, configMap('shop', 'c1'));
    expect([data, metadata.finalizers]).toEqual([{ a: '1' }, undefined]);
    // With nobody left who guards or heals it, it is an ordinary object of its owner.
    await it.kubectl(keeps, 'delete', 'namespace', 'shop', '--timeout=60s');
  });
});

describe('a cluster that leaves with everything', () => {
  test('removes what policies made, without the brake, and gives back what was there before', { timeout: 120_000 }, async () => {
    await it.kubectl(purges, 'create', 'namespace', 'mine');
    await it.kubectl(purges, 'label', 'namespace', 'mine', 'accord.dev/allow=true');
    await it.kubectl(purges, '-n', 'mine', 'create', 'configmap', 'old', '--from-literal=a=b');
    await it.kubectl(purges, '-n', 'mine', 'annotate', 'configmap', 'old', 'accord.dev/adoptable=true');
    const old = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'old', namespace: 'mine' }, data: { a: 'c' } };
    await world.put('purged', purges, { ...shop(purges), objects: [{ id: 'old', manifest: old }] });
    const { id } = await it.credentialOf(purges);
    const said = await accord('cluster', 'leave', purges, '--purge', '--yes', '--wait');
    expect(said).toMatch(/^cluster\/purges leaving \(cluster\/purges@\d+\)\npurges: \d\/\d policies gone in /);
    expect(await world.held(purges)).toEqual([]);
    expect([
      await it.status(purges, configMap('shop', 'c1')),
      await it.status(purges, binding('view').replace('shop:view', 'purged:view')),
    ]).toEqual([404, 404]);
    expect(await it.status(purges, '/api/v1/namespaces/shop')).toBe(200);
    const { data, metadata } = await world.read(purges, configMap('mine', 'old'));
    expect([data, metadata.labels?.['accord.dev/policy'], metadata.annotations?.['accord.dev/origin']]).toEqual([
      { a: 'c' },
      undefined,
      'Adopted',
    ]);
    await world.untilReclaimed(id);
  });

  test('joins again under its name with a new token, as another one', { timeout: 60_000 }, async () => {
    await world.invite(purges);
    await until('it is a member', () => world.isMember(purges));
    await it.untilApplied('purged', 1, [purges]);
    expect((await world.read(purges, configMap('mine', 'old'))).metadata.labels?.['accord.dev/policy']).toBe('purged');
    expect(await world.healthOf(purges)).toBe('ok\n');
  });

  test('a stop holds it, and is told; then it goes on by itself', { timeout: 60_000 }, async () => {
    const freeze = { freeze: { until: inAnHour, reason: 'audit' } };
    const guardrail = { apiVersion: 'accord.dev/v1alpha1', kind: 'Guardrail', metadata: { name: 'default' }, spec: freeze };
    expect((await it.kube(purges, 'POST', '/apis/accord.dev/v1alpha1/guardrails', guardrail)).status).toBe(201);
    await until('it is frozen', async () => (await it.rows('purged'))[0]?.reason === 'Frozen');
    expect((await world.leave(purges, { mode: 'Purge' })).status).toBe(202);
    await until(
      'the row says so',
      async () => (await it.rows('purged'))[0]?.sentence.includes('audit: nothing is applied, healed or removed') === true,
    );
    expect([await world.isMember(purges), await it.status(purges, configMap('shop', 'c1'))]).toEqual([true, 200]);
    expect((await it.hub('POST', `/v1/clusters/${purges}/leave`, { mode: 'Retain' })).status).toBe(409);
    expect((await it.kube(purges, 'DELETE', '/apis/accord.dev/v1alpha1/guardrails/default')).status).toBe(200);
    await world.untilLeft(purges);
    expect(await world.held(purges)).toEqual([]);
  });
});

describe('a cluster that is gone for good', () => {
  let credential: Awaited<ReturnType<FleetFixture['credentialOf']>>;

  test('is taken out at once, with a list of what stays there, and finishes a removal that waits for it', { timeout: 60_000 }, async () => {
    await world.put('stays', gone);
    await world.put('waits', gone, {
      clusterSelector: { matchLabels: { of: gone } },
      namespaces: [{ name: 'waits', configMaps: [{ name: 'a', data: { a: '1' } }] }],
    });
    credential = await it.credentialOf(gone);
    await it.fleet.killSpoke(gone);
    await it.delete('waits');
    expect((await it.rows('waits')).length).toBe(1);
    const said = await accord('cluster', 'leave', gone, '--force', '--yes');
    expect(said.split('\n').slice(1, -1)).toEqual(['stays on gone: 17 objects of stays', 'stays on gone: 2 objects of waits']);
    expect([await world.isMember(gone), await it.rows('stays'), await it.rows('waits')]).toEqual([false, [], []]);
    expect((await it.hub('GET', '/apis/accord.dev/v1alpha1/clusterpolicies/waits')).status).toBe(404);
    await world.untilReclaimed(credential.id);
    await until('its token is dead', async () => !(await canLogIn(credential)));
    expect((await it.hub('POST', '/v1/join-tokens', { cluster: gone })).status).toBe(201);
  });

  test('and comes back all the same keeps and heals what it has, reaches nobody, and says why', { timeout: 60_000 }, async () => {
    await it.fleet.startSpoke(gone);
    await until('its log says why', async () => world.logOf(`${gone}-spoke.log`).includes('has left this fleet'));
    expect((await it.kube(gone, 'DELETE', configMap('shop', 'c1'))).status).toBe(200);
    await until('it is healed', async () => (await it.status(gone, configMap('shop', 'c1'))) === 200);
    expect([await it.status(gone, configMap('waits', 'a')), await world.isMember(gone), await world.stored(credential.id)]).toEqual([
      200,
      false,
      [],
    ]);
  });
});
