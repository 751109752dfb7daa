import type { ClusterId } from '@accord/proto/ids';
import type { Stamps, StageTimes } from '@accord/proto/messages';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spanOfOutcome } from './cluster-spans.ts';
import { heardStages } from './stage-times.ts';
import { otlpTraces } from './otlp-json.ts';
import type { TraceSpan } from './span.ts';
import { spansOf, type SpansInput, type TracedChange } from './spans-of.ts';
import type { OutcomeSeen } from './timeline.ts';
import { ownTraceparent, parseTraceparent, requestSpanId } from './trace-context.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const caller = '00f067aa0ba902b7';
const clusterA = 'a'.repeat(26) as ClusterId;
const clusterB = 'b'.repeat(26) as ClusterId;
const pay = (over: Partial<TracedChange> = {}): TracedChange => ({
  ...{ id: 'pay@2', kind: 'policy', object: 'pay', name: 'pay', type: 'PolicyChanged', revision: 2, actor: 'ann', reason: '', source: '' },
  ...{ traceparent: `00-${traceId}-${caller}-01`, requestId: 'request-1', atMs: 100 },
  ...over,
});
const stamps = (over: Partial<Stamps> = {}): Stamps => ({
  ...{ acceptedMs: 100, publishedMs: 110, receivedMs: 120, verifiedMs: 121, compiledMs: 125, appliedMs: 150, reportedMs: 155 },
  ...over,
});
const outcome = (n: number, state: string, over: Partial<OutcomeSeen> = {}): OutcomeSeen => ({
  ...{ cluster: clusterA, number: { boot: 1, n }, atMs: 160 + n, skewMs: 0, revision: 2, state, reason: '', message: '' },
  ...{ created: 1, changed: 0, removed: 0, stamps: stamps(), stages: [] },
  ...over,
});
const stage = (number: number, startMs: number, endMs: number, slowest: StageTimes['slowest'] = null): StageTimes => ({
  ...{ stage: number, startMs, endMs, writes: 2, slowest },
});
const input = (over: Partial<SpansInput> = {}): SpansInput => ({
  ...{ change: pay(), moments: {}, published: [{ anchor: 'all', epoch: 1, version: 1, atMs: 112 }], outcomes: [outcome(1, 'Applied')] },
  nameOf: (id) => (id === clusterA ? 'eu-1' : 'eu-2'),
  ...over,
});
/** One line per span: whose child it is, and its times. */
const lines = (spans: readonly TraceSpan[]): readonly string[] => {
  const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return spans.map(({ name, parentSpanId, startMs, endMs, error }) => {
    const parent = parentSpanId === undefined ? 'nobody' : (nameOf.get(parentSpanId) ?? parentSpanId);
    return `${name} < ${parent} ${startMs}-${endMs}${error === undefined ? '' : ` ! ${error}`}`;
  });
};

/** Spans that hold all that is below them. */
const isAround = /^(cluster|apply.*|remove)$/;

