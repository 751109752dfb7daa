import { describe, expect, test } from 'vitest';
import { parseObjects } from './parse-objects.ts';
import { pathSteps } from './path-steps.ts';

const head = 'apiVersion: accord.dev/v1alpha1\nkind: ClusterPolicy\nmetadata: {name: p}\n';

describe('parseObjects', () => {
  test('a cluster as the hub gave it can be written again', () => {
    const text = 'apiVersion: accord.dev/v1alpha1\nkind: Cluster\nmetadata: {name: c}\nspec: {clusterID: abc, mode: Enforce}\nstatus: {}\n';
    expect(parseObjects('c.yaml', text)).toMatchObject({ faults: [], objects: [{ name: 'c' }] });
  });

  test('reads several documents and lists, and leaves empty documents out', () => {
    const text = `---\n${head}spec: {}\n---\n# nothing\n---\nkind: List\nitems:\n- apiVersion: accord.dev/v1alpha1\n  kind: Cluster\n  metadata: {name: c, labels: {env: prod}}\n`;
    const { objects, faults } = parseObjects('a.yaml', text);
    expect(faults).toEqual([]);
    expect(objects.map(({ kind, name, at }) => `${kind} ${name} ${at}`)).toEqual(['ClusterPolicy p a.yaml:2:1', 'Cluster c a.yaml:11:3']);
  });

  test('reads JSON', () => {
    const text = '{\n\t"apiVersion": "accord.dev/v1alpha1", "kind": "ClusterPolicy", "metadata": {"name": "p"}, "spec": {}\n}';
    expect(parseObjects('a.json', text)).toMatchObject({ faults: [], objects: [{ name: 'p' }] });
  });

  const cases: readonly [name: string, text: string, faults: readonly string[]][] = [
    [
      'broken YAML, with line and column',
      `${head}spec: [a\nb: 1\n`,
      ['f:5:1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    [
      'text that is no YAML, without all that follows from that',
      'a: `1\nb: `2\nc: `3\nd: `4\ne: `5\n',
      [
        ...[1, 2, 3].map((line) => `f:${line}:4: Plain value cannot start with reserved character \``),
        '… and 2 more, which the first may have caused',
      ],
    ],
    ['broken JSON', '{"a": 1,,}', ['f:1:9: Unexpected , in flow map']],
    ['a key that is there twice', `${head}spec:\n  mode: Enforce\n  mode: Enforce\n`, ['f:6:3: Map keys must be unique']],
    [
      'an unknown field, with the nearest name',
      `${head}spec:\n  namespaces:\n  - name: a\n    qouta: {}\n`,
      ['f:7:5: spec.namespaces[0].qouta: There is no field qouta here. Did you mean quota?'],
    ],
    ['an unknown field at the top', `${head}spce: {}\nspec: {}\n`, ['f:4:1: spce: There is no field spce here. Did you mean spec?']],
    ['a wrong type', `${head}spec:\n  priority: high\n`, ['f:5:3: spec.priority: This is text; wanted: number.']],
    [
      'what is missing is told at its parent',
      `${head}spec:\n  namespaces:\n  - labels: {}\n`,
      ['f:6:5: spec.namespaces[0].name: This field is required. Add it.'],
    ],
    [
      'a misspelt kind',
      head.replace('ClusterPolicy', 'ClusterPolicies'),
      ['f:2:1: kind: There is no kind "ClusterPolicies". Known here: ClusterPolicy, Cluster.'],
    ],
    [
      'a kind of Kubernetes',
      'apiVersion: v1\nkind: ConfigMap\n',
      [
        'f:2:1: kind: The hub does not hold the kind ConfigMap. Put it into objects[].manifest of a ClusterPolicy, which brings it to clusters.',
      ],
    ],
    [
      'a version that there is not',
      head.replace('v1alpha1', 'v1'),
      ['f:1:1: apiVersion: The apiVersion is "accord.dev/v1". Write: apiVersion: accord.dev/v1alpha1'],
    ],
    ['text instead of an object', 'hello\n', ['f:1:1: This is no object. It begins with: apiVersion: accord.dev/v1alpha1']],
    [
      'a bad name of a cluster',
      'apiVersion: accord.dev/v1alpha1\nkind: Cluster\nmetadata: {name: A_b}\n',
      ['f:3:12: metadata.name: A cluster needs a DNS label as its name. Use lower-case letters, digits and "-".'],
    ],
  ];
  test.each(cases)('refuses %s', (_name, text, faults) => {
    const parsed = parseObjects('f', text);
    expect(parsed.faults).toEqual(faults);
    expect(parsed.objects).toEqual([]);
  });

  test('aliases that would fill the memory are refused', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((key, index) => `${key}: &${key} [${`*${'abcdefghi'[index]},`.repeat(10)}]`),
    ].join('\n');
    expect(parseObjects('f', bomb)).toEqual({
      objects: [],
      faults: ['f:1:1: Excessive alias count indicates a resource exhaustion attack'],
    });
  });
});

describe('pathSteps', () => {
  test('reads indexes, names and quoted keys', () => {
    expect(pathSteps('spec.namespaces[0].labels["a.b/\\"c"].x')).toEqual(['spec', 'namespaces', 0, 'labels', 'a.b/"c', 'x']);
  });
});
