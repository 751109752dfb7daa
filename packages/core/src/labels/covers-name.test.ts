import { expect, test } from 'vitest';
import { coversName } from './covers-name.ts';

test.each([
  [['team-*'], 'team-pay', true],
  [['team-*'], 'platform', false],
  [['*'], 'anything', true],
  [[], 'team-pay', false],
  [['team-*'], 'team-${cluster.labels.env}', true],
  [['team-*'], '${cluster.labels.team}', false],
  [['team-*-dev'], 'team-${cluster.name}-dev', true],
  [['team-*-dev'], 'team-${cluster.labels.env}', false],
  [['team-dev'], 'team-${cluster.labels.env}', false],
  [['team-*'], 'team-*', true],
  [['team-*'], 'team-a*', true],
  [['team-a*'], 'team-*', false],
  [['team-*'], '*', false],
  [['*'], '*', true],
  [['pay', 'team-*'], 'team-x', true],
])('%j covers %s: %s', (patterns, name, covered) => {
  expect(coversName(patterns, name)).toBe(covered);
});
