import { otlpTraces, type OtlpSpan } from '@accord/core/history/otlp-json';
import type { TraceSpan } from '@accord/core/history/span';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExampleCollector } from './example-collector.ts';
import { samplerOf } from './sampler.ts';
import { SpanExport } from './span-export.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const span: TraceSpan = {
  ...{ traceId, spanId: '00f067aa0ba902b7', parentSpanId: '1111111111111111', name: 'apply', kind: 'consumer' },
  ...{ startMs: 1_764_000_000_123.25, endMs: 1_764_000_000_200, error: 'it failed' },
  attributes: { 'accord.change': 'pay@1', 'accord.revision': 1, 'accord.clock.skew_ms': 0.5, 'accord.anchors': ['all', 'l.env.prod'] },
  events: [{ name: 'Retrying', atMs: 1_764_000_000_150, attributes: { 'accord.told': 2 } }],
  links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), attributes: {} }],
};
const resource = { 'service.name': 'hub-1' };
const clock = new ManualClock();
let collector: ExampleCollector;
let log: ListLog;
let out: SpanExport;
beforeEach(async () => {
  collector = await ExampleCollector.start();
  log = new ListLog();
  const config = { url: `${collector.url}/v1/traces`, headers: { 'x-tenant': 't' }, sampler: 'parentbased_always_on', ratio: 1 } as const;
  out = new SpanExport({ config, resource, clock, log });
});
afterEach(async () => {
  await out.stop();
  await collector.stop();
});

/** What a receiver reads of it, without what says nothing. */
const told = (spans: readonly object[]): unknown =>
  JSON.parse(JSON.stringify(spans, (key, value: unknown) => (key === 'flags' || key.startsWith('dropped') ? undefined : value)));

describe('SpanExport', () => {
  test('what a collector gets is what the hub answers, span by span', async () => {
    expect(await out.send([span])).toBe(true);
    const [request] = collector.requests;
    expect([request?.path, request?.headers['x-tenant']]).toEqual(['/v1/traces', 't']);
    const answered = otlpTraces([span], resource).resourceSpans[0];
    expect(told(collector.spans)).toEqual(told(answered?.scopeSpans[0]?.spans ?? []));
    expect(request?.body.resourceSpans[0]?.resource.attributes).toEqual(answered?.resource.attributes);
  });

  test('requests are sent together, at the latest when it stops', async () => {
    for (const spanId of ['1', '2', '3']) out.offer({ ...span, spanId: spanId.repeat(16) });
    await out.stop();
    expect([collector.requests.length, collector.spans.map(({ spanId }: OtlpSpan) => spanId[0])]).toEqual([1, ['1', '2', '3']]);
  });

  test('a collector that takes nothing is told of once a minute, without what may be a secret', async () => {
    collector.status = 400;
    expect([await out.send([span]), await out.send([span])]).toEqual([false, false]);
    expect(log.lines.map(({ message, fields }) => `${message} ${String(fields['collector'])}`)).toEqual([
      `the collector of traces takes nothing ${collector.url}`,
    ]);
    clock.advance(60_000);
    await out.send([span]);
    expect([log.lines.length, collector.refused]).toEqual([2, 3]);
  });
});

describe('samplerOf', () => {
  const low = `${'0'.repeat(24)}00000001`;
  const high = `${'0'.repeat(24)}ffffffff`;
  const cases: [name: Parameters<typeof samplerOf>[0]['sampler'], begun: string, sampled: string, unsampled: string][] = [
    ['always_on', 'low high', 'low high', 'low high'],
    ['always_off', '', '', ''],
    ['traceidratio', 'low', 'low', 'low'],
    ['parentbased_always_on', 'low high', 'low high', ''],
    ['parentbased_always_off', '', 'low high', ''],
    ['parentbased_traceidratio', 'low', 'low high', ''],
  ];
  test.each(cases)('%s keeps of traces that begin here "%s", of sampled ones "%s", of others "%s"', (sampler, ...expected) => {
    const { begins, keeps } = samplerOf({ sampler, ratio: 0.5 });
    const kept = (does: (id: string) => boolean): string =>
      [low, high]
        .filter(does)
        .map((id) => (id === low ? 'low' : 'high'))
        .join(' ');
    const with_ = (isSampled: boolean) => (id: string) => keeps({ traceId: id, parentSpanId: 'b'.repeat(16), isSampled });
    expect([kept(begins), kept(with_(true)), kept(with_(false))]).toEqual(expected);
  });
});
