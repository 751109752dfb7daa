import type { NamespaceSelector } from '@accord/proto/selector';
import { describe, expect, test } from 'vitest';
import { matchNamespace, selectsNoNamespace } from './match-namespace.ts';

const labels = { 'kubernetes.io/metadata.name': 'shop-eu', team: 'shop' };
const byTeam = (team: string) => ({ matchLabels: { team } });

describe('matchNamespace', () => {
  const cases: [claim: string, selector: NamespaceSelector | undefined, matches: boolean][] = [
    ['an absent selector selects nothing', undefined, false],
    ['neither names nor labels select nothing', {}, false],
    ['an exclusion alone selects nothing', { exclude: ['pay'] }, false],
    ['empty lists are as absent', { include: [], exclude: [] }, false],
    ['an empty label selector selects everything', { selector: {} }, true],
    ['a label', { selector: byTeam('shop') }, true],
    ['another label', { selector: byTeam('pay') }, false],
    ['the label with the name that the server sets', { selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop-eu' } } }, true],
    ['NotIn matches a missing key', { selector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['dev'] }] } }, true],
    ['a name', { include: ['shop-eu'] }, true],
    ['the beginning of a name is not the name', { include: ['shop'] }, false],
    ['one of several names', { include: ['pay', 'shop-*'] }, true],
    ['every name', { include: ['*'] }, true],
    ['a star for nothing', { include: ['shop-eu*'] }, true],
    ['stars on both sides', { include: ['*op-e*'] }, true],
    ['parts in another order', { include: ['*eu*shop*'] }, false],
    ['an end that would have to overlap', { include: ['shop-eu*eu'] }, false],
    ['a name that is excluded', { include: ['*'], exclude: ['*-eu'] }, false],
    ['a name and a label, which must both hold', { include: ['shop-*'], selector: byTeam('pay') }, false],
    ['labels without an excluded name', { selector: byTeam('shop'), exclude: ['*-us'] }, true],
  ];
  test.each(cases)('%s', (_claim, selector, matches) => expect(matchNamespace(selector, 'shop-eu', labels)).toBe(matches));

  test('a pattern of nothing but stars takes no time', () => {
    const name = `${'a'.repeat(62)}b`;
    expect(matchNamespace({ include: [`${'a*'.repeat(30)}c`] }, name, {})).toBe(false);
  });

  test('what selects nothing says so', () => {
    expect([undefined, {}, { exclude: ['a'] }, { include: ['a'] }, { selector: {} }].map(selectsNoNamespace)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
