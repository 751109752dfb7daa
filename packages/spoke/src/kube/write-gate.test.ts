import { setImmediate as turn } from 'node:timers/promises';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { WriteGate, type Verdict } from './write-gate.ts';

const never = new AbortController().signal;
const answered = (): Verdict => ({ verdict: 'answered' });

function start(
  gate: WriteGate,
  count: number,
  judge: () => Verdict = answered,
): { readonly begun: () => number; readonly finish: () => void; readonly all: Promise<unknown> } {
  const open: (() => void)[] = [];
  const work = (): Promise<void> => new Promise((resolve) => open.push(resolve));
  const all = Promise.all(Array.from({ length: count }, () => gate.run(work, judge, never)));
  return { begun: () => open.length, finish: () => open.splice(0).forEach((resolve) => resolve()), all };
}

test('no more than the limit is in flight, and all get their turn', async () => {
  const gate = new WriteGate(new ManualClock(), 64);
  const writes = start(gate, 20);
  await turn();
  expect(writes.begun()).toBe(16);
  writes.finish();
  await turn();
  expect(writes.begun()).toBe(4);
  writes.finish();
  await writes.all;
});

test('nothing is sent while the server asked to wait', async () => {
  const clock = new ManualClock(1_000);
  const gate = new WriteGate(clock, 64);
  const first = start(gate, 1, () => ({ verdict: 'overloaded', retryAfterMs: 500 }));
  await turn();
  first.finish();
  await first.all;
  const second = start(gate, 1);
  await turn();
  expect(second.begun()).toBe(0);
  clock.advance(500);
  await turn();
  expect(second.begun()).toBe(1);
  second.finish();
  await second.all;
});

test('a failure is passed on and frees its place', async () => {
  const gate = new WriteGate(new ManualClock(), 64);
  const failing = Array.from({ length: 40 }, () => gate.run(() => Promise.reject(new Error('no answer')), answered, never));
  expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true);
  expect(await gate.run(() => Promise.resolve('sent'), answered, never)).toBe('sent');
});
