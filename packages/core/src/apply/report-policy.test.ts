import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { PolicyReport } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../desired/judge-policy.ts';
import { heldDocument } from '../follow/example-fleet.ts';
import type { HeldRemoval } from './plan-apply.ts';
import { problemsMax, reportPolicy, saysTheSame, type ObjectResult, type PolicyResults } from './report-policy.ts';

const policy = 'p' as PolicyName;
const document = heldDocument({ subject: 'desired.all.p', epoch: 1, revision: 7, step: 2 }, new Uint8Array());
const applies = { says: 'apply', document, spec: {}, objects: [] } as unknown as Verdict;
const leavingOut = (leftOut: number): Verdict => ({ ...applies, fanOut: { entries: new Set(), leftOut } }) as Verdict;
const leaves = (because: 'deleted' | 'unselected' | 'absent'): Verdict => ({
  says: 'leave',
  document: because === 'absent' ? undefined : document,
  because,
});
const keeps: Verdict = { says: 'keep', document, reason: 'LintWildcard', message: 'spec.clusterRoles[0]: *' };

const done: ObjectResult = { outcome: 'done' };
const suspended = { reason: 'Suspended', message: 'the policy is suspended' } as const;
const trouble = (outcome: 'refused' | 'retry' | 'guarded' | 'blocked' | 'stopped' | 'fighting', reason: string): ObjectResult => ({
  outcome,
  reason,
  because: `${reason} it says`,
});
const shadowed: ObjectResult = { outcome: 'shadowed', by: 'q' as PolicyName };
const results = (...all: ObjectResult[]): ReadonlyMap<ObjectKey, ObjectResult> =>
  new Map(all.map((result, at) => [`/ConfigMap/n/o${at}` as ObjectKey, result]));
const held = (reason: HeldRemoval['reason'], count = 1): HeldRemoval[] =>
  Array.from({ length: count }, (_, at) => ({ key: `/ConfigMap/n/h${at}` as ObjectKey, owner: policy, reason }));
const reportOf = (change: Partial<PolicyResults>): PolicyReport =>
  reportPolicy({
    policy,
    verdict: applies,
    objects: new Map(),
    stuck: new Map(),
    held: [],
    retained: [],
    nowMs: 5.4,
    heals: 0,
    isCaughtUp: true,
    ...change,
  });