describe('spansOf', () => {
  test('goes from the call to the last cluster', () => {
    expect(lines(spansOf(input({ moments: { appendedMs: 104, plannedMs: 110 } })))).toEqual([
      `request < ${caller} 100-104`,
      'intent append < request 100-104',
      'plan < intent append 104-110',
      'publish < plan 110-112',
      'cluster < publish 110-161',
      'deliver < cluster 110-120',
      'verify < cluster 120-121',
      'compile < cluster 121-125',
      'apply < cluster 125-150',
      'report < cluster 150-155',
      'fold < cluster 155-161',
    ]);
  });

  test('apply is divided into its stages, with the slowest write of each', () => {
    const write = { object: '/ConfigMap/team/settings', method: 'PATCH', startMs: 131, ms: 9, result: 'Forbidden' };
    const gone = { object: 'apps/Deployment/team/old', method: 'DELETE', startMs: 142, ms: 3, result: 'removed' };
    const stages = [stage(2, 126, 129), stage(5, 130, 141, write), stage(8, 142, 146, gone)];
    const spans = spansOf(input({ outcomes: [outcome(1, 'Applied', { stages })] }));
    expect(lines(spans).slice(-5)).toEqual([
      'apply stage 2 < apply 126-129',
      'apply stage 5 < apply 130-141',
      'PATCH < apply stage 5 131-140 ! PATCH of ConfigMap team/settings on eu-1: Forbidden; see: accord why pay eu-1',
      'remove < apply 142-146',
      'DELETE < remove 142-145',
    ]);
    expect(spans.at(-1)).toMatchObject({
      kind: 'client',
      attributes: {
        'k8s.namespace.name': 'team',
        'k8s.object.kind': 'Deployment',
        'k8s.object.name': 'old',
        'k8s.object.api_group': 'apps',
      },
    });
  });

  test('stages are moved onto the clock of the hub with the hop that they are in', () => {
    const ahead = stamps({ receivedMs: 10_120, verifiedMs: 10_121, compiledMs: 10_125, appliedMs: 10_150, reportedMs: 10_155 });
    const stages = [stage(5, 10_130, 10_140)];
    const spans = spansOf(input({ outcomes: [outcome(1, 'Applied', { stamps: ahead, skewMs: 10_000, stages })] }));
    expect(lines(spans)).toContain('apply stage 5 < apply 130-140');
  });

  test('a failure is told with what it says, and stays when it is applied later', () => {
    const told = [outcome(1, 'Failed', { reason: 'Forbidden', message: 'no edit' }), outcome(2, 'Retrying'), outcome(3, 'Applied')];
    expect(lines(spansOf(input({ outcomes: told }))).filter((line) => line.startsWith('cluster'))).toEqual([
      'cluster < publish 110-161 ! pay@2 is Failed on eu-1 (Forbidden: no edit); see: accord why pay eu-1',
      'cluster < publish 110-163',
    ]);
    const [failed] = spansOf(input({ outcomes: told.slice(0, 1) })).filter(({ name }) => name === 'cluster');
    expect(spansOf(input({ outcomes: told }))).toContainEqual(failed);
  });

  test('a cluster names the span of its outcome as the hub does', () => {
    const traceparent = pay().traceparent;
    for (const state of ['Failed', 'Applied', 'Retrying', 'Shadowed']) {
      const [span] = spansOf(input({ outcomes: [outcome(1, state)] })).filter(({ name }) => name === 'cluster');
      expect(spanOfOutcome({ change: 'pay@2', traceparent, cluster: clusterA, state })).toEqual({ traceId, spanId: span?.spanId });
    }
    expect(spanOfOutcome({ change: 'pay@2', traceparent: '', cluster: clusterA, state: 'Applied' })).toEqual({});
  });

  test('the steps on the way are events', () => {
    const told = [outcome(1, 'Retrying'), outcome(2, 'Retrying'), outcome(3, 'Applied'), outcome(4, 'Drifted')];
    const [cluster] = spansOf(input({ outcomes: told })).filter(({ name }) => name === 'cluster');
    expect(cluster?.events.map(({ name, attributes }) => `${name}×${Number(attributes['accord.told'])}`)).toEqual([
      'Retrying×2',
      'Applied×1',
    ]);
  });

  test('times of a clock that is ahead are corrected, and stand there raw', () => {
    const ahead = stamps({ receivedMs: 10_120, verifiedMs: 10_121, compiledMs: 10_125, appliedMs: 10_150, reportedMs: 10_155 });
    const spans = spansOf(input({ outcomes: [outcome(1, 'Applied', { stamps: ahead, skewMs: 10_000 })] }));
    const apply = spans.find(({ name }) => name === 'apply');
    expect([apply?.startMs, apply?.endMs, apply?.attributes['accord.clock.raw_end_ms']]).toEqual([125, 150, 10_150]);
  });

  test('a change that concerns no cluster ends where it is stored', () => {
    expect(lines(spansOf(input({ published: [], outcomes: [] }))).map((line) => line.split(' <')[0])).toEqual(['request', 'intent append']);
  });

  test('what the hub decided by itself begins a trace of its own', () => {
    const [root] = spansOf(input({ change: pay({ traceparent: '', requestId: 'left.x' }) }));
    expect([root?.name, root?.parentSpanId]).toEqual(['intent append', undefined]);
  });

  test('a trace that the hub began has no parent', () => {
    const [root] = spansOf(input({ change: pay({ traceparent: ownTraceparent(traceId, true) }) }));
    expect([root?.spanId, root?.parentSpanId]).toEqual([requestSpanId(traceId, 'request-1'), undefined]);
  });

  test('applied in a later trace, it is linked to where the earlier change ended', () => {
    const earlier = pay({ id: 'pay@1', revision: 1, traceparent: '', requestId: 'request-0' });
    const before = [outcome(1, 'Failed')];
    const failed = spansOf(input({ change: earlier, outcomes: before })).find(({ name }) => name === 'cluster');
    const cluster = spansOf(input({ earlier: { change: earlier, outcomes: before } })).find(({ name }) => name === 'cluster');
    expect(cluster?.links.map((link) => [link.traceId, link.spanId])).toEqual([[failed?.traceId, failed?.spanId]]);
    const wasApplied = input({ earlier: { change: earlier, outcomes: [...before, outcome(2, 'Applied')] } });
    expect(spansOf(wasApplied).flatMap(({ links }) => links)).toEqual([]);
  });

  const told = fc.record({
    cluster: fc.constantFrom(clusterA, clusterB),
    boot: fc.integer({ min: 1, max: 2 }),
    n: fc.integer({ min: 1, max: 5 }),
  });
  const states = ['Applying', 'Retrying', 'Failed', 'Applied', 'Blocked', 'Drifted'];
  const outcomesOf = (numbers: readonly { readonly cluster: ClusterId; readonly boot: number; readonly n: number }[]): OutcomeSeen[] =>
    numbers.map(({ cluster, boot, n }) => outcome(n, states[(boot * 7 + n) % states.length] ?? '', { cluster, number: { boot, n } }));

  test('property: any order and repetition of outcomes gives the same tree', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 24 }), (numbers, picks) => {
        const outcomes = outcomesOf(numbers);
        const again = [...outcomes, ...picks.flatMap((pick) => outcomes[pick % Math.max(1, outcomes.length)] ?? [])];
        const shuffled = again.toSorted((a, b) => ((a.number.n * 31 + picks.length) % 7) - ((b.number.n * 17 + picks.length) % 5));
        expect(spansOf(input({ outcomes: shuffled }))).toEqual(spansOf(input({ outcomes })));
        expect(spansOf(input({ outcomes: shuffled.toReversed() }))).toEqual(spansOf(input({ outcomes })));
      }),
    );
  });

  test('property: what was told of a course does not change when more is told', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 8 }), (numbers) => {
        const outcomes = outcomesOf(numbers.toSorted((a, b) => a - b).map((n) => ({ cluster: clusterA, boot: 1, n })));
        const all = new Map(spansOf(input({ outcomes })).map((span) => [span.spanId, span]));
        for (let count = 1; count < outcomes.length; count += 1) {
          const sofar = outcomes.slice(0, count);
          // Whoever only waits has not told anything that stays.
          if (sofar.every(({ state }) => ['Applying', 'Retrying'].includes(state))) continue;
          for (const span of spansOf(input({ outcomes: sofar }))) expect(all.get(span.spanId)).toEqual(span);
        }
      }),
    );
  });

  test('property: one root, every parent is there, no span ends before it begins, and a part lies inside of its whole', () => {
    const ms = fc.integer({ min: 0, max: 100_000 });
    const clock = fc.record({ publishedMs: ms, receivedMs: ms, verifiedMs: ms, compiledMs: ms, appliedMs: ms, reportedMs: ms });
    const any = fc.oneof(ms, fc.constant(Number.NaN), fc.constant(Infinity));
    const slowest = fc.record({ object: fc.string(), method: fc.constant('PATCH'), startMs: any, ms: any, result: fc.string() });
    const heardOf = fc.record({ stage: fc.nat({ max: 10 }), startMs: any, endMs: any, writes: fc.nat(), slowest: fc.option(slowest) });
    const stages = fc.array(heardOf, { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(told, clock, ms, stages), { maxLength: 8 }), ms, (all, skewMs) => {
        const outcomes = all.map(([number, seen, atMs, heard]) => ({
          ...(outcomesOf([number])[0] ?? outcome(1, 'Applied')),
          ...{ stamps: stamps(seen), atMs: atMs + 1, skewMs, stages: heardStages(heard) },
        }));
        const spans = spansOf(input({ outcomes }));
        const byId = new Map(spans.map((span) => [span.spanId, span]));
        expect(byId.size).toBe(spans.length);
        expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined || !byId.has(parentSpanId))).toHaveLength(1);
        for (const { startMs, endMs, parentSpanId } of spans) {
          expect(endMs).toBeGreaterThanOrEqual(startMs);
          const parent = byId.get(parentSpanId ?? '');
          if (parent === undefined || !isAround.test(parent.name)) continue;
          expect([startMs >= parent.startMs, endMs <= parent.endMs]).toEqual([true, true]);
        }
      }),
    );
  });
});

describe('traceparent', () => {
  test('says what it stands for', () => {
    expect(parseTraceparent(`00-${traceId}-${caller}-00`)).toEqual({ traceId, parentSpanId: caller, isSampled: false });
    expect(parseTraceparent(ownTraceparent(traceId, true))).toEqual({ traceId, isSampled: true });
  });

  test.each(['', 'x', `01-${traceId}-${caller}-01`, `00-${'0'.repeat(32)}-${caller}-01`, `00-${traceId}-${'0'.repeat(16)}-01`])(
    '%j is none',
    (text) => expect(parseTraceparent(text)).toBeUndefined(),
  );
});

test('OTLP has its numbers as text, and its kinds and states as numbers', () => {
  const spans = spansOf(input({ change: pay({ atMs: 1_764_000_000_123 }), published: [], outcomes: [] }));
  const { resourceSpans } = otlpTraces(spans, { 'service.name': 'accord-hub' });
  const [of] = resourceSpans;
  expect(of?.resource.attributes).toEqual([{ key: 'service.name', value: { stringValue: 'accord-hub' } }]);
  expect(of?.scopeSpans[0]?.spans[0]).toMatchObject({ kind: 2, startTimeUnixNano: '1764000000123000000', status: { code: 0 } });
});
