import { CodedError } from '@accord/proto/coded-error';
import { expect, test } from 'vitest';
import { ManualClock } from './clock.ts';
import { ListLog } from './log.ts';
import { Loop, type LoopOptions } from './loop.ts';

function startLoop(pass: LoopOptions<string>['pass'], keys: readonly string[] = []) {
  const clock = new ManualClock();
  const log = new ListLog();
  const stop = new AbortController();
  const loop = new Loop({ name: 'test', pass, allKeys: () => keys, everythingMs: 600_000, retryMsFirst: 100, retryMsMax: 400, clock, log });
  const done = Promise.resolve().then(() => loop.run(stop.signal));
  done.catch(() => undefined); // Whoever calls `stop` sees it.
  return { clock, log, loop, stop: () => (stop.abort(), done) };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('starts with every key, and marks during a pass lead to exactly one more', async () => {
  const passes: string[] = [];
  const { loop, stop } = startLoop(
    async (keys) => {
      passes.push([...keys].toSorted().join(' '));
      if (passes.length === 1) for (const key of ['b', 'c', 'b']) loop.mark(key);
      return new Set();
    },
    ['a'],
  );
  await turn();
  await loop.settled();
  expect(passes).toEqual(['a', 'b c']);
  await stop();
});

test('what is not settled comes back after a growing pause, other keys are not held up', async () => {
  const passes: string[] = [];
  const { clock, loop, stop } = startLoop(async (keys) => {
    passes.push([...keys].join(' '));
    return new Set([...keys].filter((key) => key === 'bad'));
  });
  loop.mark('bad');
  await turn();
  loop.mark('good');
  await turn();
  expect(passes).toEqual(['bad', 'good']);
  clock.advance(100);
  await turn();
  expect(passes).toEqual(['bad', 'good', 'bad']);
  clock.advance(199);
  await turn();
  expect(passes).toHaveLength(3);
  clock.advance(1);
  await turn();
  expect(passes).toHaveLength(4);
  await stop();
});

test('a failure of a peer is retried, a bug ends the loop', async () => {
  const coded = startLoop(async () => Promise.reject(new CodedError('unavailable', 'gone')), ['a']);
  await turn();
  expect(coded.log.lines.map(({ message }) => message)).toEqual(['pass failed']);
  await coded.stop();

  const bug = startLoop(async () => Promise.reject(new TypeError('x of undefined')), ['a']);
  await turn();
  await expect(bug.stop()).rejects.toThrow(TypeError);
});

test('a key that has failed for long does not slow down one that fails for the first time', async () => {
  const passes: string[] = [];
  const { clock, loop, stop } = startLoop(async (keys) => {
    passes.push([...keys].toSorted().join(' '));
    return keys;
  });
  loop.mark('old');
  for (let turns = 0; turns < 5; turns += 1) {
    await turn();
    clock.advance(400);
  }
  await turn();
  passes.length = 0;
  loop.mark('new');
  await turn();
  clock.advance(100);
  await turn();
  expect(passes.slice(0, 2)).toEqual(['new', 'new']);
  await stop();
});
