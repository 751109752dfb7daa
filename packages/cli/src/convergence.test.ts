import type { Row } from '@accord/proto/api';
import { describe, expect, test } from 'vitest';
import { convergenceOf, countProgress, progressOf, removalOf } from './convergence.ts';

const row = (change: Partial<Row>): Row =>
  ({ state: 'Applied', connection: 'live', sync: 'current', revision: 3, reportedRevision: 3, ...change }) as Row;

describe('progressOf', () => {
  const cases: readonly [name: string, row: Partial<Row>, progress: string][] = [
    ['applied at the revision', {}, 'applied'],
    ['owned by another policy is settled', { state: 'Shadowed' }, 'applied'],
    ['a later revision is as good', { revision: 4, reportedRevision: 4 }, 'applied'],
    ['the hub itself is not there yet', { revision: 2, reportedRevision: 2 }, 'moving'],
    ['a failure of the revision before says nothing', { state: 'Failed', reportedRevision: 2 }, 'moving'],
    ['a failure of this one', { state: 'Failed' }, 'failed'],
    ['a guard rail', { state: 'Refused' }, 'failed'],
    ['suspended, as somebody wanted it', { state: 'Stopped', reason: 'Suspended' }, 'applied'],
    ['a paused cluster', { state: 'Stopped', reason: 'Paused' }, 'failed'],
    ['only compared', { state: 'Drifted', reason: 'Inform' }, 'applied'],
    ['a dependency that may still come in', { state: 'Blocked', reason: 'DependencyNotApplied' }, 'moving'],
    ['a dependency that is not for this cluster', { state: 'Blocked', reason: 'DependencyNotSelected' }, 'failed'],
    ['what its owner has not given away', { state: 'Blocked', reason: 'NotOurs' }, 'failed'],
    ['it tries again by itself', { state: 'Retrying' }, 'moving'],
    ['what an offline cluster said may be over', { connection: 'offline' }, 'offline'],
    ['one that was not heard of yet may answer soon', { connection: 'unknown', reportedRevision: 0 }, 'moving'],
  ];
  test.each(cases)('%s', (_name, change, progress) => {
    expect(progressOf(row(change), 3)).toBe(progress);
  });
});

describe('removalOf', () => {
  const cases: readonly [name: string, row: Partial<Row>, progress: string][] = [
    ['gone', { state: 'Removed' }, 'applied'],
    ['on its way', { state: 'Removing' }, 'moving'],
    ['a failure from before it had to leave', { state: 'Failed', reportedRevision: 2 }, 'moving'],
    ['the brake', { state: 'Stalled' }, 'failed'],
    ['a paused cluster', { state: 'Stopped', reason: 'Paused' }, 'failed'],
    ['the brake of a revision before', { state: 'Stalled', reportedRevision: 2 }, 'moving'],
    ['offline', { connection: 'offline', state: 'Stalled' }, 'offline'],
  ];
  test.each(cases)('%s', (_name, change, progress) => {
    expect(removalOf(row(change))).toBe(progress);
  });
});

test('a wait ends when nothing moves any more, and then the worst is told', () => {
  const ends = (...kinds: Parameters<typeof countProgress>[0]): string => convergenceOf(countProgress(kinds));
  expect([ends('failed', 'moving'), ends('failed', 'offline'), ends('applied', 'offline'), ends('applied'), ends()]).toEqual([
    'moving',
    'held-up',
    'offline',
    'converged',
    'converged',
  ]);
});
