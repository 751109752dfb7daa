import type { ObjectKey } from '@accord/proto/ids';
import type { Heal, PolicyOutcome, PolicyReport, Problem } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import { eventsOf } from './events-of.ts';

const key = '/ConfigMap/payments/settings' as ObjectKey;
const report = (state: string, change: Partial<PolicyReport> = {}): PolicyReport => ({
  ...{ policy: 'team', epoch: 1, revision: 4, step: 0, state, reason: '', message: '', desired: 3, applied: 3 },
  ...{ problems: [], retained: [], sinceMs: 0, held: 0, heals: 0, leaving: false, hold: null, ...change },
});
const outcome = (told: PolicyReport | null, [created, changed, removed] = [0, 0, 0]): PolicyOutcome => ({
  ...{ report: told, change: null, stamps: null, created, changed, removed, stages: [] },
});
const problem = (reason: string, message: string): Problem => ({ object: key, state: '', reason, message, drift: null });
const heal = (change: Partial<Heal> = {}): Heal => ({
  ...{ object: key, policy: 'team', manager: 'kubectl-edit', operation: 'Update', seenMs: 1_000, healedMs: 1_006.4 },
  ...{ fields: ['data.a'], cause: 'FieldsChanged', writtenMs: 0, ...change },
});
const told = (now: PolicyOutcome, before?: PolicyReport): readonly string[] =>
  eventsOf([{ outcome: now, before }], []).map(({ type, reason, action, note }) => `${type} ${reason} ${action}: ${note}`);
const healed = (...heals: readonly Heal[]): readonly string[] => eventsOf([], heals).map(({ reason, note }) => `${reason}: ${note}`);

describe('a policy', () => {
  test.each<[state: string, change: Partial<PolicyReport>, event: string]>([
    ['Applied', {}, 'Normal Applied Apply: revision 4 is in: 2 created, 1 changed, 0 removed'],
    [
      'Failed',
      { problems: [problem('Invalid', 'data: must be text')] },
      'Warning ApplyFailed Apply: revision 4 is not in: ConfigMap payments/settings: data: must be text',
    ],
    ['Refused', { message: 'freeze until noon' }, 'Warning ApplyFailed Apply: revision 4 is not in: freeze until noon'],
    [
      'Blocked',
      { problems: [problem('AdoptionRefused', 'exists, and the policy adopts nothing')] },
      'Warning Conflicted Apply: revision 4 waits: ConfigMap payments/settings: exists, and the policy adopts nothing',
    ],
    [
      'Blocked',
      { reason: 'DependencyNotApplied', message: 'base is not in' },
      'Warning ApplyFailed Apply: revision 4 waits: base is not in',
    ],
    [
      'Stalled',
      { reason: 'RemovalBrake', message: 'would remove 12' },
      'Warning RemovalBrake Remove: revision 4 needs a person: would remove 12',
    ],
    ['Stalled', { reason: 'Fighting', message: 'undone 5 times' }, 'Warning Fighting Heal: revision 4 needs a person: undone 5 times'],
    ['Stalled', { reason: 'EpochChanged', message: 'rebuilt' }, 'Warning EpochChanged Remove: revision 4 needs a person: rebuilt'],
    [
      'Drifted',
      { problems: [problem('Differs', 'data.a differs')] },
      'Warning DriftDetected Compare: revision 4 is only compared: ConfigMap payments/settings: data.a differs',
    ],
    ['Removed', {}, 'Normal Removed Remove: has left, with everything that it made'],
    ['Removed', { retained: [key] }, 'Normal Released Remove: has left; 1 object of it stay'],
  ])('%s %j', (state, change, event) => expect(told(outcome(report(state, change), [2, 1, 0]), report('Pending'))).toEqual([event]));

  test('that is as it was is no news, nor is one that a spoke finds in place when it starts', () => {
    expect(told(outcome(report('Applied'), [0, 1, 0]), report('Applied'))).toEqual([]);
    expect(told(outcome(report('Applied')))).toEqual([]);
    expect(told(outcome(report('Applied'), [3, 0, 0]))).toHaveLength(1);
    expect(told(outcome(report('Applied', { revision: 5 })), report('Applied'))).toHaveLength(1);
  });

  test('tells nothing of what passes, of stops, and of passes without a report', () => {
    for (const state of ['Retrying', 'Stopped', 'Shadowed', 'Removing', 'Applying']) expect(told(outcome(report(state)))).toEqual([]);
    expect(told(outcome(null))).toEqual([]);
  });
});

describe('a heal', () => {
  test('says who did what, as far as the object tells, and how long it stood', () => {
    expect(healed(heal())).toEqual(['DriftHealed: ConfigMap payments/settings: kubectl-edit changed data.a, put back after 6 ms']);
    expect(healed(heal({ manager: '', fields: ['a', 'b', 'c', 'd'] }))).toEqual([
      'DriftHealed: ConfigMap payments/settings: somebody changed a, b, c and more, put back after 6 ms',
    ]);
    expect(healed(heal({ cause: 'Gone' }))[0]).toContain('somebody (last written by kubectl-edit) deleted it');
  });

  test('of many at once one is told, with their number', () => {
    expect(healed(heal(), heal())).toHaveLength(2);
    const [only, ...others] = healed(...Array.from({ length: 38 }, () => heal()));
    expect([only?.endsWith('; and 37 other objects of the policy'), others]).toEqual([true, []]);
  });
});

test('a note is never longer than the API server takes, and ends with a whole character', () => {
  const [event] = eventsOf([{ outcome: outcome(report('Refused', { message: 'ü'.repeat(2_000) })), before: undefined }], []);
  expect(Buffer.byteLength(event?.note ?? '')).toBeLessThanOrEqual(1_024);
  expect(event?.note).toMatch(/ü…$/u);
});
