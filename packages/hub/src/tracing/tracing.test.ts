import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TraceSpan } from '@accord/core/history/span';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import { LogContext } from './log-context.ts';
import { MomentsBook } from './moments.ts';
import { Tracing } from './tracing.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const span: TraceSpan = {
  ...{ traceId, spanId: '00f067aa0ba902b7', name: 'GET /', kind: 'server', startMs: 1, endMs: 2 },
  ...{ attributes: {}, events: [], links: [] },
};

describe('Tracing', () => {
  test('without a collector sends nothing, and samples what begins here', async () => {
    const tracing = await Tracing.open({
      config: { resource: {} },
      context: new LogContext(),
      clock: new ManualClock(),
      log: new ListLog(),
    });
    tracing.offer(span, { traceId, isSampled: true });
    await tracing.stop();
    expect([tracing.isExporting, tracing.samples(traceId), tracing.linkTo(traceId)]).toEqual([false, true, undefined]);
  });

  test('a stop waits two seconds for a collector that answers nothing, and no longer', async () => {
    const asked = Promise.withResolvers<void>();
    const silent = createServer(() => asked.resolve());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const clock = new ManualClock();
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1/traces`;
    const config = { resource: {}, export: { url, headers: {}, sampler: 'always_on', ratio: 1 } } as const;
    const tracing = await Tracing.open({ config, context: new LogContext(), clock, log: new ListLog() });
    tracing.offer(span, { traceId, isSampled: true });
    let isStopped = false;
    const stopping = tracing.stop().then(() => (isStopped = true));
    await asked.promise;
    expect(isStopped).toBe(false);
    clock.advance(2_000);
    await stopping;
    silent.closeAllConnections();
    silent.close();
  });
});

describe('MomentsBook', () => {
  test('keeps the first word on each moment', () => {
    const book = new MomentsBook();
    book.learn('pay@1', { plannedMs: 1 });
    book.learn('pay@1', { plannedMs: 2, appendedMs: 3 });
    book.learn('', { plannedMs: 9 });
    expect([book.of('pay@1'), book.of('')]).toEqual([{ plannedMs: 1, appendedMs: 3 }, {}]);
  });

  test('forgets the oldest', () => {
    const book = new MomentsBook();
    for (let n = 0; n < 6_000; n += 1) book.learn(`pay@${n}`, { plannedMs: n });
    expect([book.of('pay@0'), book.of('pay@5999')]).toEqual([{}, { plannedMs: 5_999 }]);
  });
});
