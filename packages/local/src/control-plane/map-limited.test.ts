import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapLimited } from './map-limited.ts';

test('never has more in flight than allowed, and keeps the order', async () => {
  let inFlight = 0;
  let highest = 0;
  const doubled = await mapLimited([1, 2, 3, 4, 5], 2, async (n) => {
    highest = Math.max(highest, (inFlight += 1));
    await turn();
    inFlight -= 1;
    return 2 * n;
  });
  expect([doubled, highest]).toEqual([[2, 4, 6, 8, 10], 2]);
});

test('after a failure nothing more starts', async () => {
  const begun: number[] = [];
  const work = mapLimited([1, 2, 3], 1, async (n) => {
    begun.push(n);
    if (n === 2) throw new Error('two');
  });
  await expect(work).rejects.toThrow('two');
  expect(begun).toEqual([1, 2]);
});
