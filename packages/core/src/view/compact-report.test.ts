import { summaryCodec, type PolicyReport } from '@accord/proto/messages';
import { expect, test } from 'vitest';
import { compactReport } from './compact-report.ts';

const drift = { manager: 'helm', operation: 'Update', writtenMs: 9, fields: ['.data.a'] };
const problem = { object: '/ConfigMap/team/a', state: 'Failed', reason: 'Forbidden', message: 'no', drift };
const full: PolicyReport = {
  ...{ policy: 'team', epoch: 1, revision: 2, step: 3, state: 'Failed', reason: 'Forbidden', message: 'm', desired: 4, applied: 5 },
  ...{
    problems: [problem],
    retained: ['/Namespace//team'],
    sinceMs: 6,
    held: 7,
    heals: 8,
    leaving: true,
    hold: { policy: 'team', object: 'ConfigMap/n/m' },
  },
};
const decoded = (report: Partial<PolicyReport>): PolicyReport => {
  const [found] = summaryCodec.decode(summaryCodec.encode({ policies: [report as PolicyReport] })).policies;
  return found ?? expect.unreachable('one report');
};

test('a compact report says what the decoded one said, with every field that there is', () => {
  expect(compactReport(decoded(full))).toEqual(decoded(full));
  expect(compactReport(decoded({ policy: 'team' }))).toEqual(decoded({ policy: 'team' }));
  expect(Object.keys(compactReport(full)).toSorted()).toEqual(Object.keys(decoded({})).toSorted());
});

test('reports that have nothing to list share one empty list', () => {
  const [a, b] = [decoded({ policy: 'team' }), decoded({ policy: 'team' })];
  expect(a.problems).not.toBe(b.problems);
  expect(compactReport(a).problems).toBe(compactReport(b).problems);
  expect(compactReport(a).retained).toBe(compactReport(b).retained);
});
