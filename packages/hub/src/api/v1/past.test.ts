import { outcomeSubject } from '@accord/proto/subjects';
import type { ClusterId } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startMemoryHub, type Answered, type MemoryHub } from '../memory-hub.ts';

let hub: MemoryHub;
let prod: ClusterId;
const clock = new ManualClock(Date.parse('2026-11-24T15:00:00Z'));
beforeEach(async () => {
  hub = await startMemoryHub({ clock });
  await hub.addCluster('dev', { env: 'dev' });
  prod = await hub.addCluster('prod', { env: 'prod' });
});
afterEach(() => hub.stop());

const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
async function put(name: string, description: string, env = 'prod'): Promise<void> {
  const spec = { description, clusterSelector: { matchLabels: { env } }, namespaces: [{ name: 'team' }] };
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec };
  const { status } = await hub.call('PUT', `${policies}/${name}`, { body, headers: { 'accord-reason': `because ${description}` } });
  expect(status).toBeLessThan(300);
  clock.advance(60_000);
}
const get = async (url: string): Promise<Answered> => hub.call('GET', url);
const ids = (body: { readonly items: readonly { readonly id: string }[] }): string => body.items.map(({ id }) => id).join(' ');

describe('/v1/changes', () => {
  test('can be filtered by policy, cluster, actor and time, and paged', async () => {
    await put('pay', 'one');
    await put('pay', 'two');
    await put('shop', 'one');
    expect(ids((await get('/v1/changes?policy=pay')).body)).toBe('pay@2 pay@1');
    expect(ids((await get('/v1/changes?since=90s')).body)).toBe('shop@1');
    expect(ids((await get('/v1/changes?actor=nobody')).body)).toBe('');
    expect(ids((await get('/v1/changes?cluster=prod')).body)).toBe('cluster/prod@1');
    const { body: first } = await get('/v1/changes?limit=2');
    const { body: second } = await get(`/v1/changes?limit=2&continue=${first.continue}`);
    expect([ids(first), ids(second)]).toEqual(['shop@1 pay@2', 'pay@1 cluster/prod@1']);
    expect(first.kept.factsSince).toBe('2026-11-24T15:00:00.000Z');
  });

  test('are there after a restart, with what clusters said before it', async () => {
    await put('pay', 'one');
    hub.report('prod', 'pay', 'Applied');
    await put('pay', 'two');
    hub = await hub.restart();
    const { body } = await get('/v1/changes/pay@1');
    expect(body).toMatchObject({ id: 'pay@1', object: 'policy/pay', supersededBy: 'pay@2', reason: 'because one' });
    expect(body.clusters).toMatchObject([{ cluster: 'prod', because: 'its labels match' }]);
    expect(body.notSelected).toEqual({ total: 1, items: [{ cluster: 'dev', because: 'env is dev, wanted prod' }] });
  });

  test('name no cluster that they never selected, whatever it reports', async () => {
    await put('pay', 'one');
    hub.report('prod', 'pay', 'Applied');
    hub.report('dev', 'pay', 'Failed', 'lies');
    for (const isSuperseded of [false, true]) {
      if (isSuperseded) await put('pay', 'two');
      const { body } = await get('/v1/changes/pay@1');
      expect(body.clusters.map(({ cluster }: { readonly cluster: string }) => cluster)).toEqual(['prod']);
      expect(body.notSelected).toEqual({ total: 1, items: [{ cluster: 'dev', because: 'env is dev, wanted prod' }] });
    }
  });

  test('name a cluster that they take away what it had', async () => {
    await put('pay', 'one');
    await put('pay', 'two', 'dev');
    hub.report('prod', 'pay', 'Removing', 'it waits');
    hub.report('dev', 'pay', 'Applied');
    const { body } = await get('/v1/changes/pay@2');
    expect(body.clusters.map(({ cluster }: { readonly cluster: string }) => cluster)).toEqual(['dev', 'prod']);
  });

  test('that a later one replaced say so in their sentence', async () => {
    await put('pay', 'one');
    await put('pay', 'two');
    const { body } = await get('/v1/changes/pay@1');
    expect(body.clusters[0]).toMatchObject({ state: 'Pending', sentence: 'prod said nothing about pay@1 before pay@2 came.' });
    expect((await get('/v1/changes/pay@2')).body.clusters[0].sentence).toContain('pay@2 waits for prod');
  });

  test.each([
    ['/v1/changes/pay@7', 404, 'Revisions of pay go up to 1'],
    ['/v1/changes/pey@1', 404, 'Did you mean pay@1?'],
    ['/v1/changes/<b>@1', 404, 'See what there is'],
    ['/v1/changes?since=yesterday', 400, 'Write it like'],
    ['/v1/changes?continue=e30', 400, 'List again'],
    ['/v1/changes?cluster=prot', 404, 'Did you mean prod?'],
    ['/v1/changes?policy=pey', 404, 'Did you mean pay?'],
    ['/v1/drift?policy=pey', 404, 'Did you mean pay?'],
    ['/v1/audit?result=none', 400, 'Use one of stored, refused, done, lost.'],
  ])('%s is answered %i and what to do', async (url, status, help) => {
    await put('pay', 'one');
    const answer = await get(url);
    expect([answer.status, answer.body.help]).toEqual([status, expect.stringContaining(help)]);
  });
});

