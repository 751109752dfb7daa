import { ManualClock } from '@accord/runtime/clock';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const clock = new ManualClock(Date.UTC(2026, 10, 24, 12, 0, 30));
const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
let hub: MemoryHub;
const put = (name: string): Promise<unknown> =>
  hub.call('PUT', `${policies}/${name}`, {
    body: {
      apiVersion: 'accord.dev/v1alpha1',
      kind: 'ClusterPolicy',
      metadata: { name },
      spec: { clusterSelector: {}, namespaces: [{ name }] },
    },
  });
beforeAll(async () => {
  hub = await startMemoryHub({ clock });
  // The history begins when the hub has noted its start.
  const started = async (): Promise<void> => {
    clock.advance(10);
    expect((await hub.call('GET', '/v1/audit?action=HubStarted')).body.items).toHaveLength(1);
  };
  await vi.waitFor(started, { interval: 5 });
  await hub.addCluster('dev', { env: 'dev' });
  await put('team-a');
  await put('other');
  clock.advance(60_000);
});
afterAll(() => hub.stop());

test('steps begin with the oldest that is kept, at whole steps, and end with the one in which now is', async () => {
  const { status, body } = await hub.call('GET', '/v1/fleet/series?since=1h&points=60');
  expect([status, body.from, body.to, body.stepMs]).toEqual([200, '2026-11-24T12:00:00.000Z', '2026-11-24T12:02:00.000Z', 60_000]);
  expect(body.points.map(({ at, changes }: { at: string; changes: number }) => [at, changes])).toEqual([
    ['2026-11-24T12:00:00.000Z', 3],
    ['2026-11-24T12:01:00.000Z', 0],
  ]);
});

test('whoever is bound to a part is told of its changes alone', async () => {
  const token = await hub.tokenWith({ role: 'viewer', clusters: {}, policies: ['team-*'] });
  const { body } = await hub.call('GET', '/v1/fleet/series', { token });
  expect(body.points[0].changes).toBe(2);
});

test('what a cluster did is not told any more to whom it was taken from, however the numbers were kept', async () => {
  await hub.addCluster('moved', { env: 'stage' });
  const token = await hub.tokenWith({ role: 'viewer', clusters: { matchLabels: { env: 'stage' } }, policies: ['stage-*'] });
  const changes = async (): Promise<unknown> =>
    (await hub.call('GET', '/v1/fleet/series', { token })).body.points.map((point: { changes: number }) => point.changes);
  expect(await changes()).toEqual([0, 1]);
  await hub.call('PATCH', '/apis/accord.dev/v1alpha1/clusters/moved', {
    body: { metadata: { labels: { env: 'prod' } } },
    headers: { 'content-type': 'application/merge-patch+json' },
  });
  expect(await changes()).toEqual([0, 0]);
});

test.each([
  ['since=tomorrow', 'Write it like 2026-11-24T15:00:00Z'],
  ['since=2126-01-01T00:00:00Z', 'a time that has been'],
  ['points=x', 'Write a number from 1 to 500.'],
])('%s is refused', async (query, help) => {
  const { status, body } = await hub.call('GET', `/v1/fleet/series?${query}`);
  expect([status, body.help]).toEqual([400, expect.stringContaining(help)]);
});

test('no more than 500 points are given', async () => {
  const { body } = await hub.call('GET', '/v1/fleet/series?since=10m&points=5000');
  expect(body.stepMs).toBe(2_000);
});
