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

test('below them stand the stages of its apply, counted from the call', () => {
  const slowest = { object: '/ConfigMap/team/settings', method: 'PATCH', startMs: 1041, ms: 18.5, result: 'changed' };
  const stages = [
    { stage: 2, startMs: 1026, endMs: 1030.25, writes: 1, slowest: null },
    { stage: 5, startMs: 1040, endMs: 1060, writes: 12, slowest },
  ];
  const steps = [{ ...step, state: 'Applied', changed: 12 }];
  expect(renderSteps({ ...seenOn('eu-1', {}, 1080), steps, stages }, plain).slice(-4)).toEqual([
    '',
    'STAGE           AFTER     TOOK      WRITES   SLOWEST WRITE',
    'apply stage 2   26.0 ms   4.3 ms    1        -',
    'apply stage 5   40.0 ms   20.0 ms   12       PATCH ConfigMap team/settings  18.5 ms  changed',
  ]);
});

test('where nothing was told yet that is said', () => {
  expect(renderSteps(seenOn('eu-1', {}, 0), plain).at(-1)).toBe('  Nothing was told of it yet.');
});
