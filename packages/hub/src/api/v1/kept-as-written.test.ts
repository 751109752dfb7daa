/** What is gone can be read still, and what anybody wrote comes out as it was written. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
const odd = `</script><img src=x onerror=alert(1)> & "quoted" \\ \u0007 \u001b[31mred \u202e ${String.fromCodePoint(0x1f600)} \n\t end`;
let hub: MemoryHub;

beforeAll(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('eu-1', { env: 'prod' });
  await hub.addCluster('eu-2', { env: 'prod' });
  await put('old', { description: odd });
  hub.report('eu-1', 'old', 'Failed', odd);
});
afterAll(() => hub.stop());

const put = (name: string, spec: object = {}): ReturnType<MemoryHub['call']> =>
  hub.call('PUT', `${policies}/${name}`, {
    body: {
      ...{ apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name, annotations: { note: odd } } },
      spec: { clusterSelector: {}, namespaces: [{ name: 'n', configMaps: [{ name: 'c', data: { text: odd } }] }], ...spec },
    },
  });

describe('markup and control characters', () => {
  const isAsWritten = async (url: string, find: (body: never) => unknown): Promise<void> => {
    const { status, headers, body } = await hub.call('GET', url);
    expect([url, status, find(body as never)]).toEqual([url, 200, odd]);
    expect([headers['content-type'], headers['x-content-type-options']]).toEqual(['application/json; charset=utf-8', 'nosniff']);
  };

  test('of a report come out as they were written', async () => {
    const message = (body: { items: { message: string }[] }): unknown => body.items[0]?.message;
    await isAsWritten('/v1/policies/old/clusters?state=Failed', message);
    await isAsWritten('/v1/clusters/eu-1/policies', message);
    await isAsWritten('/v1/fleet', (body: { problems: { message: string }[] }) => body.problems[0]?.message);
  });

  test('of a policy come out as they were written', async () => {
    type Policy = {
      metadata: { annotations: Record<string, string> };
      spec: { description: string; namespaces: { configMaps: { data: Record<string, string> }[] }[] };
    };
    await isAsWritten(`${policies}/old`, (body: Policy) => body.spec.description);
    await isAsWritten(`${policies}/old`, (body: Policy) => body.metadata.annotations['note']);
    await isAsWritten(`${policies}/old`, (body: Policy) => body.spec.namespaces[0]?.configMaps[0]?.data['text']);
    await isAsWritten('/v1/policies/old/revisions/1', (body: { spec: Policy['spec'] }) => body.spec.description);
  });

  test('of a cluster come out as they were written', async () => {
    const spec = { displayName: odd.slice(0, 60), description: odd };
    const { status } = await hub.call('PATCH', '/apis/accord.dev/v1alpha1/clusters/eu-1', {
      body: { spec, metadata: { annotations: { note: odd } } },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(status).toBe(200);
    await isAsWritten('/apis/accord.dev/v1alpha1/clusters/eu-1', (body: { spec: { description: string } }) => body.spec.description);
    type Annotated = { metadata: { annotations: Record<string, string> } };
    await isAsWritten('/apis/accord.dev/v1alpha1/clusters/eu-1', (body: Annotated) => body.metadata.annotations['note']);
  });

  test('in a refusal are still JSON', async () => {
    const { status, headers, body } = await hub.call('GET', `/v1/changes/${encodeURIComponent('<img src=x>')}`);
    expect([status, headers['content-type'], headers['x-content-type-options']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      'nosniff',
    ]);
    expect(body.detail).toContain('<img src=x>');
  });
});

// They take things away, so they come last.
describe('what is gone', () => {
  test('of a policy that was deleted changes, revisions and audit are read still', async () => {
    await hub.call('DELETE', `${policies}/old`);
    for (const cluster of ['eu-1', 'eu-2']) hub.report(cluster, 'old', 'Removed');
    expect((await hub.call('GET', `${policies}/old`)).status).toBe(404);
    expect((await hub.call('GET', '/v1/policies?q=old')).body.total).toBe(0);
    const ids = (await hub.call('GET', '/v1/changes?policy=old')).body.items.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(['old@2', 'old@1']);
    for (const url of ['/v1/changes/old@1', '/v1/changes/old@2', '/v1/policies/old/revisions/1', '/v1/policies/old/diff?from=1&to=2'])
      expect([url, (await hub.call('GET', url)).status]).toEqual([url, 200]);
    expect((await hub.call('GET', '/v1/policies/old/revisions')).body.items).toHaveLength(2);
    expect((await hub.call('GET', '/v1/audit?object=policy.old')).body.items).toHaveLength(2);
    expect((await hub.call('GET', '/v1/drift?policy=old')).status).toBe(200);
  });

  test('of a cluster that left as well, and what it was then', async () => {
    const { status } = await hub.call('POST', '/v1/clusters/eu-2/leave', { body: { mode: 'Retain', force: true } });
    expect(status).toBe(202);
    expect((await hub.call('GET', '/v1/clusters?q=eu-2')).body.total).toBe(0);
    const { body } = await hub.call('GET', '/v1/changes?cluster=eu-2');
    expect(body.items.map(({ object }: { object: string }) => object)).toContain('cluster/eu-2');
    for (const { id } of body.items) expect((await hub.call('GET', `/v1/changes/${encodeURIComponent(id)}`)).status).toBe(200);
    expect((await hub.call('GET', '/v1/clusters/eu-2')).body).toMatchObject({ cluster: 'eu-2', labels: { env: 'prod' } });
  });
});
