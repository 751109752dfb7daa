import type { PolicyOutcome, PolicyReport } from '@accord/proto/messages';
import { expect, test } from 'vitest';
import { halveOutcome } from './fit-report.ts';

const report: PolicyReport = {
  ...{ policy: 'p', epoch: 1, revision: 1, step: 0, state: 'Failed', reason: '', message: '', desired: 1, applied: 0 },
  ...{ problems: [], retained: [], sinceMs: 0, held: 0, heals: 0, leaving: false, hold: null },
};
const outcome = (stages: PolicyOutcome['stages']): PolicyOutcome => ({
  ...{ report, change: null, stamps: null, created: 0, changed: 0, removed: 0, stages },
});

test('a policy that alone is too much lets the times of its stages go before there is nothing left to leave out', () => {
  const stages = [{ stage: 1, startMs: 1, endMs: 2, writes: 1, slowest: null }];
  const smaller = halveOutcome({ policies: [outcome(stages)], heals: [] });
  expect(smaller).toEqual([{ policies: [outcome([])], heals: [] }]);
  expect(halveOutcome(smaller?.[0] ?? expect.unreachable('a smaller one'))).toBeUndefined();
});