describe('the state of a policy on this cluster', () => {
  const rows: [claim: string, given: Partial<PolicyResults>, state: string][] = [
    [
      'a policy that leaves is not gone while it is not known what it has here',
      { verdict: leaves('deleted'), isCaughtUp: false },
      'Removing/NotCaughtUp nothing is removed before everything that should be there is known',
    ],
    [
      'a policy that leaves says that another one holds what they share',
      { verdict: leaves('deleted'), held: held('ReplacementRefused') },
      'Removing/ReplacementRefused another policy has a share in it and cannot be applied here',
    ],
    [
      'a fight for one of its objects needs a person, also where others wait',
      { objects: results(trouble('blocked', 'NotOurs'), trouble('fighting', 'Fighting'), trouble('retry', 'Conflict')) },
      'Stalled/Fighting Fighting it says',
    ],
    [
      'and is told after what was refused',
      { objects: results(trouble('fighting', 'Fighting'), trouble('refused', 'Forbidden')) },
      'Failed/Forbidden Forbidden it says',
    ],
    ['a policy that left because no index names it', { verdict: leaves('absent') }, 'Removed/Deleted'],
    [
      'one that left because the cluster lost the label under which it is published',
      { verdict: { says: 'leave', document: undefined, because: 'absent', lost: document } },
      'Removed/NotSelected',
    ],
    ['everything as wanted', { objects: results(done, done) }, 'Applied/Applied'],
    ['a policy without objects is applied', {}, 'Applied/Applied'],
    [
      'a policy that may not go everywhere says so when it is applied',
      { verdict: leavingOut(1) },
      'Applied/Applied 1 selected namespace is left out, as it is not open to policies',
    ],
    [
      'and beside whatever else there is to say',
      { verdict: leavingOut(2), objects: results(trouble('refused', 'Forbidden')) },
      'Failed/Forbidden Forbidden it says; 2 selected namespaces are left out, as they are not open to policies',
    ],
    [
      'a stopped policy says so, whatever was refused before',
      { verdict: { ...applies, stop: suspended } as Verdict, objects: results(done, trouble('refused', 'Forbidden')) },
      'Stopped/Suspended the policy is suspended',
    ],
    [
      'a policy that should leave and is stopped stays',
      { verdict: { ...leaves('deleted'), stop: suspended } as Verdict, held: held('Suspended') },
      'Stopped/Suspended the policy is suspended',
    ],
    [
      'a policy that should leave and shares what it has with one that is stopped',
      { verdict: leaves('deleted'), held: held('Suspended') },
      'Stopped/OwnerStopped another policy has a share in what should leave, and may not change anything now',
    ],
    [
      'a policy that should leave and has nothing here is gone under a stop too',
      { verdict: { ...leaves('deleted'), stop: suspended } as Verdict },
      'Removed/Deleted',
    ],
    [
      'another policy that is stopped owns what this one wants',
      { objects: results(done, trouble('stopped', 'OwnerStopped')) },
      'Stopped/OwnerStopped OwnerStopped it says',
    ],
    [
      'waiting for another policy is worse than a stop of that one',
      { objects: results(trouble('stopped', 'OwnerStopped'), trouble('blocked', 'DependencyNotApplied')) },
      'Blocked/DependencyNotApplied DependencyNotApplied it says',
    ],
    ['it cannot be compiled here', { verdict: keeps }, 'Failed/LintWildcard spec.clusterRoles[0]: *'],
    [
      'the API server refuses one object',
      { objects: results(done, trouble('refused', 'Forbidden')) },
      'Failed/Forbidden Forbidden it says',
    ],
    ['something passes by itself', { objects: results(done, trouble('retry', 'Overloaded')) }, 'Retrying/Overloaded Overloaded it says'],
    ['the guard rail says no', { objects: results(trouble('guarded', 'MaxObjects')) }, 'Refused/MaxObjects MaxObjects it says'],
    [
      'the guard rail is worse than the API server, which is worse than waiting',
      { objects: results(trouble('retry', 'Overloaded'), trouble('refused', 'Forbidden'), trouble('guarded', 'MaxObjects')) },
      'Refused/MaxObjects MaxObjects it says',
    ],
    [
      'a refusal is worse than the brake',
      { objects: results(trouble('refused', 'Forbidden')), held: held('RemovalBrake') },
      'Failed/Forbidden Forbidden it says',
    ],
    [
      'the brake is worse than waiting',
      { objects: results(trouble('retry', 'Overloaded')), held: held('RemovalBrake', 2) },
      'Stalled/RemovalBrake 2 objects would be removed',
    ],
    [
      'the brake holds although everything else is in',
      { objects: results(done), held: held('RemovalBrake', 12) },
      'Stalled/RemovalBrake 12 objects would be removed',
    ],
    ['another policy owns everything', { objects: results(shadowed, shadowed) }, 'Shadowed/OwnedByAnother policy q owns what p wants'],
    ['another policy owns a part', { objects: results(done, shadowed) }, 'Applied/Applied'],
    ['a removal that waits to catch up leaves the rest applied', { objects: results(done), held: held('NotCaughtUp') }, 'Applied/Applied'],
    ['it was deleted and is gone', { verdict: leaves('deleted') }, 'Removed/Deleted'],
    ['the cluster is no longer selected', { verdict: leaves('unselected') }, 'Removed/NotSelected'],
    ['it is absent and gone', { verdict: leaves('absent') }, 'Removed/Deleted'],
    [
      'another fleet left something',
      { verdict: leaves('absent'), held: held('UnknownPolicy') },
      'Stalled/UnknownPolicy this hub never gave it to this cluster; 1 object of it is left alone',
    ],
    [
      'it leaves once everything is known',
      { verdict: leaves('deleted'), held: held('NotCaughtUp') },
      'Removing/NotCaughtUp nothing is removed before everything that should be there is known',
    ],
    [
      'it leaves after a person has looked',
      { verdict: leaves('absent'), held: held('EpochChanged') },
      'Stalled/EpochChanged 1 object would be removed',
    ],
    [
      'an object that does not go holds it up',
      { verdict: leaves('deleted'), stuck: results(trouble('refused', 'Forbidden')) },
      'Failed/Forbidden Forbidden it says',
    ],
    [
      'an object that goes later is tried again',
      { verdict: leaves('deleted'), stuck: results(trouble('retry', 'Conflict')) },
      'Retrying/Conflict Conflict it says',
    ],
  ];
  test.each(rows)('%s', (_claim, given, expected) => {
    const { state, reason, message } = reportOf(given);
    expect(`${state}/${reason}${message === '' ? '' : ` ${message}`}`).toBe(expected);
  });
});