describe('revisions', () => {
  test('tell when, by whom and why, and what differs', async () => {
    await put('pay', 'one');
    await put('pay', 'two', 'dev');
    const { body } = await get('/v1/policies/pay/revisions');
    const told = body.items.map((item: { readonly revision: number; readonly reason: string }) => `${item.revision} ${item.reason}`);
    expect(told).toEqual(['2 because two', '1 because one']);
    const { body: diff } = await get('/v1/policies/pay/diff?from=1&to=2');
    expect(diff.differences).toEqual([
      { path: '.spec.clusterSelector.matchLabels.env', from: 'prod', to: 'dev' },
      { path: '.spec.description', from: 'one', to: 'two' },
    ]);
    expect((await get('/v1/policies/pay/diff?from=2&to=2')).body.differences).toEqual([]);
  });

  test('of a policy that is deleted stay, and its end is one of them', async () => {
    await put('pay', 'one');
    await hub.call('DELETE', `${policies}/pay`);
    const { body } = await get('/v1/policies/pay/revisions');
    expect(body.items.map(({ type }: { readonly type: string }) => type)).toEqual(['PolicyDeleted', 'PolicyCreated']);
    expect((await get('/v1/policies/pay/revisions/2')).body.deleted).toBe(true);
    expect((await get('/v1/policies/pay/revisions/1')).body.spec.description).toBe('one');
  });

  test.each([
    ['/v1/policies/pai/revisions', 'Did you mean pay?'],
    ['/v1/policies/pay/revisions/9', 'It has 1 to 1'],
    ['/v1/policies/pay/diff?from=1&to=x', 'It has 1 to 1'],
    ['/v1/policies/pay/diff?from=1', 'Name two revisions'],
  ])('%s says what there is', async (url, help) => {
    await put('pay', 'one');
    expect((await get(url)).body.help).toContain(help);
  });
});

describe('a cluster as it was', () => {
  test('was told what selected it then, and had what it said then', async () => {
    await put('pay', 'one');
    const thenMs = clock.now();
    clock.advance(60_000);
    await put('pay', 'two', 'dev');
    await put('shop', 'one');
    const at = async (ms: number): Promise<string> => {
      const { body } = await get(`/v1/clusters/prod?at=${new Date(ms).toISOString()}`);
      return body.told
        .map(({ policy, revision }: { readonly policy: string; readonly revision: number }) => `${policy}@${revision}`)
        .join(' ');
    };
    expect([await at(thenMs), await at(clock.now())]).toEqual(['pay@1', 'shop@1']);
  });

  test('what it did is told to the time', async () => {
    await put('pay', 'one');
    const { body: before } = await get('/v1/clusters/prod');
    expect(before.had).toEqual([]);
    expect(before).toMatchObject({ cluster: 'prod', id: prod, connection: 'unknown', gaps: [] });
  });

  test.each([
    ['/v1/clusters/prot', 404, 'Did you mean prod?'],
    ['/v1/clusters/prod?at=2020-01-01T00:00:00Z', 410, 'Ask for a later time.'],
    ['/v1/clusters/prod?at=soon', 400, 'Write it like'],
  ])('%s is answered %i', async (url, status, help) => {
    const answer = await get(url);
    expect([answer.status, answer.body.help]).toEqual([status, expect.stringContaining(help)]);
    if (status === 410) expect(answer.body.detail).toContain('this hub decides since 2026');
  });
});

describe('the audit', () => {
  test('can be filtered and paged, and names what is not theirs to change', async () => {
    await put('pay', 'one');
    await put('pay', 'two');
    const actions = async (query: string): Promise<string> =>
      (await get(`/v1/audit?${query}`)).body.items.map(({ action }: { readonly action: string }) => action).join(' ');
    expect(await actions('object=policy.pay')).toBe('PolicyChanged PolicyCreated');
    expect(await actions('action=PolicyCreated')).toBe('PolicyCreated');
    expect(await actions('since=90s')).toBe('PolicyChanged');
    const { body } = await get('/v1/audit?limit=1');
    expect(await actions(`limit=1&continue=${body.continue}`)).toBe('PolicyCreated');
  });

  test('a stranger who tries again and again is one entry a minute, with how often', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await hub.call('POST', '/v1/join-tokens', { token: `guessed-${attempt}`, body: {} });
    const refused = async (): Promise<readonly number[]> => {
      clock.advance(30);
      return (await get('/v1/audit?result=refused')).body.items.map(({ count }: { readonly count: number }) => count);
    };
    await vi.waitFor(async () => expect(await refused()).toEqual([1]));
    clock.advance(61_000);
    await vi.waitFor(async () => expect(await refused()).toEqual([4, 1]));
  });
});

test('a subject of an outcome is no way into the history of another', async () => {
  await hub.call('GET', `/v1/drift?object=${encodeURIComponent(outcomeSubject(prod))}`);
  const { status, body } = await get('/v1/drift?cluster=prod');
  expect([status, body.items]).toEqual([200, []]);
});
