import { describe, expect, test } from 'vitest';
import { parseSelector } from './parse-selector.ts';

describe('parseSelector', () => {
  const cases: [text: string, selector: object][] = [
    ['', {}],
    ['env=prod', { matchLabels: { env: 'prod' } }],
    ['env==prod , tier = gold', { matchLabels: { env: 'prod', tier: 'gold' } }],
    ['env=', { matchLabels: { env: '' } }],
    ['env=a,env=b', { matchLabels: { env: 'a' }, matchExpressions: [{ key: 'env', operator: 'In', values: ['b'] }] }],
    ['env!=prod', { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] }],
    [
      'region in (a, b),x',
      {
        matchExpressions: [
          { key: 'region', operator: 'In', values: ['a', 'b'] },
          { key: 'x', operator: 'Exists' },
        ],
      },
    ],
    ['region notin (a)', { matchExpressions: [{ key: 'region', operator: 'NotIn', values: ['a'] }] }],
    ['region in ()', { matchLabels: { region: '' } }],
    ['!x', { matchExpressions: [{ key: 'x', operator: 'DoesNotExist' }] }],
    ['accord.dev/name=prod-eu-1', { matchLabels: { 'accord.dev/name': 'prod-eu-1' } }],
  ];
  test.each(cases)('%s', (text, selector) => {
    expect(parseSelector(text)).toEqual({ outcome: 'parsed', selector });
  });

  test.each([
    ['env=prod,', '"" is no label requirement'],
    ['env>3', 'label key "env>3"'],
    ['env in (a', '"env in (a" is no label requirement'],
    ['env=a=b', '"env=a=b" is no label requirement'],
    ['env=a b', '"env=a b" is no label requirement'],
    ['-x=a', 'label key "-x"'],
    ['env=-', 'value "-" of label env'],
    [`env=${'x'.repeat(64)}`, 'value "xxx'],
  ])('%s is refused', (text, message) => {
    const parsed = parseSelector(text);
    expect(parsed.outcome === 'invalid' && parsed.message).toContain(message);
  });
});
