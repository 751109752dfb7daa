import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OtlpSpan, OtlpTraces } from '@accord/core/history/otlp-json';
import { ExampleCollector } from '@accord/hub/tracing/example-collector';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

const cluster = 'prod-1';
let collector: ExampleCollector;
let it: FleetFixture;
beforeAll(async () => {
  collector = await ExampleCollector.start();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'hub-of-the-test' };
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'prod' } }], env);
});
afterAll(async () => {
  await it.stop();
  await collector.stop();
});

const hops = ['intent append', 'plan', 'publish', 'cluster', 'deliver', 'verify', 'compile', 'apply', 'report', 'fold'];

/** Of the first apply of a policy with a Namespace and a ConfigMap: each stage with its slowest write. */
const stages = ['apply stage 2', 'PATCH', 'apply stage 5', 'PATCH'];

/** Writes a policy in the trace of a caller, and returns that trace once it is applied. */
async function write(name: string, value: string, flags = '01'): Promise<{ readonly traceId: string; readonly caller: string }> {
  const [traceId, caller] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  const spec = {
    clusterSelector: { matchLabels: { env: 'prod' } },
    namespaces: [{ name: 'team', configMaps: [{ name, data: { value } }] }],
  };
  const token = readFileSync(it.fleet.paths.adminToken, 'utf8').trim();
  const answer = await fetch(`${it.fleet.hub.url}/apis/accord.dev/v1alpha1/clusterpolicies/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', traceparent: `00-${traceId}-${caller}-${flags}` },
    body: JSON.stringify({ apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec }),
  });
  expect([answer.ok, answer.headers.get('traceparent')]).toEqual([true, `00-${traceId}-${caller}-${flags}`]);
  const { metadata } = (await answer.json()) as { readonly metadata: { readonly generation: number } };
  await it.untilApplied(name, metadata.generation, [cluster]);
  return { traceId, caller };
}

const received = (traceId: string): readonly OtlpSpan[] => collector.spans.filter((span) => span.traceId === traceId);
const answered = async (change: string): Promise<readonly OtlpSpan[]> => {
  const { status, body } = await it.hub('GET', `/v1/changes/${encodeURIComponent(change)}/trace`);
  expect(status).toBe(200);
  return (body as OtlpTraces).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
};
const named = (spans: readonly OtlpSpan[], name: string): OtlpSpan | undefined => spans.find((span) => span.name === name);
const attribute = (span: OtlpSpan | undefined, key: string): unknown =>
  Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];
const ids = (spans: readonly OtlpSpan[]): readonly string[] => spans.map(({ spanId }) => spanId).toSorted();
const whole = (what: string, traceId: string): Promise<void> =>
  until(what, async () => received(traceId).length >= hops.length + stages.length + 1);

describe('the trace of a change, as a collector gets it', () => {
  test('is one tree from the call to the report of the cluster, with the ids that the hub answers', async () => {
    const { traceId, caller } = await write('pay', 'one');
    await whole('the spans of pay@1 are received', traceId);
    const spans = received(traceId);
    const put = 'PUT /apis/accord.dev/v1alpha1/clusterpolicies/:name';
    expect(spans.map(({ name }) => name).toSorted()).toEqual([put, ...hops, ...stages].toSorted());
    const parentOf = (name: string): string | undefined => spans.find(({ spanId }) => spanId === named(spans, name)?.parentSpanId)?.name;
    expect(named(spans, put)?.parentSpanId).toBe(caller);
    expect(hops.map((name) => `${name} < ${parentOf(name)}`)).toEqual([
      `intent append < ${put}`,
      'plan < intent append',
      'publish < plan',
      'cluster < publish',
      ...['deliver', 'verify', 'compile', 'apply', 'report', 'fold'].map((name) => `${name} < cluster`),
    ]);
    const below = (name: string): readonly string[] =>
      spans.filter(({ parentSpanId }) => parentSpanId === named(spans, name)?.spanId).map((span) => span.name);
    expect(below('apply')).toEqual(['apply stage 2', 'apply stage 5']);
    expect([below('apply stage 2'), below('apply stage 5')]).toEqual([['PATCH'], ['PATCH']]);
    const patches = spans.filter(({ name }) => name === 'PATCH');
    const words = ['k8s.object.kind', 'k8s.namespace.name', 'k8s.object.name', 'accord.write.result'];
    expect(patches.map((span) => words.map((word) => attribute(span, word)))).toEqual([
      ['Namespace', undefined, 'team', 'created'],
      ['ConfigMap', 'team', 'pay', 'created'],
    ]);
    // Each was a request over the network.
    for (const span of patches) expect(BigInt(span.endTimeUnixNano)).toBeGreaterThan(BigInt(span.startTimeUnixNano));
    for (const span of spans) expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano), span.name).toBe(true);
    expect(BigInt(named(spans, 'apply')?.endTimeUnixNano ?? 0)).toBeGreaterThan(BigInt(named(spans, 'apply')?.startTimeUnixNano ?? 0));
    expect(BigInt(named(spans, 'intent append')?.endTimeUnixNano ?? 0)).toBeGreaterThan(
      BigInt(named(spans, 'intent append')?.startTimeUnixNano ?? 0),
    );
    expect([attribute(named(spans, 'cluster'), 'accord.cluster'), attribute(named(spans, put), 'http.response.status_code')]).toEqual([
      cluster,
      201,
    ]);
    const both = await answered('pay@1');
    expect(both.map(toldOf)).toEqual(both.map(({ spanId }) => spans.find((span) => span.spanId === spanId)).map(toldOf));
    expect(ids(await answered('pay@1'))).toEqual(ids(spans));
  });

  test('says who it comes from', () => {
    const resources = collector.requests.flatMap(({ body }) => body.resourceSpans.map(({ resource }) => resource.attributes));
    expect(new Set(resources.map((attributes) => JSON.stringify(attributes)))).toEqual(
      new Set([JSON.stringify([{ key: 'service.name', value: { stringValue: 'hub-of-the-test' } }])]),
    );
  });

  test('a line that the hub logs in a request names its span', async () => {
    const lines = readFileSync(join(it.fleet.paths.logs, 'hub.log'), 'utf8').split('\n');
    const joined = JSON.parse(lines.find((line) => line.includes('"a cluster joined"')) ?? '{}') as Partial<OtlpSpan>;
    const request = collector.spans.find(({ name }) => name === 'POST /v1/join');
    expect(joined).toMatchObject({ traceId: request?.traceId, spanId: request?.spanId });
  });

  test('is not sent where the caller does not sample it, and the hub answers it all the same', async () => {
    const { traceId } = await write('quiet', 'one', '00');
    // What comes after it has been sent, so it would have been as well.
    const { traceId: next } = await write('loud', 'one');
    await until('the clusters part of loud@1 is received', async () => named(received(next), 'fold') !== undefined);
    expect(received(traceId)).toEqual([]);
    expect((await answered('quiet@1')).map(({ name }) => name)).toEqual(expect.arrayContaining([...hops, 'apply stage 5']));
  });

  test('a collector that is away holds nobody up, costs one line, and gets what it missed', async () => {
    const { port } = collector;
    await collector.stop();
    const { traceId } = await write('pay', 'two');
    await until('the hub has noticed', async () => complaints().length > 0);
    await write('pay', 'three');
    expect(complaints()).toHaveLength(1);
    collector = await ExampleCollector.start(port);
    await until('the clusters part of pay@2 is received', async () => named(received(traceId), 'fold') !== undefined);
    expect(complaints()).toHaveLength(1);
  });

  test('a line of the log of the cluster names its span', async () => {
    const span = named(await answered('pay@1'), 'cluster');
    const lines = readFileSync(join(it.fleet.paths.logs, `${cluster}-spoke.log`), 'utf8').split('\n');
    const said = lines.flatMap((line) => (line.includes('"pay@1"') ? [JSON.parse(line) as Readonly<Record<string, unknown>>] : []));
    // The Namespace is shared with other policies, so it is told more than once.
    expect(new Set(said.map(({ traceId, spanId, state }) => `${String(traceId)} ${String(spanId)} ${String(state)}`))).toEqual(
      new Set([`${span?.traceId} ${span?.spanId} Applied`]),
    );
  });
});

/** What both say of a span: the exported one says as well who samples it, and where the caller sits. */
function toldOf(span: OtlpSpan | undefined): unknown {
  const { traceId, spanId, parentSpanId, name, kind, startTimeUnixNano, endTimeUnixNano, attributes = [] } = span ?? {};
  const said = attributes.filter(({ key }) => key !== 'client.address' && key !== 'user_agent.original');
  return { traceId, spanId, parentSpanId, name, kind, startTimeUnixNano, endTimeUnixNano, said };
}

function complaints(): readonly string[] {
  return readFileSync(join(it.fleet.paths.logs, 'hub.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('the collector of traces takes nothing'));
}
