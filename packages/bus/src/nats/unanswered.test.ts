import { expect, test } from 'vitest';
import { Unanswered } from './unanswered.ts';

function world() {
  const told: number[] = [];
  const stands: { seq: number | undefined } = { seq: 7 };
  const unanswered = new Unanswered({ lastSeqOf: async () => stands.seq, onSilent: (sinceMs) => told.push(sinceMs) });
  unanswered.answered('FLEET', 7);
  unanswered.answered('INTENT', 7);
  return { told, stands, unanswered };
}

test('one late answer is no silence', async () => {
  const { told, unanswered } = world();
  await unanswered.missed('FLEET', 0);
  unanswered.answered('FLEET');
  await unanswered.missed('FLEET', 10_000);
  expect(told).toEqual([]);
});

test('two in a row to one stream are, and to two streams are not', async () => {
  const { told, unanswered } = world();
  await unanswered.missed('FLEET', 0);
  await unanswered.missed('INTENT', 5_000);
  expect(told).toEqual([]);
  await unanswered.missed('FLEET', 5_300);
  expect(told).toEqual([5_300]);
});

test('those that were begun together count once, and the next one counts from the first', async () => {
  const { told, unanswered } = world();
  for (const sinceMs of [0, 1, 2, 3]) await unanswered.missed('INTENT', sinceMs);
  expect(told).toEqual([]);
  await unanswered.missed('INTENT', 5_000);
  expect(told).toEqual([5_000]);
});

test('a server that has stored something meanwhile is slow, and silent once it stores nothing more', async () => {
  const { told, stands, unanswered } = world();
  stands.seq = 9;
  for (const sinceMs of [0, 5_000]) await unanswered.missed('FLEET', sinceMs);
  expect(told).toEqual([]);
  stands.seq = 10;
  await unanswered.missed('FLEET', 10_000);
  expect(told).toEqual([]);
  await unanswered.missed('FLEET', 15_000);
  expect(told).toEqual([15_000]);
});

test('a server that does not say how far it has come is silent', async () => {
  const { told, stands, unanswered } = world();
  stands.seq = undefined;
  for (const sinceMs of [0, 5_000]) await unanswered.missed('FLEET', sinceMs);
  expect(told).toEqual([5_000]);
});
