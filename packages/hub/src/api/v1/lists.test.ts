import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
let hub: MemoryHub;
beforeAll(async () => {
  hub = await startMemoryHub();
  for (const name of ['eu-1', 'eu-2', 'us-1'])
    await hub.addCluster(name, { env: name === 'us-1' ? 'dev' : 'prod', region: name.slice(0, 2) });
  await put('banner', {});
  await put('pay', { matchLabels: { env: 'prod' } });
  hub.report('eu-1', 'banner', 'Applied');
  hub.report('eu-2', 'banner', 'Applied');
  hub.report('us-1', 'banner', 'Failed', 'it says no');
  hub.report('eu-2', 'pay', 'Stalled');
});
afterAll(() => hub.stop());

const put = (name: string, clusterSelector: object): Promise<unknown> =>
  hub.call('PUT', `${policies}/${name}`, {
    body: {
      apiVersion: 'accord.dev/v1alpha1',
      kind: 'ClusterPolicy',
      metadata: { name },
      spec: { clusterSelector, namespaces: [{ name }] },
    },
  });
const names = async (url: string, token = hub.adminToken): Promise<readonly string[]> =>
  (await hub.call('GET', url, { token })).body.items.map(({ name, cluster }: { name?: string; cluster?: string }) => name ?? cluster);

describe('GET /v1/clusters', () => {
  test('shows each in short, with its rows by state and the worst of them', async () => {
    const { body } = await hub.call('GET', '/v1/clusters?q=eu-2');
    expect(body).toMatchObject({
      total: 1,
      items: [{ name: 'eu-2', connection: 'live', sync: 'current', mode: 'Enforce', paused: false }],
    });
    expect(body.items[0]).toMatchObject({ rows: { Applied: 1, Stalled: 1 }, worst: 'Stalled', labels: { 'accord.dev/name': 'eu-2' } });
  });

  test.each([
    ['q=EU', 'eu-1 eu-2'],
    ['q=env%3Ddev', 'us-1'],
    ['q=nothing', ''],
    ['labelSelector=env%20in%20(dev,stage)', 'us-1'],
    ['state=Failed', 'us-1'],
    ['state=Pending', 'eu-1'],
    ['connection=live&sync=current', 'eu-1 eu-2 us-1'],
    ['connection=offline', ''],
    ['sync=behind', ''],
    ['sort=worst', 'eu-2 us-1 eu-1'],
    ['sort=worst&q=u&labelSelector=env%3Dprod', 'eu-2 eu-1'],
  ])('%s gives: %s', async (query, found) => expect((await names(`/v1/clusters?${query}`)).join(' ')).toBe(found));

  test.each(['name', 'worst'])('pages sorted by %s hold everything once, whatever their size', async (sort) => {
    const whole = await names(`/v1/clusters?sort=${sort}`);
    const paged: string[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const { body } = await hub.call('GET', `/v1/clusters?sort=${sort}&limit=1&continue=${next}`);
      expect([body.items.length, body.total]).toEqual([1, 3]);
      paged.push(body.items[0].name);
      next = body.continue;
    }
    expect(paged).toEqual(whole);
  });
});

describe('GET /v1/policies', () => {
  test.each([
    ['q=an', 'banner'],
    ['state=Stalled', 'pay'],
    ['state=Shadowed', ''],
    ['sort=worst', 'pay banner'],
  ])('%s gives: %s', async (query, found) => expect((await names(`/v1/policies?${query}`)).join(' ')).toBe(found));
});

describe('rows', () => {
  test.each([
    ['/v1/policies/banner/clusters?sort=worst', 'us-1 eu-1 eu-2'],
    ['/v1/policies/banner/clusters?sort=worst&q=eu', 'eu-1 eu-2'],
    ['/v1/policies/banner/clusters?state=Applied', 'eu-1 eu-2'],
    ['/v1/policies/banner/clusters?state=Behind', ''],
  ])('%s gives: %s', async (url, found) => expect((await names(url)).join(' ')).toBe(found));

  test('of a cluster are sorted and searched like those of a policy', async () => {
    const { body } = await hub.call('GET', '/v1/clusters/eu-2/policies?sort=worst');
    expect([body.items.map(({ policy }: { policy: string }) => policy), body.counts]).toEqual([
      ['pay', 'banner'],
      { Applied: 1, Stalled: 1 },
    ]);
    expect((await hub.call('GET', '/v1/clusters/eu-2/policies?q=pa')).body.total).toBe(1);
  });
});

describe('what there is none of', () => {
  test.each([
    ['/v1/clusters?state=Faild', 'Did you mean Failed?'],
    ['/v1/clusters?state=wrong-altogether', 'Use one of Stalled, Failed'],
    ['/v1/clusters?sort=wrst', 'Did you mean worst?'],
    ['/v1/clusters?connection=ofline', 'Did you mean offline?'],
    ['/v1/clusters?sync=behnd', 'Did you mean behind?'],
    ['/v1/clusters?labelSelector=%3D', 'Correct the selector.'],
    ['/v1/clusters?continue=abc', 'List again from the start.'],
    ['/v1/clusters?limit=many', 'Write a number from 1 to 1000.'],
    ['/v1/policies?sort=severity', 'Use one of name, worst.'],
    ['/v1/policies/banner/clusters?state=Bloked', 'Did you mean Blocked?'],
    ['/v1/clusters/eu-1/policies?sort=polcy', 'Did you mean policy?'],
  ])('%s is refused: %s', async (url, help) => {
    const { status, body } = await hub.call('GET', url);
    expect([status, body.help]).toEqual([400, expect.stringContaining(help)]);
  });
});

test('whoever is bound to a part sees no other clusters, policies or counts of rows', async () => {
  const token = await hub.tokenWith({ role: 'viewer', clusters: { matchLabels: { region: 'eu' } }, policies: ['pay'] });
  const clusters = await hub.call('GET', '/v1/clusters?sort=worst', { token });
  expect([clusters.body.total, clusters.body.items.map(({ name, rows }: { name: string; rows: object }) => [name, rows])]).toEqual([
    2,
    [
      ['eu-2', { Stalled: 1 }],
      ['eu-1', { Pending: 1 }],
    ],
  ]);
  expect(await names('/v1/clusters?q=us', token)).toEqual([]);
  expect(await names('/v1/policies', token)).toEqual(['pay']);
});

// These change what is there, so they come last.
describe('GET /v1/policies after changes', () => {
  test('shows each in short, with the change that made its revision, also when somebody confirmed something since', async () => {
    await hub.call('POST', '/v1/policies/banner/confirm-removal', { body: { revision: 1, count: 1 } });
    const { body } = await hub.call('GET', '/v1/policies');
    expect(body).toMatchObject({
      total: 2,
      items: [
        {
          name: 'banner',
          clusters: 3,
          rows: { Pending: 3 },
          worst: 'Pending',
          change: 'banner@1',
          actor: 'admin',
          deleting: false,
        },
        { name: 'pay', clusters: 2, rows: { Pending: 1, Stalled: 1 }, worst: 'Stalled', revision: 1, priority: 100, mode: 'Enforce' },
      ],
    });
  });

  test('a deleted one is there until the last cluster has removed it', async () => {
    await hub.call('DELETE', `${policies}/pay`);
    const { body } = await hub.call('GET', '/v1/policies?q=pay');
    expect(body.items).toMatchObject([{ name: 'pay', deleting: true, clusters: 1, rows: { Removing: 1 } }]);
    hub.report('eu-2', 'pay', 'Removed');
    expect(await names('/v1/policies')).toEqual(['banner']);
  });
});
