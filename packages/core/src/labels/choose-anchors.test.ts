import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LabelSelector } from '@accord/proto/selector';
import { anchorAll, labelAnchor } from '@accord/proto/subjects';
import { chooseAnchors } from './choose-anchors.ts';
import { matchSelector, type Labels } from './match-selector.ts';
import { parseSelector } from './parse-selector.ts';

const holders: Readonly<Record<string, number>> = { 'env=prod': 30, 'env=dev': 5, 'region=eu': 12, 'region=us': 9, 'accord.dev/name=a': 1 };

function anchors(text: string): readonly string[] {
  const parsed = parseSelector(text);
  if (parsed.outcome === 'invalid') throw new Error(parsed.message);
  return chooseAnchors(parsed.selector, (key, value) => holders[`${key}=${value}`] ?? 0);
}

describe('chooseAnchors', () => {
  const seventeen = Array.from({ length: 17 }, (_, index) => `v${index}`).join(',');
  const cases: [claim: string, text: string, chosen: string[]][] = [
    ['one label is the anchor', 'env=prod', [labelAnchor('env', 'prod')]],
    ['of two labels the one with fewer holders', 'env=prod,region=eu', [labelAnchor('region', 'eu')]],
    ['In gives one copy per value', 'region in (us,eu,eu)', [labelAnchor('region', 'eu'), labelAnchor('region', 'us')]],
    ['the holders of all values of In count', 'env=dev,region in (us,eu)', [labelAnchor('env', 'dev')]],
    ['a name is held by one', 'env=prod,accord.dev/name=a', [labelAnchor('accord.dev/name', 'a')]],
    ['equal holders: fewer copies', 'x in (a,b),y=c', [labelAnchor('y', 'c')]],
    ['a selector for everything goes to everybody', '', [anchorAll]],
    ['requirements that no value has to meet go to everybody', 'env!=prod,zone,!legacy', [anchorAll]],
    ['too many values go to everybody', `env in (${seventeen})`, [anchorAll]],
    ['too many values are no hindrance to another key', `env in (${seventeen}),region=us`, [labelAnchor('region', 'us')]],
  ];
  test.each(cases)('%s', (_claim, text, chosen) => {
    expect(anchors(text)).toEqual(chosen);
  });

  test('an absent selector is published nowhere', () => {
    expect(chooseAnchors(undefined, () => 1)).toEqual([]);
  });

  test('property: every cluster that matches reads one of the anchors', () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const value = fc.constantFrom('x', 'y', 'z');
    const requirement = fc.record({
      key,
      operator: fc.constantFrom('In' as const, 'NotIn' as const),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
    });
    const selector: fc.Arbitrary<LabelSelector> = fc.record({
      matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
      matchExpressions: fc.array(requirement, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(selector, fc.dictionary(key, value), fc.func(fc.nat(5)), (wanted, labels: Labels, count) => {
        if (!matchSelector(wanted, labels).matches) return;
        const read = [anchorAll, ...Object.entries(labels).map(([name, held]) => labelAnchor(name, held))];
        expect(chooseAnchors(wanted, count).some((anchor) => read.includes(anchor))).toBe(true);
      }),
    );
  });
});
