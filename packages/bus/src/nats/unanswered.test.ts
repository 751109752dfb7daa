import { expect, test } from 'vitest';
import { Unanswered } from './unanswered.ts';

function world() {
  const told: number[] = [];
  return { told, unanswered: new Unanswered((sinceMs) => told.push(sinceMs)) };
}

test('one late answer is no silence', () => {
  const { told, unanswered } = world();
  unanswered.missed('FLEET', 0);
  unanswered.answered('FLEET');
  unanswered.missed('FLEET', 10_000);
  expect(told).toEqual([]);
});

test('two in a row to one stream are, and to two streams are not', () => {
  const { told, unanswered } = world();
  unanswered.missed('FLEET', 0);
  unanswered.missed('INTENT', 5_000);
  expect(told).toEqual([]);
  unanswered.missed('FLEET', 5_300);
  expect(told).toEqual([5_300]);
});

test('those that were begun together count once, and the next one counts from the first', () => {
  const { told, unanswered } = world();
  for (const sinceMs of [0, 1, 2, 3]) unanswered.missed('INTENT', sinceMs);
  expect(told).toEqual([]);
  unanswered.missed('INTENT', 5_000);
  expect(told).toEqual([5_000]);
});
