import type { Row } from '@accord/proto/api';
import { expect, test } from 'vitest';
import { groupProblems } from './group-problems.ts';

const row = (policy: string, cluster: string, reason: string): Row =>
  ({ policy, cluster, reason, state: 'Failed', sentence: `${cluster} ${reason}` }) as Row;

test('clusters with one trouble are one entry, the widest first', () => {
  const blockers = groupProblems([
    row('a', 'eu-2', 'Denied'),
    row('b', 'eu-1', 'Denied'),
    row('b', 'eu-2', 'Denied'),
    row('b', 'eu-3', 'Quota'),
  ]);
  expect(blockers.map(({ policy, reason, clusters }) => `${policy} ${reason} ${clusters.join(',')}`)).toEqual([
    'b Denied eu-1,eu-2',
    'a Denied eu-2',
    'b Quota eu-3',
  ]);
});
