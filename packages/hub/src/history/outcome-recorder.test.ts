import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { historyOutcomesCodec } from '@accord/proto/messages';
import { openHistory } from '@accord/proto/history-message';
import { outcomeSubject } from '@accord/proto/subjects';
import { systemClock } from '@accord/runtime/clock';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { dumpHistory } from './dump.ts';
import { clusterA, clusterB, exampleKeys, ExampleHistory, sealedOutcome } from './example-history.ts';
import { followHistory } from './follow-history.ts';
import type { HistoryStore } from './history-store.ts';
import { gapsOf } from './past-clusters.ts';

const running: ExampleHistory[] = [];
const start = (broker?: MemoryBroker): ExampleHistory => {
  const example = new ExampleHistory(broker).start();
  running.push(example);
  return example;
};
afterEach(async () => {
  for (const example of running.splice(0)) await example.stop();
});

/** What HISTORY holds, message by message. */
function recorded({ broker }: ExampleHistory): readonly (readonly string[])[] {
  return broker
    .backup('HISTORY')
    .messages.filter(({ subject }) => subject === 'history.outcome')
    .map(({ subject, body }) =>
      historyOutcomesCodec.decode(openHistory(body, subject, exampleKeys)).outcomes.map(({ cluster }) => cluster),
    );
}

/** What tables say once they have everything that HISTORY holds. */
async function dumpAtEnd(broker: MemoryBroker, store: HistoryStore): Promise<string> {
  const stop = new AbortController();
  await followHistory({ bus: new MemoryBus(broker), store, clock: systemClock }, stop.signal);
  stop.abort();
  return dumpHistory(store.database);
}

