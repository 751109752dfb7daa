import { expect, test } from 'vitest';
import { convergedMs, foldAnswer, type Progress } from './convergence.ts';

const converged = (...answers: readonly string[]): number | undefined => {
  const progress: Progress = new Map();
  for (const [cluster = '', said = '', tookMs = ''] of answers.map((answer) => answer.split(' ')))
    foldAnswer(progress, {
      cluster,
      isDone: said !== 'waits',
      isLate: said === 'late',
      tookMs: tookMs === '' ? undefined : Number(tookMs),
    });
  return convergedMs(progress);
};

test.each([
  ['nobody has answered it', [], undefined],
  ['it is where the last has applied it', ['a done 10', 'b done 40', 'c done 20'], 40],
  ['one that answered waits', ['a done 10', 'b waits'], undefined],
  ['who waited has applied it', ['a done 10', 'b waits', 'b waits', 'b done 90'], 90],
  ['what comes after the first are repairs', ['a done 10', 'a done 500', 'a waits'], 10],
  ['who came later had to catch up', ['a done 10', 'b late 9000', 'b done 10000'], 10],
  ['only such have applied it', ['a late 9000'], undefined],
  ['one does not tell when', ['a done 10', 'b done'], undefined],
])('%s', (_claim, answers, ms) => expect(converged(...answers)).toBe(ms));
