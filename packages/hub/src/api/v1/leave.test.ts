import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type Answered, type MemoryHub } from '../memory-hub.ts';

let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('eu-1', { env: 'prod' });
  const spec = { clusterSelector: { matchLabels: { env: 'prod' } } };
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'pay' }, spec };
  await hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', { body });
  hub.report('eu-1', 'pay', 'Applied');
});
afterEach(() => hub.stop());

const leave = (body: object = {}): Promise<Answered> => hub.call('POST', '/v1/clusters/eu-1/leave', { body });
const stay = (): Promise<Answered> => hub.call('DELETE', '/v1/clusters/eu-1/leave');
const shown = async () => (await hub.call('GET', '/apis/accord.dev/v1alpha1/clusters/eu-1')).body;
const condition = async () => (await shown()).status.conditions.find(({ type }: { type: string }) => type === 'Leaving');

describe('POST /v1/clusters/{name}/leave', () => {
  test('gives back unless something else is said, and is shown until it is over', async () => {
    expect(await condition()).toBeUndefined();
    const { status, body } = await leave();
    expect([status, body]).toEqual([202, { change: 'cluster/eu-1@2', cluster: 'eu-1', state: 'Leaving', behind: [] }]);
    expect(await condition()).toMatchObject({
      status: 'True',
      reason: 'Retain',
      message: expect.stringMatching(/gives back .* left: pay\.$/),
    });
    expect((await shown()).metadata).toMatchObject({ deletionTimestamp: expect.any(String), finalizers: ['accord.dev/leaving'] });
    const accept = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    const { rows } = (await hub.call('GET', '/apis/accord.dev/v1alpha1/clusters', { headers: accept })).body;
    expect(rows[0].cells).toContain('Leaving');
    const { items } = (await hub.call('GET', '/v1/clusters/eu-1/policies')).body;
    expect(items).toMatchObject([{ state: 'Removing', reason: 'ClusterLeaves', selected: false }]);
  });

  test('is refused a second time, with what there is to do', async () => {
    await leave({ mode: 'Purge' });
    const { status, body } = await leave({ mode: 'Retain' });
    expect([status, body.code, body.help]).toEqual([409, 'conflict', expect.stringContaining('accord cluster stay eu-1')]);
  });

  test('may be taken back', async () => {
    expect((await stay()).status).toBe(409);
    await leave();
    expect([(await stay()).body, await condition()]).toEqual([{ change: 'cluster/eu-1@3' }, undefined]);
    for (const cluster of hub.deps.projection.reported.clusters.values()) cluster.hasLetGo = true;
    await leave();
    expect((await stay()).body.detail).toContain('has let go of everything already');
  });

  test('with force lists what stays, frees the name, and ends a removal that waited for the cluster', async () => {
    await hub.call('DELETE', '/apis/accord.dev/v1alpha1/clusterpolicies/pay');
    expect((await hub.call('GET', '/v1/policies/pay/clusters')).body.items).toHaveLength(1);
    const { status, body } = await leave({ force: true });
    expect([status, body.state, body.behind]).toEqual([202, 'Left', [{ policy: 'pay', objects: 1 }]]);
    const gone = ['/apis/accord.dev/v1alpha1/clusters/eu-1', '/v1/policies/pay/clusters', '/apis/accord.dev/v1alpha1/clusterpolicies/pay'];
    for (const path of gone) expect((await hub.call('GET', path)).status).toBe(404);
    expect((await hub.call('POST', '/v1/join-tokens', { body: { cluster: 'eu-1' } })).status).toBe(201);
    const again = await hub.restart();
    hub = again;
    expect((await again.call('GET', gone[0] ?? '')).status).toBe(404);
    const { left } = again.deps.projection.registry;
    expect([...left.values()].map(({ body: fact }) => [fact.name, fact.left?.behind])).toEqual([['eu-1', [{ policy: 'pay', objects: 1 }]]]);
  });

  test('that is repeated with its Idempotency-Key is answered like the first', async () => {
    const asked = { body: { force: true }, headers: { 'idempotency-key': 'once' } };
    const answers = [await hub.call('POST', '/v1/clusters/eu-1/leave', asked), await hub.call('POST', '/v1/clusters/eu-1/leave', asked)];
    expect(answers.map(({ status, body }) => [status, body.change, body.state])).toEqual([
      [202, 'cluster/eu-1@2', 'Left'],
      [202, 'cluster/eu-1@2', 'Left'],
    ]);
  });

  test.each([['operator'], ['viewer']])('is not for a %s', async (role) => {
    const { token } = (await hub.call('POST', '/v1/api-tokens', { body: { name: 'ann', role } })).body;
    for (const [method, body] of [['POST', {}] as const, ['DELETE', undefined] as const])
      expect((await hub.call(method, '/v1/clusters/eu-1/leave', { token, body })).status).toBe(403);
    expect(await condition()).toBeUndefined();
  });

  test('takes no other mode', async () => {
    expect((await leave({ mode: 'Delete' })).status).toBe(422);
    expect((await hub.call('POST', '/v1/clusters/eu-2/leave', { body: {} })).status).toBe(404);
  });

  test('is what whoever deletes a cluster is told to do', async () => {
    const { status, body } = await hub.call('DELETE', '/apis/accord.dev/v1alpha1/clusters/eu-1');
    expect([status, body.message]).toEqual([405, expect.stringContaining('accord cluster leave NAME')]);
  });
});