describe('OutcomeRecorder', () => {
  test('what a cluster did is in the tables', async () => {
    const example = start();
    for (const n of [1, 2, 3]) await example.send(clusterA, { boot: 1, n });
    await vi.waitFor(() => expect(example.numbers(clusterA)).toEqual(['1.1', '1.2', '1.3']));
  });

  test('many outcomes are few messages, of at most 100 each', async () => {
    const example = start();
    for (let n = 1; n <= 250; n += 1) await example.send(clusterA, { boot: 1, n });
    await vi.waitFor(() => expect(example.numbers(clusterA)).toHaveLength(250));
    const sizes = recorded(example).map(({ length }) => length);
    expect([Math.max(...sizes) <= 100, sizes.length < 100]).toEqual([true, true]);
  });

  test('a hub that starts again goes on where the last one ended', async () => {
    const first = start();
    await first.send(clusterA, { boot: 1, n: 1 });
    await vi.waitFor(() => expect(first.numbers(clusterA)).toEqual(['1.1']));
    await first.stop();
    await first.send(clusterA, { boot: 1, n: 2 });
    const second = start(first.broker);
    await vi.waitFor(() => expect(second.numbers(clusterA)).toEqual(['1.1', '1.2']));
    expect(recorded(second).flat()).toHaveLength(2);
  });

  test('an answer that is lost makes no repetition', async () => {
    const example = start();
    await example.send(clusterA, { boot: 1, n: 1 });
    await vi.waitFor(() => expect(example.numbers(clusterA)).toEqual(['1.1']));
    example.broker.loseNextAnswer(example.bus);
    await example.send(clusterA, { boot: 1, n: 2 });
    await vi.waitFor(() => expect(example.numbers(clusterA)).toEqual(['1.1', '1.2']));
    await example.send(clusterA, { boot: 1, n: 3 });
    await vi.waitFor(() => expect(example.numbers(clusterA)).toHaveLength(3));
    expect(recorded(example).flat()).toHaveLength(3);
  });

  test('what never came is a gap with its size, and no longer one when it comes late', async () => {
    const example = start();
    await example.send(clusterA, { boot: 1, n: 1 });
    await example.send(clusterA, { boot: 1, n: 5 });
    const gaps = (): readonly string[] =>
      gapsOf(example.history.read(), clusterA).map(
        ({ boot, firstN, lastN, size, reason }) => `${reason} ${boot}.${firstN}-${lastN}: ${size}`,
      );
    await vi.waitFor(() => expect(gaps()).toEqual(['Lost 1.2-4: 3']));
    await example.send(clusterA, { boot: 1, n: 3 });
    await vi.waitFor(() => expect(gaps()).toEqual(['Lost 1.2-4: 2']));
  });

  test('what another cluster signed, and what is no message, leave no trace and hold up nobody', async () => {
    const example = start();
    const forged = sealedOutcome(clusterB, { boot: 1, n: 1 });
    await example.bus.request(outcomeSubject(clusterA), forged, { timeoutMs: 1_000 });
    await example.bus.request(outcomeSubject(clusterA), new Uint8Array([255, 255]), { timeoutMs: 1_000 });
    await example.bus.request(outcomeSubject(clusterA), sealedOutcome(clusterA, { boot: 1, n: 2 ** 60 }), { timeoutMs: 1_000 });
    await example.send(clusterB, { boot: 1, n: 1 });
    await vi.waitFor(() => expect(example.numbers(clusterB)).toEqual(['1.1']));
    expect([example.numbers(clusterA), gapsOf(example.history.read(), clusterA)]).toEqual([[], []]);
  });

  test('what was signed before the key was replaced is recorded, also when it is read after that', async () => {
    const example = new ExampleHistory();
    running.push(example);
    // `send` signs at 1 ms.
    example.replaceKey(clusterA, 1);
    example.replaceKey(clusterB, -1_000_000);
    await example.send(clusterB, { boot: 1, n: 1 });
    await example.send(clusterA, { boot: 1, n: 1 });
    example.start();
    await vi.waitFor(() => expect(example.numbers(clusterA)).toEqual(['1.1']));
    expect(example.numbers(clusterB)).toEqual([]);
  });

  test('OUTCOMES made anew is read from its start, and what was recorded is known by its number', async () => {
    const first = start();
    for (const n of [1, 2]) await first.send(clusterA, { boot: 1, n });
    await vi.waitFor(() => expect(first.numbers(clusterA)).toHaveLength(2));
    await first.stop();
    first.broker.wipe('OUTCOMES');
    await first.send(clusterA, { boot: 1, n: 2 });
    const second = start(first.broker);
    await vi.waitFor(() => expect(second.numbers(clusterA)).toEqual(['1.1', '1.2']));
    await second.send(clusterA, { boot: 1, n: 3 });
    await vi.waitFor(() => expect(second.numbers(clusterA)).toEqual(['1.1', '1.2', '1.3']));
    expect(recorded(second).flat()).toHaveLength(3);
  });

  test('property: whenever the hub stops, nothing is missing, nothing is twice, and the tables made anew are the same', async () => {
    const sent = fc.array(fc.record({ cluster: fc.constantFrom(clusterA, clusterB), stops: fc.boolean() }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sent, async (steps) => {
        const broker = new MemoryBroker();
        let example = new ExampleHistory(broker).start();
        const counts = new Map([clusterA, clusterB].map((id) => [id, 0]));
        for (const { cluster, stops } of steps) {
          const n = (counts.get(cluster) ?? 0) + 1;
          counts.set(cluster, n);
          await example.send(cluster, { boot: 1, n });
          if (!stops) continue;
          await example.stop();
          example = new ExampleHistory(broker).start();
        }
        for (const [id, count] of counts)
          await vi.waitFor(() => expect(example.numbers(id)).toEqual(Array.from({ length: count }, (_, at) => `1.${at + 1}`)));
        expect(recorded(example).flat()).toHaveLength(steps.length);
        await example.stop();
        expect(await dumpAtEnd(broker, new ExampleHistory(broker).store)).toBe(await dumpAtEnd(broker, example.store));
      }),
      { numRuns: 15 },
    );
  });
});
