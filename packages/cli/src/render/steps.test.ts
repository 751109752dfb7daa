import { expect, test } from 'vitest';
import { plain } from '../terminal.ts';
import { seenOn } from './example-timeline.ts';
import { renderSteps } from './steps.ts';

const step = { fromMs: 0, toMs: 0, count: 1, created: 0, changed: 0, removed: 0, reason: '', message: '' };

test('each state says since when, for how long, how often it was told, and what was done in it', () => {
  const steps = [
    { ...step, state: 'Retrying', reason: 'Unavailable', message: 'no answer', count: 3 },
    { ...step, state: 'Applied', fromMs: 12_340, created: 10, removed: 2 },
  ];
  expect(renderSteps({ ...seenOn('eu-1', {}, 1080), steps }, plain)).toEqual([
    'eu-1   Applied',
    '  pay@2 is applied on eu-1.',
    '  It is there because its labels match.',
    '',
    'SINCE                      FOR      STATE         DONE     BECAUSE',
    '1970-01-01T00:00:00.000Z   12.3 s   Retrying ×3   -        Unavailable: no answer',
    '1970-01-01T00:00:12.340Z   -        Applied       +10 -2',
  ]);
});

test('where nothing was told yet that is said', () => {
  expect(renderSteps(seenOn('eu-1', {}, 0), plain).at(-1)).toBe('  Nothing was told of it yet.');
});
