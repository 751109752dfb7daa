import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killNatsOf } from '../chaos/hub-program.ts';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([
    { name: 'dev-1', labels: { env: 'dev' } },
    { name: 'prod-1', labels: { env: 'prod' } },
  ]);
});
afterAll(() => it.stop());

const everywhere = { clusterSelector: {} };
const both = ['dev-1', 'prod-1'];
const settings = (name: string, value: string) => [
  { name, configMaps: ['settings', 'other'].map((map) => ({ name: map, data: { value } })) },
];
const configMap = (namespace: string, map = 'settings') => `/api/v1/namespaces/${namespace}/configmaps/${map}`;
const valueOf = async (cluster: string, namespace: string, map = 'settings') =>
  ((await it.kube(cluster, 'GET', configMap(namespace, map))).body as { readonly data?: { readonly value: string } }).data?.value;
const edit = (cluster: string, namespace: string, map = 'settings') =>
  it.kube(cluster, 'PATCH', configMap(namespace, map), { data: { value: 'edited' } });
const untilState: FleetFixture['untilState'] = (...said) => it.untilState(...said);
const apply = async (policy: string, value = 'a') =>
  it.untilApplied(policy, await it.put(policy, { ...everywhere, namespaces: settings(policy, value) }), both);
const healed = (cluster: string, namespace: string) =>
  until(`${namespace} is healed on ${cluster}`, async () => (await valueOf(cluster, namespace)) === 'a');

async function hold(url: string, body: object): Promise<void> {
  const { status, body: said } = await it.hub('POST', url, { reason: 'INC-1', ...body });
  if (status !== 202) throw new Error(JSON.stringify(said));
}

describe('a policy that an operator holds on a cluster', () => {
  test('is not healed there, and goes on at its time although hub and bus are gone', async () => {
    await apply('held');
    const endMs = Date.now() + 12_000;
    await hold('/v1/policies/held/holds', { clusters: ['prod-1'], until: new Date(endMs).toISOString() });
    await untilState('held', 'prod-1', 'Stopped', 'INC-1: nothing is applied, healed or removed; 3 of 3 objects are as wanted.');
    await Promise.all(both.map((cluster) => edit(cluster, 'held')));
    await healed('dev-1', 'held');
    await untilState('held', 'prod-1', 'Stopped', '2 of 3 objects are as wanted. Go on with: accord unhold held prod-1');
    await it.fleet.killHub();
    await killNatsOf(it.fleet.paths.hub);
    await until('the end is near', async () => Date.now() > endMs - 1_000);
    expect(await valueOf('prod-1', 'held')).toBe('edited');
    await healed('prod-1', 'held');
    expect(Date.now()).toBeGreaterThanOrEqual(endMs);
    await it.fleet.startHub();
    await untilState('held', 'prod-1', 'Applied');
  });

  test('stays so while its spoke is started anew, and until somebody lifts it', async () => {
    await hold('/v1/policies/held/holds', { clusters: ['prod-1'], for: '1h' });
    await untilState('held', 'prod-1', 'Stopped');
    await it.fleet.killSpoke('prod-1');
    await edit('prod-1', 'held');
    await it.fleet.startSpoke('prod-1');
    // A spoke that writes nothing cannot tell of what it has not applied itself whether it is as wanted.
    await untilState('held', 'prod-1', 'Stopped', '0 of 3 objects');
    expect(await valueOf('prod-1', 'held')).toBe('edited');
    await it.hub('DELETE', '/v1/policies/held/holds?clusters=prod-1');
    await healed('prod-1', 'held');
  });

  test('keeps what it has there when it is deleted, until the hold ends', async () => {
    await hold('/v1/policies/held/holds', { clusters: ['prod-1'], for: '10s' });
    await untilState('held', 'prod-1', 'Stopped');
    await it.delete('held');
    await until('it is gone from the other', async () => (await it.status('dev-1', configMap('held'))) === 404);
    await untilState('held', 'prod-1', 'Stopped', 'what it left stays');
    expect(await it.status('prod-1', configMap('held'))).toBe(200);
    await until('it is gone here too', async () => (await it.status('prod-1', configMap('held'))) === 404);
  });
});

