import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { BatchQueue } from './batch-queue.ts';

const limits = { countMax: 3, bytesMax: 100, ms: 20 };
function world() {
  const clock = new ManualClock();
  const stop = new AbortController();
  return { clock, stop, queue: new BatchQueue<number>(limits, clock), signal: stop.signal };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('BatchQueue', () => {
  test('hands over what came within the time, in its order', async () => {
    const { clock, queue, signal } = world();
    const next = queue.next(signal);
    queue.push(1, 1);
    await turn();
    queue.push(2, 1);
    clock.advance(20);
    expect(await next).toEqual([1, 2]);
  });

  test('does not wait once there are enough, and leaves the rest', async () => {
    const { queue, signal } = world();
    for (const n of [1, 2, 3, 4]) queue.push(n, 1);
    expect([await queue.next(signal), queue.size]).toEqual([[1, 2, 3], 1]);
  });

  test('does not wait once there is enough in bytes, and one that is too large goes alone', async () => {
    const { queue, signal } = world();
    for (const n of [1, 2]) queue.push(n, 150);
    expect([await queue.next(signal), await queue.next(signal)]).toEqual([[1], [2]]);
  });

  test('a stop hands over what waits, and then nothing', async () => {
    const { queue, stop, signal } = world();
    const next = queue.next(signal);
    queue.push(1, 1);
    await turn();
    stop.abort();
    // The pause of a batch that has begun is short; a stop does not cut it, and does not start another.
    queue.push(2, 100);
    expect([await next, await queue.next(signal)]).toEqual([[1], [2]]);
    expect(await queue.next(signal)).toEqual([]);
  });
});
