/** An API server behind the API server (APIService): its kind is applied like any other, and while it is away nothing else notices. */
import type { JsonObject } from '@accord/proto/canonical';
import { objectPath } from '@accord/spoke/kube/object-path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AggregatedApi, badgeKind } from './aggregated-api.ts';
import { FleetFixture, until } from './fleet-fixture.ts';
import { definition, gadgetKind, manifestsRole } from './kind-examples.ts';

const cluster = 'dev-1';
let it: FleetFixture;
let api: AggregatedApi;
beforeAll(async () => {
  [it, api] = await Promise.all([FleetFixture.start([{ name: cluster, labels: {} }]), AggregatedApi.start()]);
  const role = manifestsRole('kinds-of-tests', {
    [badgeKind.group]: ['badges'],
    [gadgetKind.group]: ['gadgets'],
    'apiextensions.k8s.io': ['customresourcedefinitions'],
  });
  const roles = ['/apis/rbac.authorization.k8s.io/v1/clusterroles', role] as const;
  for (const [path, object] of [roles, ...api.registration()]) expect((await it.kube(cluster, 'POST', path, object)).status).toBe(201);
  await untilAvailable('True');
});
afterAll(async () => {
  await it.stop();
  await api.goAway();
});

interface Served {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
const untilAvailable = (wanted: string) =>
  until(
    `the aggregated API is available: ${wanted}`,
    async () => {
      const { body } = await it.kube(cluster, 'GET', `/apis/apiregistration.k8s.io/v1/apiservices/v1.${badgeKind.group}`);
      return (body as Served).status?.conditions?.find(({ type }) => type === 'Available')?.status === wanted;
    },
    60_000,
  );
const badge = (namespace: string): JsonObject => ({
  ...{ apiVersion: `${badgeKind.group}/v1`, kind: badgeKind.kind, metadata: { name: 'a', namespace } },
  spec: { text: 'hello' },
});
const gadget = (namespace: string): JsonObject => ({
  ...{ apiVersion: `${gadgetKind.group}/v1`, kind: gadgetKind.kind, metadata: { name: 'a', namespace } },
  spec: { size: 1 },
});
const policy = (namespace: string, ...manifests: readonly JsonObject[]) => ({
  clusterSelector: {},
  namespaces: [{ name: namespace, configMaps: [{ name: 'settings', data: { a: '1' } }] }],
  objects: manifests.map((manifest, at) => ({ id: `o${at}`, manifest })),
});
const badgePath = (namespace: string) => objectPath({ kind: badgeKind, namespace, name: 'a' });
const textOf = async (namespace: string): Promise<unknown> =>
  ((await it.kube(cluster, 'GET', badgePath(namespace))).body as { readonly spec?: { readonly text: string } }).spec?.text;
const settle = async (name: string, spec: object): Promise<void> => it.untilApplied(name, await it.put(name, spec), [cluster]);
const settings = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps/settings`;
async function heals(namespace: string): Promise<void> {
  await it.kube(cluster, 'DELETE', settings(namespace));
  await until(`${namespace} is healed`, async () => (await it.status(cluster, settings(namespace))) === 200);
}

describe('an object of an aggregated API', () => {
  test('is applied, healed and taken away like any other', async () => {
    await settle('kinds', { clusterSelector: {}, objects: [{ id: 'd', manifest: definition(gadgetKind.group, gadgetKind.kind) }] });
    await settle('badges', policy('badges', badge('badges')));
    expect(await textOf('badges')).toBe('hello');
    await it.kube(cluster, 'PATCH', badgePath('badges'), { spec: { text: 'edited' } });
    await until('the edit is healed', async () => (await textOf('badges')) === 'hello');
    await it.kube(cluster, 'DELETE', badgePath('badges'));
    await until('it is there again', async () => (await textOf('badges')) === 'hello');
    await settle('leaving', policy('leaving', badge('leaving')));
    await it.delete('leaving');
    await until('it has left', async () => (await it.rows('leaving')).length === 0);
    expect(await it.status(cluster, badgePath('leaving'))).toBe(404);
  });
});

describe('while the server behind it is away', () => {
  beforeAll(async () => {
    await api.goAway();
    await untilAvailable('False');
  });

  test('objects of all other kinds are applied and healed, definitions of new ones too', async () => {
    await settle('others', policy('others', gadget('others'), definition('more.example.com', 'Thing')));
    await heals('others');
    await heals('badges');
  });

  test('its own wait, say why, and hold up nothing of their policy', async () => {
    await it.put('late', policy('late', badge('late')));
    await until('the row says so', async () => {
      const [row] = await it.rows('late');
      return row?.state === 'Retrying' && row.sentence.includes('Badge late/a');
    });
    expect(await it.status(cluster, settings('late'))).toBe(200);
    await heals('late');
  });

  test('a spoke that starts then enforces the rest, and takes nothing for gone', async () => {
    await it.fleet.killSpoke(cluster);
    await it.fleet.startSpoke(cluster);
    await heals('others');
    await settle('started', policy('started', gadget('started')));
    await it.delete('started');
    await until('another policy leaves meanwhile', async () => (await it.rows('started')).length === 0, 60_000);
    const [row] = await it.rows('late');
    expect(row?.state).toBe('Retrying');
    expect(row?.sentence).toContain('the server behind them does not answer');
  });

  test('everything of it is in within a minute of its return', { timeout: 180_000 }, async () => {
    await api.comeBack();
    await untilAvailable('True');
    await until('what waited is applied', async () => (await it.rows('late'))[0]?.state === 'Applied', 60_000);
    expect([await textOf('late'), await textOf('badges')]).toEqual(['hello', 'hello']);
    await it.kube(cluster, 'PATCH', badgePath('badges'), { spec: { text: 'edited' } });
    await until('an edit is healed again', async () => (await textOf('badges')) === 'hello', 60_000);
  });

  test('what no policy wants any more goes then, though the spoke had started without knowing its kind', { timeout: 300_000 }, async () => {
    await settle('parting', policy('parting', badge('parting')));
    await api.goAway();
    await untilAvailable('False');
    await it.fleet.killSpoke(cluster);
    await it.delete('parting');
    await it.fleet.startSpoke(cluster);
    await heals('others');
    await api.comeBack();
    await until('it has gone', async () => (await it.status(cluster, badgePath('parting'))) === 404, 90_000);
    await until('its row too', async () => (await it.rows('parting')).length === 0, 60_000);
  });
});
