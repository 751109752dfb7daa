import { describe, expect, test } from 'vitest';
import { exampleCluster } from './example-policies.ts';
import { expandTemplates, templateFaults } from './template.ts';

const cluster = exampleCluster({ tier: 'gold', count: '3', flag: 'true', json: '{"a":[1]}', empty: '', 'a.b/c-d': 'odd' });

function expand(text: string): unknown {
  const { value, faults } = expandTemplates(text, 'spec.x', cluster);
  return faults.length > 0 ? `! ${faults.map(({ message }) => message).join(' ')}` : value;
}

describe('expandTemplates', () => {
  const cases: [text: string, becomes: unknown][] = [
    ['plain', 'plain'],
    ['${cluster.name}', 'prod-eu-1'],
    ['${cluster.displayName}', 'Production EU 1'],
    ['in ${cluster.labels.region}/${cluster.labels.tier}!', 'in eu-west-1/gold!'],
    ['${cluster.labels.a.b/c-d}', 'odd'],
    ['${cluster.labels.zone:-none}', 'none'],
    ['${cluster.labels.zone:-}', ''],
    ['${cluster.labels.empty:-none}', 'none'],
    ['${cluster.labels.empty}', ''],
    ['${cluster.labels.tier:-none}', 'gold'],
    ['${cluster.region:-nowhere}', 'nowhere'],
    ['${cluster.labels.count | int}', 3],
    ['${cluster.labels.count|int}', 3],
    ['${cluster.labels.none:-7 | int}', 7],
    ['${cluster.labels.flag | bool}', true],
    ['${cluster.labels.json:-x}', '{"a":[1]}'],
    ['${cluster.labels.none:-[1,2] | json}', [1, 2]],
    ['$${cluster.name}', '${cluster.name}'],
    ['$${cluster.name} on ${cluster.name}', '${cluster.name} on prod-eu-1'],
    ['${other.name} $HOME ${HOME}', '${other.name} $HOME ${HOME}'],
    [
      '${cluster.provider}',
      '! ${cluster.provider} has no value: cluster prod-eu-1 has no provider. Set it, or write a default as ${cluster.provider:-default}.',
    ],
    ['${cluster.labels.tier | int}', '! ${cluster.labels.tier | int} is "gold" on prod-eu-1, which is no integer.'],
    [
      '${cluster.labels.none:-9007199254740993 | int}',
      '! ${cluster.labels.none:-9007199254740993 | int} is "9007199254740993" on prod-eu-1, which is no integer.',
    ],
    ['${cluster.labels.tier | bool}', '! ${cluster.labels.tier | bool} is "gold" on prod-eu-1, which is no true or false.'],
    ['x${cluster.labels.count | int}', '! ${cluster.labels.count | int} has a conversion, so it must be the whole value.'],
    [
      '${cluster.labels.count | upper}',
      '! ${cluster.labels.count | upper} uses the unknown conversion "upper"; there are int, bool and json.',
    ],
    ['${cluster.nam}', '! ${cluster.nam} names nothing: did you mean cluster.name?'],
    ['${cluster.labels.}', '! ${cluster.labels.} names nothing: there are cluster.name, .displayName, .region, .provider and .labels.KEY.'],
    [
      '${cluster.labels.constructor}',
      '! ${cluster.labels.constructor} has no value: cluster prod-eu-1 has no label constructor. Set it, or write a default as ${cluster.labels.constructor:-default}.',
    ],
    ['${cluster.name', '! The template ${cluster.name has no closing brace.'],
  ];
  test.each(cases)('%s', (text, becomes) => {
    expect(expand(text)).toEqual(becomes);
  });

  test('names of fields are no templates', () => {
    expect(expandTemplates({ '${cluster.name}': 'x' }, 'spec', cluster).value).toEqual({ '${cluster.name}': 'x' });
  });

  test('a value that comes from the registry is not expanded again', () => {
    expect(
      expandTemplates('${cluster.displayName}', 'spec', { ...cluster, spec: { mode: 'Enforce', displayName: '${cluster.name}' } }).value,
    ).toBe('${cluster.name}');
  });

  test('faults name the place', () => {
    const { faults } = expandTemplates({ a: [{ 'b/c': '${cluster.labels.none}' }] }, 'spec', cluster);
    expect(faults.map(({ path }) => path)).toEqual(['spec.a[0]["b/c"]']);
  });
});

describe('templateFaults', () => {
  test('finds what no cluster can make good, and nothing else', () => {
    const value = {
      a: '${cluster.labels.none}',
      b: '${cluster.nope}',
      c: '${cluster.name',
      d: 'x ${cluster.name | int}',
      e: '$${cluster.nope}',
    };
    expect(templateFaults(value, 'spec').map(({ path }) => path)).toEqual(['spec.b', 'spec.c', 'spec.d']);
  });
});
