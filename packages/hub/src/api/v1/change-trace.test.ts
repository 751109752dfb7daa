import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExampleCollector } from '../../tracing/example-collector.ts';
import { startMemoryHub, type Answered, type MemoryHub } from '../memory-hub.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const caller = '00f067aa0ba902b7';
const link = 'https://jaeger.example.com/trace/{traceId}';
const resource = { 'service.name': 'hub-1' };
let hub: MemoryHub;
let collector: ExampleCollector;
beforeEach(async () => {
  collector = await ExampleCollector.start();
  const url = `${collector.url}/v1/traces`;
  hub = await startMemoryHub({
    tracing: { resource, link, export: { url, headers: {}, sampler: 'parentbased_always_on', ratio: 1 } },
  });
  await hub.addCluster('dev-1', { env: 'dev' });
});
afterEach(async () => {
  await hub.deps.tracing.stop();
  await hub.stop();
  await collector.stop();
});

const put = (headers: Readonly<Record<string, string>> = {}): Promise<Answered> => {
  const spec = { clusterSelector: {}, namespaces: [{ name: 'team' }] };
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'pay' }, spec };
  const traceparent = `00-${traceId}-${caller}-01`;
  return hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', { body, headers: { traceparent, ...headers } });
};
interface Spans {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}
const spansOf = async (path: string, token = hub.adminToken): Promise<readonly Spans[]> =>
  (await hub.call('GET', path, { token })).body.resourceSpans[0].scopeSpans[0].spans;
/** As a cluster told it, and the history recorded it. */
const record = (cluster: string, change: string): void =>
  hub.deps.past.read().run(
    `INSERT INTO outcomes (cluster, boot, n, item, seq, at_ms, skew_ms, policy, change, revision, step, state, reason, message, leaving,
       desired, applied, held, created, changed, removed, stamps, problems, stages)
     VALUES (?, 1, 1, 0, 1, 10, 0, 'pay', ?, 1, 0, 'Applied', '', '', 0, 1, 1, 0, 0, 0, 0, '{}', '[]', '[]')`,
    ...[cluster, change],
  );

describe('the trace of a change', () => {
  test('begins with the request, below the span of the caller', async () => {
    await put();
    const [request, append, ...more] = await spansOf('/v1/changes/pay@1/trace');
    expect([request?.traceId, request?.parentSpanId, request?.name]).toEqual([
      traceId,
      caller,
      'PUT /apis/accord.dev/v1alpha1/clusterpolicies/:name',
    ]);
    expect([append?.name, append?.parentSpanId, more]).toEqual(['intent append', request?.spanId, []]);
  });

  test('has the span of the request that is exported, and does not say where the caller sits', async () => {
    await put();
    const [request] = await spansOf('/v1/changes/pay@1/trace');
    await hub.deps.tracing.stop();
    const exported = collector.spans.find(({ name }) => name.startsWith('PUT'));
    expect(exported).toMatchObject({ spanId: request?.spanId, parentSpanId: caller });
    const keys = (span: Pick<Spans, 'attributes'> | undefined): unknown => span?.attributes.map(({ key }) => key);
    expect(keys(exported)).toEqual([...(keys(request) as string[]), 'client.address', 'user_agent.original']);
  });

  test('of one that the caller does not sample nothing is exported', async () => {
    await put({ traceparent: `00-${traceId}-${caller}-00` });
    await hub.call('GET', '/v1/fleet');
    await hub.deps.tracing.stop();
    expect(collector.spans.map(({ name }) => name)).toEqual(['GET /v1/fleet']);
  });

  test('is the same after a restart, but for what only the hub that did it knew', async () => {
    await put();
    const before = await spansOf('/v1/changes/pay@1/trace');
    hub = await hub.restart();
    const after = await spansOf('/v1/changes/pay@1/trace');
    expect(after.map(({ spanId, parentSpanId }) => [spanId, parentSpanId])).toEqual(
      before.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]),
    );
    expect(after[0]?.name).toBe('request');
  });

  test('is found for ids with a slash, written either way', async () => {
    for (const id of ['cluster/dev-1@1', 'cluster%2Fdev-1%401'])
      expect((await spansOf(`/v1/changes/${id}/trace`)).map(({ name }) => name)).toEqual(['intent append']);
    expect((await hub.call('GET', '/v1/changes/pey@1/trace')).status).toBe(404);
  });

  test('tells of the clusters that a caller sees, and of no other', async () => {
    const prod = await hub.addCluster('prod-1', { env: 'prod' });
    await put();
    record(prod, 'pay@1');
    const token = await hub.tokenWith({ role: 'viewer', policies: ['*'], clusters: { matchLabels: { env: 'dev' } } });
    const names = async (by?: string): Promise<readonly string[]> => (await spansOf('/v1/changes/pay@1/trace', by)).map(({ name }) => name);
    expect(await names()).toContain('cluster');
    expect(await names(token)).not.toContain('cluster');
  });

  test('has a link where the hub was told where it is looked at', async () => {
    await put();
    expect((await hub.call('GET', '/v1/changes/pay@1')).body.traceUrl).toBe(`https://jaeger.example.com/trace/${traceId}`);
  });

  test('a retry by the same Idempotency-Key is the same request', async () => {
    await put({ 'idempotency-key': 'k' });
    await put({ 'idempotency-key': 'k' });
    await put();
    await hub.deps.tracing.stop();
    const ids = collector.spans.filter(({ name }) => name.startsWith('PUT')).map(({ spanId }) => spanId);
    expect([ids.length, new Set(ids).size]).toEqual([3, 2]);
  });
});

test('what is logged in a request names its span', async () => {
  const said: object[] = [];
  hub.app.get('/v1/logs', { config: { role: 'public' } }, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    said.push(hub.deps.tracing.context.fields());
    return 'done';
  });
  await hub.call('GET', '/v1/logs', { headers: { traceparent: `00-${traceId}-${caller}-01` } });
  await hub.deps.tracing.stop();
  expect(said).toEqual([{ traceId, spanId: collector.spans.find(({ name }) => name === 'GET /v1/logs')?.spanId }]);
  expect(hub.deps.tracing.context.fields()).toEqual({});
});
