import { states } from '@accord/core/status/states';
import { expect, test } from 'vitest';
import { byLoudness, meaningOf, toneOf } from './tone.ts';

test.each([
  ['Applied', 'good'],
  ['Pending', 'busy'],
  ['Received', 'busy'],
  ['Applying', 'busy'],
  ['Retrying', 'busy'],
  ['Failed', 'bad'],
  ['Refused', 'bad'],
  ['Blocked', 'bad'],
  ['Stalled', 'bad'],
  ['Drifted', 'warn'],
  ['Offline', 'warn'],
  ['Behind', 'warn'],
  ['Stuck', 'bad'],
  ['Stopped', 'quiet'],
  ['Removed', 'quiet'],
  ['SomethingOfANewerHub', 'quiet'],
])('%s is %s', (state, tone) => {
  expect(toneOf(state)).toBe(tone);
});

test('every state says what it means', () => {
  for (const state of [...Object.keys(states), 'Offline', 'Behind', 'Stuck']) expect(meaningOf(state)).not.toBe('');
});

test('what needs a person comes first, and nothing is shown that nobody has', () => {
  expect(byLoudness({ Applied: 9, Pending: 1, Failed: 2, Offline: 3, Removed: 0 }).map(([state]) => state)).toEqual([
    'Failed',
    'Offline',
    'Pending',
    'Applied',
  ]);
});
