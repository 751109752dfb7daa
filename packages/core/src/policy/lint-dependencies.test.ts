import { describe, expect, test } from 'vitest';
import { exampleCluster } from './example-policies.ts';
import { renderFault } from './fault.ts';
import { dependencyFaults, dependencyWarnings, type Other } from './lint-dependencies.ts';

const policy = (name: string, dependsOn: readonly string[] = [], labels: Readonly<Record<string, string>> = {}): Other => ({
  name,
  spec: { clusterSelector: { matchLabels: { ...labels } }, dependsOn: [...dependsOn] },
});

describe('a cycle of dependencies', () => {
  test.each<[claim: string, written: Other, others: readonly Other[], found: readonly string[]]>([
    ['none', policy('a', ['b']), [policy('b', ['c']), policy('c')], []],
    ['two ways to the same one are none', policy('a', ['b', 'c']), [policy('b', ['d']), policy('c', ['d']), policy('d')], []],
    ['of one', policy('a', ['a']), [], ['DependencyCycle spec.dependsOn[0]: These policies would wait for each other: a → a.']],
    [
      'of three, at the dependency that leads into it',
      policy('a', ['x', 'b']),
      [policy('b', ['c']), policy('c', ['a'])],
      ['DependencyCycle spec.dependsOn[1]: These policies would wait for each other: a → b → c → a.'],
    ],
    ['of others does not concern this one', policy('a', ['b']), [policy('b', ['c']), policy('c', ['b'])], []],
  ])('%s', (_claim, written, others, found) => {
    expect(dependencyFaults(written, others).map((fault) => renderFault({ ...fault, help: '' }))).toEqual(found);
  });
});

describe('a dependency is warned of', () => {
  const clusters = [exampleCluster({}, 'prod-1'), exampleCluster({ env: 'dev' }, 'dev-1')];
  test.each<[claim: string, written: Other, others: readonly Other[], found: readonly string[]]>([
    ['not where both are for the same clusters', policy('a', ['base']), [policy('base')], []],
    [
      'that does not exist',
      policy('a', ['bas']),
      [policy('base')],
      ['DependencyMissing spec.dependsOn[0]: There is no policy bas. Did you mean base?'],
    ],
    [
      'that is not for every cluster',
      policy('a', ['base']),
      [policy('base', [], { env: 'prod' })],
      [
        'DependencyMissing spec.dependsOn[0]: Policy base is not for dev-1, where nothing of this one will be applied. Give both the same selector.',
      ],
    ],
  ])('%s', (_claim, written, others, found) => {
    expect(dependencyWarnings(written, others, clusters).map(renderFault)).toEqual(found);
  });
});
