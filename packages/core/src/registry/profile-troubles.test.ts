import { expect, test } from 'vitest';
import { renderTrouble, type ProfileTrouble } from './profile-troubles.ts';

test.each<[ProfileTrouble, string]>([
  [{ trouble: 'no-kind' }, 'install it with: kubectl apply -f https://'],
  [{ trouble: 'no-namespace' }, 'make it with: kubectl create namespace fleet'],
  [
    { trouble: 'no-permission' },
    'kubectl create rolebinding accord-spoke-profiles -n fleet --clusterrole=accord-spoke-profiles --serviceaccount=accord-system:accord-spoke',
  ],
  [{ trouble: 'foreign', name: 'eu-1', owner: 'cluster manager x' }, 'eu-1 belongs to cluster manager x and is left alone'],
  [{ trouble: 'refused', name: 'eu-1', because: 'it is too large' }, 'eu-1 was not taken: it is too large'],
])('$trouble says what to do', (trouble, phrase) => {
  const text = renderTrouble('fleet', trouble);
  expect(text.startsWith('ProfilesNotProjected fleet: ')).toBe(true);
  expect(text).toContain(phrase);
});
