import { usagesSchema, type Usage } from '@accord/proto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: 'eu-1', labels: { env: 'prod' } }]);
});
afterAll(() => it.stop());

/** Quotas are looked at once a minute. */
const twoLooksMs = 150_000;

async function usage(path: string): Promise<readonly Usage[]> {
  return usagesSchema.parse((await it.hub('GET', path)).body).items;
}

test('a quota that fills up is seen at the hub before it is full', { timeout: twoLooksMs + 60_000 }, async () => {
  const namespaces = [{ name: 'filling', quota: { hard: { configmaps: '10', secrets: '20' } } }];
  await it.untilApplied('filling', await it.put('filling', { clusterSelector: {}, namespaces }), ['eu-1']);
  const quota = '/api/v1/namespaces/filling/resourcequotas/accord-filling';
  const used = async (): Promise<string | undefined> =>
    ((await it.kube('eu-1', 'GET', quota)).body as { readonly status?: { readonly used?: Readonly<Record<string, string>> } }).status
      ?.used?.['configmaps'];
  await until('the quota counts', async () => (await used()) !== undefined);
  for (let n = 0; Number(await used()) < 9; n += 1) {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `made-${n}` } };
    expect((await it.kube('eu-1', 'POST', '/api/v1/namespaces/filling/configmaps', body)).status).toBe(201);
  }
  await until('the hub is told', async () => (await usage('/v1/usage?min=80')).length > 0, twoLooksMs);
  const full = {
    cluster: 'eu-1',
    namespace: 'filling',
    quota: 'accord-filling',
    resource: 'configmaps',
    used: '9',
    hard: '10',
    percent: 90,
  };
  expect(await usage('/v1/clusters/eu-1/usage?min=80')).toEqual([full]);
  expect(await usage('/v1/usage?min=91')).toEqual([]);
});
