import { expect, test } from 'vitest';
import { explainPast, type PastRow } from './explain-past.ts';

const row: PastRow = {
  ...{ change: 'pay@1', cluster: 'eu-1', state: 'Applied', reason: '', message: '', isApplied: true, tookMs: 84, supersededBy: '' },
};

test.each<[string, Partial<PastRow>, string]>([
  ['applied', {}, 'pay@1 was applied on eu-1 after 84 ms.'],
  ['applied, and over', { supersededBy: 'pay@2' }, 'pay@1 was applied on eu-1 after 84 ms; then came pay@2.'],
  [
    'refused',
    { isApplied: false, state: 'Refused', reason: 'Denied', message: 'no edit', supersededBy: 'pay@2' },
    'pay@1 was never applied on eu-1: it was last Refused (Denied: no edit); then came pay@2.',
  ],
  ['not heard of', { isApplied: false, state: '', supersededBy: 'pay@2' }, 'eu-1 said nothing about pay@1 before pay@2 came.'],
])('%s', (_claim, over, sentence) => expect(explainPast({ ...row, ...over })).toBe(sentence));
