import { expect, test } from 'vitest';
import { ManualClock } from './clock.ts';
import { collectLater } from './collect-later.ts';

test('what comes without a pause is handed over once, what comes later another time', async () => {
  const clock = new ManualClock();
  const seen: string[] = [];
  const collect = collectLater<string>(
    (all) => seen.push([...all].join(' ')),
    { quietMs: 100, maxMs: 150 },
    clock,
    new AbortController().signal,
  );
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await turn();
  };
  collect(['a', 'b']);
  await pass(60);
  collect(['b', 'c']);
  await pass(60);
  expect(seen).toEqual([]);
  collect(['d']);
  await pass(30);
  expect(seen).toEqual(['a b c d']);
  collect(['e']);
  await pass(99);
  expect(seen).toEqual(['a b c d']);
  await pass(1);
  expect(seen).toEqual(['a b c d', 'e']);
});
