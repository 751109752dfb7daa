import { expect, test } from 'vitest';
import { steadyTime, systemClock, woken } from './clock.ts';

function world() {
  const time = { monotonicMs: 500, wallMs: 1_700_000_000_000 };
  const now = steadyTime({ monotonic: () => time.monotonicMs, wall: () => time.wallMs, originMs: time.wallMs - time.monotonicMs });
  const pass = (ms: number): void => {
    time.monotonicMs += ms;
    time.wallMs += ms;
  };
  return { time, now, pass };
}

test('time passes as the monotonic clock says', () => {
  const { now, pass } = world();
  const before = now();
  pass(2.5);
  expect(now() - before).toBe(2.5);
});

test('a machine that slept finds the right time again: its tokens and proofs are judged by clocks that went on', () => {
  const { time, now } = world();
  time.wallMs += 3_600_000;
  expect(now()).toBe(1_700_003_600_000);
});

test('time does not go back with a clock that is set back, so nothing that waits for it waits longer', () => {
  const { time, now, pass } = world();
  const before = now();
  time.wallMs -= 3_600_000;
  pass(10);
  expect(now() - before).toBe(10);
});

test('a few milliseconds between the two clocks change nothing', () => {
  const { time, now } = world();
  const before = now();
  time.wallMs += 40;
  expect(now()).toBe(before);
});

test('a sleep ends with its time, with its signal, and at once where that has ended already', async () => {
  const never = new AbortController();
  await systemClock.sleep(1, never.signal);
  const stop = new AbortController();
  const slept = systemClock.sleep(3_600_000, stop.signal);
  stop.abort(woken);
  await slept;
  await systemClock.sleep(3_600_000, stop.signal);
  expect([never.signal.aborted, stop.signal.reason]).toEqual([false, woken]);
});
