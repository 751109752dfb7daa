import { expect, test } from 'vitest';
import { managerOf, planProfile, type ProfileInput } from './plan-profile.ts';

const ours = { 'accord.dev/policy': '', 'x-k8s.io/cluster-manager': 'accord' };
const theirs = { 'x-k8s.io/cluster-manager': 'other' };
const usual = { standing: undefined, isWanted: true, knowsMembers: true, isProjected: true };

test.each<[claim: string, input: Partial<ProfileInput>, plan: string]>([
  ['one that is missing is written', {}, 'write'],
  ['one of ours is kept up', { standing: ours }, 'write'],
  ['one of another manager is left alone', { standing: theirs }, 'foreign'],
  ['one that somebody took the mark from is his', { standing: { 'x-k8s.io/cluster-manager': 'accord' } }, 'foreign'],
  ['one that a policy owns is the policy\u2019s', { standing: { ...ours, 'accord.dev/policy': 'p' } }, 'foreign'],
  ['one of a cluster that left goes', { standing: ours, isWanted: false }, 'remove'],
  ['but not while members may be missing', { standing: ours, isWanted: false, knowsMembers: false }, 'nothing'],
  ['one of another manager never goes', { standing: theirs, isWanted: false }, 'nothing'],
  ['where nobody projects any more ours go', { standing: ours, isProjected: false, knowsMembers: false }, 'remove'],
  ['and nothing is written', { isProjected: false }, 'nothing'],
  ['and those of others stay', { standing: theirs, isProjected: false }, 'nothing'],
])('%s', (_claim, input, plan) => expect(planProfile({ ...usual, ...input })).toBe(plan));

test('people are told whose it is, as far as it says', () => {
  expect(managerOf(theirs)).toBe('cluster manager other');
  expect(managerOf(ours)).toBe('somebody else');
  expect(managerOf(undefined)).toBe('somebody else');
});
