import { describe, expect, test } from 'vitest';
import { declaredFaults, undeclaredWarnings } from './declared-labels.ts';

const declared = {
  env: { required: true, values: ['dev', 'stage', 'prod'], protected: true },
  tier: { required: false, protected: false },
};

describe('declaredFaults', () => {
  test.each([
    [{ env: 'dev' }, []],
    [{ env: 'dev', tier: 'anything', other: 'x' }, []],
    [{}, ['labels.env: Every cluster has a label env. Add it: one of dev, stage, prod.']],
    [{ env: 'prd' }, ['labels.env: env=prd is not declared. Did you mean prod?']],
    [{ env: 'elsewhere' }, ['labels.env: env=elsewhere is not declared. Write one of dev, stage, prod.']],
  ])('%j', (labels, said) => {
    expect(
      declaredFaults(declared, labels as Record<string, string>, 'labels').map(({ path, message, help }) => `${path}: ${message} ${help}`),
    ).toEqual(said);
  });
});

describe('undeclaredWarnings', () => {
  test.each([
    [{ matchLabels: { env: 'dev', other: 'x' } }, []],
    [{ matchLabels: { env: 'prd' } }, ['s.matchLabels.env Did you mean prod?']],
    [
      { matchExpressions: [{ key: 'env', operator: 'In' as const, values: ['dev', 'stag'] }] },
      ['s.matchExpressions[0].values[1] Did you mean stage?'],
    ],
    [undefined, []],
  ])('%j', (selector, said) => {
    expect(undeclaredWarnings(declared, selector, 's').map(({ path, help }) => `${path} ${help}`)).toEqual(said);
  });
});