describe('what a report carries', () => {
  test('its place, its counts and when', () => {
    const report = reportOf({
      objects: results(done, shadowed, trouble('retry', 'Overloaded')),
      held: [...held('RemovalBrake', 2), ...held('NotCaughtUp')],
      heals: 4,
    });
    expect(report).toMatchObject({ policy: 'p', epoch: 1, revision: 7, step: 2, desired: 3, applied: 1, held: 2, heals: 4, sinceMs: 5 });
  });

  test('of what waits for a person the Namespaces first', () => {
    const key = '/Namespace//team' as ObjectKey;
    const { problems } = reportOf({ held: [...held('RemovalBrake', problemsMax), { key, owner: policy, reason: 'RemovalBrake' }] });
    expect(problems.slice(0, 2).map(({ object }) => object)).toEqual([key, '/ConfigMap/n/h0']);
  });

  test('problems with the worst first, and at most fifty', () => {
    const many = Array.from({ length: problemsMax + 5 }, () => shadowed);
    const { problems } = reportOf({
      objects: results(...many, trouble('retry', 'Overloaded'), trouble('refused', 'Forbidden')),
      held: held('RemovalBrake'),
    });
    expect(problems.slice(0, 4).map(({ object, state }) => `${object} ${state}`)).toEqual([
      `/ConfigMap/n/o${problemsMax + 6} Failed`,
      '/ConfigMap/n/h0 Stalled',
      `/ConfigMap/n/o${problemsMax + 5} Retrying`,
      '/ConfigMap/n/o0 Shadowed',
    ]);
    expect(problems).toHaveLength(problemsMax);
  });

  test('a long text of the API server is cut', () => {
    const { message, problems } = reportOf({ objects: results({ outcome: 'refused', reason: 'Invalid', because: 'x'.repeat(9_000) }) });
    expect([message.length, problems[0]?.message.length]).toEqual([1_024, 1_024]);
  });

  test('what stays when the policy goes', () => {
    expect(reportOf({ verdict: leaves('deleted'), retained: ['/Namespace//n' as ObjectKey] }).retained).toEqual(['/Namespace//n']);
  });

  test('why a Namespace stays that was to be deleted', () => {
    const key = '/Namespace//team' as ObjectKey;
    const kept: ObjectResult = { outcome: 'done', kept: 'is given back and not deleted, as ConfigMap a is in it' };
    const { state, message, problems } = reportOf({ verdict: leaves('deleted'), stuck: new Map([[key, kept]]), retained: [key] });
    expect([state, message]).toEqual(['Removed', 'Namespace team is given back and not deleted, as ConfigMap a is in it']);
    expect(problems).toMatchObject([{ object: key, state: 'Applied', reason: 'NotEmpty', message: kept.kept }]);
  });

  const everything = { reason: 'Held', message: 'everything there is held', scope: {} };
  const object = { policy: 'p', object: 'ConfigMap/n/o0' };
  const because = 'it is held';
  test.each<[claim: string, given: Partial<PolicyResults>, hold: PolicyReport['hold']]>([
    ['everything on the cluster', { verdict: { ...applies, stop: everything } as Verdict }, { policy: '', object: '' }],
    ['an object', { objects: results({ outcome: 'stopped', reason: 'Held', because, scope: object }) }, object],
    [
      'an object that should leave',
      { verdict: leaves('deleted'), held: held('Held').map((removal) => ({ ...removal, because, scope: object })) },
      object,
    ],
    ['nothing', { verdict: { ...applies, stop: suspended } as Verdict }, null],
  ])('what operators hold is told: %s', (_claim, given, hold) => {
    expect(reportOf(given).hold).toEqual(hold);
  });

  test('the time alone is no news', () => {
    expect(saysTheSame(reportOf({ nowMs: 1 }), reportOf({ nowMs: 2 }))).toBe(true);
    expect(saysTheSame(reportOf({ heals: 1 }), reportOf({ heals: 2 }))).toBe(false);
  });
});

test('of a policy whose anchor was lost the revision is told that was there', () => {
  const { epoch, revision, step } = reportOf({ verdict: { says: 'leave', document: undefined, because: 'absent', lost: document } });
  expect([epoch, revision, step]).toEqual([1, 7, 2]);
});
