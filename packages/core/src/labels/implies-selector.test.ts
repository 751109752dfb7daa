import type { LabelSelector } from '@accord/proto/selector';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { impliesSelector } from './implies-selector.ts';
import { matchSelector } from './match-selector.ts';
import { parseSelector } from './parse-selector.ts';

function selectorOf(text: string): LabelSelector {
  const parsed = parseSelector(text);
  if (parsed.outcome === 'invalid') throw new TypeError(parsed.message);
  return parsed.selector;
}

describe('impliesSelector', () => {
  test.each([
    ['env=dev', 'env=dev', true],
    ['env=dev,tier=gold', 'env=dev', true],
    ['env=prod', 'env=dev', false],
    ['', 'env=dev', false],
    ['', '', true],
    ['env=dev', '', true],
    ['env in (dev,test)', 'env in (dev,test,stage)', true],
    ['env in (dev,prod)', 'env in (dev,test)', false],
    ['env in (dev,prod),env!=prod', 'env=dev', true],
    ['env in (dev,prod),env in (dev,test)', 'env=dev', true],
    ['env!=prod', 'env=dev', false],
    ['env', 'env=dev', false],
    ['tier=dev', 'env=dev', false],
    ['env=dev', 'env', true],
    ['env', 'env', true],
    ['env!=prod', 'env', false],
    ['', 'env', false],
    ['!env', '!env', true],
    ['env=dev', '!env', false],
    ['env=dev', 'env!=prod', true],
    ['env=prod', 'env!=prod', false],
    ['env notin (prod,stage)', 'env!=prod', true],
    ['env!=stage', 'env!=prod', false],
    ['!env', 'env!=prod', true],
    ['env', 'env!=prod', false],
    ['env=dev,env=prod', 'env=test', true],
  ])('%s selects nothing beyond %s: %s', (narrow, wide, implied) => {
    expect(impliesSelector(selectorOf(narrow), selectorOf(wide))).toBe(implied);
  });

  test('no selector selects nothing, and so nothing beyond any other', () => {
    expect(impliesSelector(undefined, selectorOf('env=dev'))).toBe(true);
  });

  const requirement = fc.record({
    key: fc.constantFrom('a', 'b'),
    operator: fc.constantFrom('In' as const, 'NotIn' as const, 'Exists' as const, 'DoesNotExist' as const),
    values: fc.subarray(['x', 'y', 'z'], { minLength: 1 }),
  });
  const selector = fc.record({ matchExpressions: fc.array(requirement, { maxLength: 3 }) });
  const labels = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y', 'z', 'w'));

  test('property: what is implied matches every cluster that the narrow one matches', () => {
    fc.assert(
      fc.property(selector, selector, labels, (narrow, wide, cluster) => {
        fc.pre(impliesSelector(narrow, wide) && matchSelector(narrow, cluster).matches);
        expect(matchSelector(wide, cluster).matches).toBe(true);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});