test('one object that is held is left alone, and the rest of its policy goes on', async () => {
  await apply('object');
  await hold('/v1/policies/object/holds', { selector: 'env=prod', object: 'ConfigMap/object/settings', for: '1h' });
  await until('the hold has come', async () => {
    await edit('prod-1', 'object');
    return (await it.row('object', 'prod-1'))?.state === 'Stopped';
  });
  await it.put('object', { ...everywhere, namespaces: settings('object', 'b') });
  await until('the rest is as wanted', async () => (await valueOf('prod-1', 'object', 'other')) === 'b');
  await untilState('object', 'prod-1', 'Stopped', 'accord unhold object prod-1 --object ConfigMap/object/settings');
  expect(await valueOf('prod-1', 'object')).toBe('edited');
  await it.hub('DELETE', '/v1/policies/object/holds?clusters=prod-1&object=ConfigMap/object/settings');
  await until('it is as wanted', async () => (await valueOf('prod-1', 'object')) === 'b');
});

test('a freeze holds everything where the labels are, with what is new there, until it is lifted', async () => {
  await apply('frozen');
  await hold('/v1/fleet/holds', { selector: 'env=prod', for: '1h' });
  await untilState('frozen', 'prod-1', 'Stopped', 'Go on with: accord unfreeze -l accord.dev/name=prod-1');
  await Promise.all(both.map((cluster) => edit(cluster, 'frozen')));
  await it.put('new', { ...everywhere, namespaces: settings('new', 'a') });
  await healed('dev-1', 'frozen');
  await untilState('new', 'dev-1', 'Applied');
  await untilState('new', 'prod-1', 'Stopped', 'everything there is held until');
  expect([await valueOf('prod-1', 'frozen'), await it.status('prod-1', '/api/v1/namespaces/new')]).toEqual(['edited', 404]);
  await it.hub('DELETE', '/v1/fleet/holds?selector=env%3Dprod');
  await healed('prod-1', 'frozen');
  await untilState('new', 'prod-1', 'Applied');
});

describe('a Namespace that is only opened, and that somebody holds', () => {
  const path = '/api/v1/namespaces/opened';
  const patch = (change: object) => ['patch', '-n', 'opened', 'configmap', 'settings', '--type=merge', '-p', JSON.stringify(change)];
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'opened' }, data: { value: 'a' } };

  test('keeps what is in it as it is, without a warning, until the annotation is taken away', async () => {
    for (const name of ['dev-1', 'prod-1'])
      await it.kube(name, 'POST', '/api/v1/namespaces', { metadata: { name: 'opened', labels: { 'accord.dev/allow': 'true' } } });
    await it.untilApplied('opened', await it.put('opened', { ...everywhere, objects: [{ id: 'a', manifest }] }), ['dev-1', 'prod-1']);
    const warned = await it.kubectlSays('prod-1', ...patch({ data: { value: 'edited' } }));
    expect(warned.stderr).toContain('managed by Accord policy opened: the change will be reverted');
    await until('the change is reverted', async () => (await valueOf('prod-1', 'opened')) === 'a');

    const end = new Date(Date.now() + 3_600_000).toISOString();
    await it.kube('prod-1', 'PATCH', path, { metadata: { annotations: { 'accord.dev/hold-until': end } } });
    // Both the server and the spoke see the annotation a moment later.
    await until(
      'nobody is warned any more',
      async () => (await it.kubectlSays('prod-1', ...patch({ data: { value: 'held' } }))).stderr === '',
    );
    await untilState('opened', 'prod-1', 'Stopped', `held until ${end}`);
    expect(await valueOf('prod-1', 'opened')).toBe('held');
    await it.kubectl('prod-1', 'annotate', 'namespace', 'opened', 'accord.dev/hold-until-');
    await until('it is as wanted', async () => (await valueOf('prod-1', 'opened')) === 'a');
  });
});
