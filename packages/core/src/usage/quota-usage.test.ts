import type { QuotaUsage } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import { coarseUsage, usageMax, usageOf } from './quota-usage.ts';

const at = (percent: number, change: Partial<QuotaUsage> = {}): QuotaUsage => ({
  ...{ namespace: 'n', quota: 'q', resource: 'pods', used: `${percent}`, hard: '100', percent },
  ...change,
});

describe('the status of a quota', () => {
  const usage = (hard: object, used: object): readonly string[] =>
    usageOf({ metadata: { namespace: 'n', name: 'q' }, status: { hard: { ...hard }, used: { ...used } } }).map(
      ({ resource, percent }) => `${resource} ${percent}`,
    );
  test.each<[claim: string, hard: object, used: object, told: readonly string[]]>([
    ['is in one unit', { 'requests.memory': '1Gi' }, { 'requests.memory': '512Mi' }, ['requests.memory 50']],
    ['is rounded down', { 'requests.cpu': '3' }, { 'requests.cpu': '2999m' }, ['requests.cpu 99']],
    ['may be over the limit', { pods: '10' }, { pods: '25' }, ['pods 250']],
    ['is bounded', { pods: '1' }, { pods: '500' }, ['pods 999']],
    ['says nothing of a limit of nothing', { pods: '0' }, { pods: '0' }, []],
    ['says nothing of what was not counted yet', { pods: '1' }, {}, []],
    ['says nothing where it cannot be read', { pods: 'many' }, { pods: '1' }, []],
  ])('%s', (_claim, hard, used, told) => expect(usage(hard, used)).toEqual(told));

  test('may be missing', () => expect(usageOf({ metadata: { namespace: 'n', name: 'q' } })).toEqual([]));
});

describe('usage is told', () => {
  test.each<[claim: string, told: readonly QuotaUsage[], seen: readonly QuotaUsage[], percents: readonly number[]]>([
    ['where it is some', [], [at(5)], [5]],
    ['not where it is hardly any', [], [at(4)], []],
    ['as before while it has changed little', [at(40)], [at(44)], [40]],
    ['anew when it has grown', [at(40)], [at(45)], [45]],
    ['anew when it has shrunk', [at(40)], [at(35)], [35]],
    ['always when it is nearly full', [at(80)], [at(81)], [81]],
    ['as before once it is less than that', [at(80)], [at(79)], [80]],
    ['anew under another limit', [at(40)], [at(41, { hard: '200' })], [41]],
    ['no longer when the quota is gone', [at(90)], [], []],
    ['of each resource by itself', [at(40)], [at(41), at(43, { resource: 'services' })], [43, 40]],
    ['the fullest first', [], [at(10), at(90, { quota: 'r' })], [90, 10]],
  ])('%s', (_claim, told, seen, percents) => expect(coarseUsage(told, seen).map(({ percent }) => percent)).toEqual(percents));

  test('of so many at most', () => {
    const seen = Array.from({ length: usageMax + 5 }, (_, n) => at(50 + (n % 40), { namespace: `n${n}` }));
    const told = coarseUsage([], seen);
    expect([told.length, Math.min(...told.map(({ percent }) => percent))]).toEqual([usageMax, 50]);
  });
});
