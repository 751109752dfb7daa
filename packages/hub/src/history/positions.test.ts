import { MemoryBroker } from '@accord/bus/memory-broker';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { clusterA, ExampleHistory } from './example-history.ts';
import { followHistory } from './follow-history.ts';
import { requireSameStreams } from './positions.ts';
import { systemClock } from '@accord/runtime/clock';

const { signal } = new AbortController();
const running: ExampleHistory[] = [];
afterEach(async () => {
  for (const example of running.splice(0)) await example.stop();
});

async function recorded(broker: MemoryBroker): Promise<ExampleHistory> {
  const example = new ExampleHistory(broker).start();
  running.push(example);
  await example.send(clusterA, { boot: 1, n: 1 });
  await vi.waitFor(() => expect(example.numbers(clusterA)).toEqual(['1.1']));
  await example.stop();
  return example;
}

describe('tables that are there already', () => {
  test('are gone on with where HISTORY is the one that they were made from', async () => {
    const { bus, store } = await recorded(new MemoryBroker());
    const { seq } = store.position('HISTORY');
    expect([await requireSameStreams(bus, store, signal), store.position('HISTORY').seq]).toEqual([true, seq]);
  });

  test.each(['was made anew', 'was restored from before'])('are emptied where HISTORY %s', async (what) => {
    const broker = new MemoryBroker();
    const before = broker.backup('HISTORY');
    const { bus, store } = await recorded(broker);
    if (what === 'was made anew') broker.wipe('HISTORY');
    else broker.restore('HISTORY', before);
    expect([await requireSameStreams(bus, store, signal), store.historySeq]).toEqual([false, 0]);
    expect(store.database.all('SELECT n FROM numbers')).toEqual([]);
  });

  test('are emptied where another message stands at their place', async () => {
    const broker = new MemoryBroker();
    const { bus, store } = await recorded(broker);
    const other = new MemoryBroker();
    await recorded(other);
    broker.restore('HISTORY', other.backup('HISTORY'));
    expect(await requireSameStreams(bus, store, signal)).toBe(false);
    const stop = new AbortController();
    await followHistory({ bus, store, clock: systemClock }, stop.signal);
    stop.abort();
    expect(store.database.all('SELECT n FROM numbers')).toEqual([{ n: 1 }]);
  });
});
