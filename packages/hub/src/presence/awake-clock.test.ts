import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { AwakeClock } from './awake-clock.ts';

const startMs = 1_000_000;

function awake() {
  const clock = new ManualClock(startMs);
  const stop = new AbortController();
  const time = new AwakeClock(clock);
  void time.run(stop.signal);
  const pass = async (...steps: readonly number[]): Promise<number> => {
    for (const ms of steps) {
      clock.advance(ms);
      await Promise.resolve();
      await Promise.resolve();
    }
    return time.moment().awakeMs - startMs;
  };
  return { clock, time, pass };
}

test('goes like any clock while the process runs', async () => {
  const { pass } = awake();
  expect(await pass(...Array.from({ length: 40 }, () => 250))).toBe(10_000);
});

test('stands still while the process does, even before it has noticed', async () => {
  const { clock, time, pass } = awake();
  await pass(250, 250);
  clock.advance(20_000);
  expect(time.moment()).toEqual({ atMs: startMs + 20_500, awakeMs: startMs + 1_500 });
  expect(await pass(0, 250, 250)).toBe(2_000);
});
