import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LabelSelector } from '@accord/proto/selector';
import { matchSelector } from './match-selector.ts';

const labels = { env: 'dev', zone: '', 'a/b': 'c' };

function because(selector: LabelSelector | undefined): string {
  const match = matchSelector(selector, labels);
  return match.matches ? 'matches' : match.because;
}

const expression = (key: string, operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist', ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
});

describe('matchSelector', () => {
  const cases: [claim: string, selector: LabelSelector | undefined, result: string][] = [
    ['an absent selector selects nothing', undefined, 'there is no selector, so nothing is selected'],
    ['an empty selector selects everything', {}, 'matches'],
    ['empty parts select everything', { matchLabels: {}, matchExpressions: [] }, 'matches'],
    ['an equal label', { matchLabels: { env: 'dev' } }, 'matches'],
    ['another value', { matchLabels: { env: 'prod' } }, 'env is dev, wanted prod'],
    ['a missing label', { matchLabels: { region: 'eu' } }, 'has no label region'],
    ['an empty value is a value', { matchLabels: { zone: '' } }, 'matches'],
    ['an empty value is not any value', { matchLabels: { zone: 'a' } }, 'zone is "", wanted a'],
    ['In with the value', expression('env', 'In', 'prod', 'dev'), 'matches'],
    ['In without the value', expression('env', 'In', 'prod', 'stage'), 'env is dev, wanted one of prod, stage'],
    ['In does not match a missing key', expression('region', 'In', 'eu'), 'has no label region'],
    ['NotIn with the value', expression('env', 'NotIn', 'dev'), 'env is dev, which is excluded'],
    ['NotIn without the value', expression('env', 'NotIn', 'prod'), 'matches'],
    ['NotIn matches a missing key', expression('region', 'NotIn', 'eu'), 'matches'],
    ['Exists', expression('env', 'Exists'), 'matches'],
    ['Exists with an empty value', expression('zone', 'Exists'), 'matches'],
    ['Exists does not match a missing key', expression('region', 'Exists'), 'has no label region'],
    ['DoesNotExist', expression('env', 'DoesNotExist'), 'has label env, which is excluded'],
    ['DoesNotExist matches a missing key', expression('region', 'DoesNotExist'), 'matches'],
    ['names that every object has are no labels', expression('constructor', 'Exists'), 'has no label constructor'],
    ['all requirements hold together; the first that fails is told', { matchLabels: { env: 'dev', b: 'x', a: 'y' } }, 'has no label a'],
    [
      'labels are asked before expressions',
      { matchLabels: { env: 'prod' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] },
      'env is dev, wanted prod',
    ],
  ];
  test.each(cases)('%s', (_claim, selector, result) => {
    expect(because(selector)).toBe(result);
  });

  test('property: In and NotIn exclude each other where the key exists, and Exists and DoesNotExist everywhere', () => {
    const key = fc.constantFrom('a', 'b');
    const value = fc.constantFrom('', 'x', 'y');
    fc.assert(
      fc.property(fc.dictionary(key, value), key, fc.array(value, { minLength: 1 }), (held, name, values) => {
        const matches = (selector: LabelSelector): boolean => matchSelector(selector, held).matches;
        const [isIn, notIn] = [matches(expression(name, 'In', ...values)), matches(expression(name, 'NotIn', ...values))];
        expect(isIn && notIn).toBe(false);
        expect(isIn || notIn).toBe(true);
        expect(matches(expression(name, 'Exists'))).not.toBe(matches(expression(name, 'DoesNotExist')));
      }),
    );
  });
});
