import { ManualClock } from '@accord/runtime/clock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type Answered, type MemoryHub } from '../memory-hub.ts';

const startMs = Date.UTC(2026, 0, 1);
let hub: MemoryHub;
let clock: ManualClock;
let operator: string;
beforeEach(async () => {
  clock = new ManualClock(startMs);
  hub = await startMemoryHub({ clock });
  await hub.addCluster('dev', { env: 'dev' });
  await hub.addCluster('prod', { env: 'prod' });
  const namespaces = [{ name: 'pay', configMaps: [{ name: 'a', data: { a: 'b' } }] }];
  const body = {
    apiVersion: 'accord.dev/v1alpha1',
    kind: 'ClusterPolicy',
    metadata: { name: 'pay' },
    spec: { clusterSelector: {}, namespaces },
  };
  await hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', { body });
  operator = (await hub.call('POST', '/v1/api-tokens', { body: { name: 'oncall', role: 'operator' } })).body.token;
});
afterEach(() => hub.stop());

const ofPay = '/v1/policies/pay/holds';
const fleet = '/v1/fleet/holds';
const hold = (body: object, { url = ofPay, token = operator } = {}): Promise<Answered> => hub.call('POST', url, { body, token });
const held = async (url = ofPay): Promise<readonly object[]> => (await hub.call('GET', url)).body.items;
const inc = { for: '2h', reason: 'INC-1' };
const until2h = '2026-01-01T02:00:00.000Z';
const ofProd = { cluster: 'prod', policy: 'pay', until: until2h, reason: 'INC-1', by: 'token/oncall' };

describe('a hold', () => {
  test('is told with its end, its reason and whose word it is, and is over by itself', async () => {
    const { status, body } = await hold({ clusters: ['prod'], ...inc });
    expect([status, body]).toEqual([202, { change: 'cluster/prod@2', clusters: ['prod'], until: until2h }]);
    expect(await held()).toEqual([ofProd]);
    clock.advance(2 * 3_600_000);
    expect(await held()).toEqual([]);
  });

  test('of an object stands beside that of the policy, and a second one of the same takes its place', async () => {
    const object = 'ConfigMap/pay/a';
    await hold({ selector: 'env in (dev, prod)', ...inc });
    await hold({ clusters: ['prod'], object, until: '2026-01-01T04:00:00+01:00', reason: 'INC-2' });
    await hold({ clusters: ['prod'], ...inc, reason: 'INC-3' });
    expect(await held()).toEqual([
      { ...ofProd, cluster: 'dev' },
      { ...ofProd, object, until: '2026-01-01T03:00:00.000Z', reason: 'INC-2' },
      { ...ofProd, reason: 'INC-3' },
    ]);
    const lift = (query: string): Promise<Answered> => hub.call('DELETE', `${ofPay}?${query}`, { token: operator });
    expect((await lift('clusters=prod,dev&object=ConfigMap/pay/a')).body.clusters).toEqual(['prod']);
    expect((await held()).length).toBe(2);
    expect((await lift('selector=env')).body.clusters).toEqual(['dev', 'prod']);
    expect((await lift('selector=env')).body).toEqual({ change: '', clusters: [] });
  });

  test('said twice is one fact', async () => {
    const body = { clusters: ['prod'], until: until2h, reason: 'INC-1' };
    expect([(await hold(body)).body.change, (await hold(body)).body.change]).toEqual(['cluster/prod@2', '']);
  });

  test('is in the audit', async () => {
    await hub.call('POST', ofPay, { body: { clusters: ['prod'], ...inc }, token: operator, headers: { 'accord-reason': 'INC-1' } });
    const { body } = await hub.call('GET', '/v1/audit');
    expect(body.items[0]).toMatchObject({ actor: 'token/oncall', action: 'HoldSet', change: 'cluster/prod@2', reason: 'INC-1' });
  });

  test('of a policy that is deleted is possible, for it may still be there', async () => {
    await hub.call('DELETE', '/apis/accord.dev/v1alpha1/clusterpolicies/pay');
    expect((await hold({ clusters: ['prod'], ...inc })).status).toBe(202);
  });

  test.each<[claim: string, body: object, status: number, said: string]>([
    ['without an end', { clusters: ['prod'], reason: 'x' }, 422, 'until, for: one of the two'],
    ['with two ends', { clusters: ['prod'], ...inc, until: until2h }, 422, 'until, for: one of the two'],
    ['that is over', { clusters: ['prod'], until: '2025-12-31T00:00:00Z', reason: 'x' }, 422, 'this time is over'],
    ['without a reason', { clusters: ['prod'], for: '2h' }, 422, 'reason'],
    ['with an empty reason', { clusters: ['prod'], for: '2h', reason: '' }, 422, 'reason: from 1 to 200 characters'],
    ['of what is no object', { clusters: ['prod'], ...inc, object: 'a' }, 422, 'Kind/namespace/name'],
    ['nowhere', inc, 422, 'clusters, selector: one of the two'],
    ['on a cluster that there is not', { clusters: ['nope'], ...inc }, 404, '"nope" not found'],
    ['where nobody has the labels', { selector: 'env=test', ...inc }, 422, 'no cluster has the labels env=test'],
    ['with labels that are none', { selector: 'env=(', ...inc }, 422, 'is no label requirement'],
  ])('%s is refused', async (_claim, body, status, said) => {
    const answer = await hold(body);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(said)]);
    expect(await held(fleet)).toEqual([]);
  });

  test('of a policy that never was is refused', async () => {
    expect((await hold({ clusters: ['prod'], ...inc }, { url: '/v1/policies/nope/holds' })).status).toBe(404);
  });

  test('is for operators, a freeze for admins, and everybody may look', async () => {
    const viewer = (await hub.call('POST', '/v1/api-tokens', { body: { name: 'guest', role: 'viewer' } })).body.token;
    const asked = { selector: 'env=prod', ...inc };
    expect((await hold(asked, { token: viewer })).status).toBe(403);
    expect((await hold(asked, { url: fleet })).status).toBe(403);
    expect((await hub.call('DELETE', `${fleet}?selector=env`, { token: operator })).status).toBe(403);
    expect((await hub.call('GET', fleet, { token: viewer })).status).toBe(200);
  });
});

describe('a freeze', () => {
  test('holds everything where the labels are, and is lifted without what is held beside it', async () => {
    await hold({ clusters: ['prod'], ...inc });
    const { body } = await hold({ selector: 'env=prod', ...inc }, { url: fleet, token: hub.adminToken });
    expect(body.clusters).toEqual(['prod']);
    const everything = { cluster: 'prod', until: until2h, reason: 'INC-1', by: 'admin' };
    expect(await held(fleet)).toEqual([ofProd, everything]);
    expect(await held()).toEqual([ofProd]);
    expect((await hub.call('DELETE', `${fleet}?clusters=prod`)).body).toEqual({ change: 'cluster/prod@4', clusters: ['prod'] });
    expect(await held(fleet)).toEqual([ofProd]);
  });
});
