import { expect, test } from 'vitest';
import { ManualClock } from './clock.ts';
import { collectLater } from './collect-later.ts';

test('what comes within the time is handed over once, what comes later another time', async () => {
  const clock = new ManualClock();
  const seen: string[] = [];
  const collect = collectLater<string>((all) => seen.push([...all].join(' ')), 100, clock, new AbortController().signal);
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  collect(['a', 'b']);
  collect(['b', 'c']);
  clock.advance(99);
  await turn();
  expect(seen).toEqual([]);
  clock.advance(1);
  await turn();
  collect(['d']);
  clock.advance(100);
  await turn();
  expect(seen).toEqual(['a b c', 'd']);
});
