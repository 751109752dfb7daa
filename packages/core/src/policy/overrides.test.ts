import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { exampleCluster } from './example-policies.ts';
import { renderFault } from './fault.ts';
import { layOut } from './lay-out.ts';
import { lintPolicy } from './lint.ts';
import { mostObjects } from './overrides.ts';
import { parsePolicy } from './parse-policy.ts';

const parsed = (spec: string) => parsePolicy({ metadata: { name: 'p' }, spec: parse(spec) as unknown });

function policyOf(spec: string) {
  const policy = parsed(spec);
  if (policy.outcome === 'invalid') throw new Error(policy.faults.map(renderFault).join('\n'));
  return policy;
}

/** Names and data of the ConfigMaps that a cluster with these labels gets; or what is wrong. */
function compiled(spec: string, labels: Readonly<Record<string, string>> = {}): readonly string[] {
  const result = compilePolicy(policyOf(spec), exampleCluster(labels));
  if (result.outcome === 'failed') return result.faults.map(renderFault);
  return result.objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .map(({ namespace, name, manifest }) => `${namespace}/${name} ${JSON.stringify(manifest['data'])}`);
}

function faults(spec: string): readonly string[] {
  const policy = parsed(spec);
  return (policy.outcome === 'invalid' ? policy.faults : lintPolicy(policy).faults).map(renderFault);
}

const layered = `
clusterSelector: {}
namespaces: [{name: team, configMaps: [{name: settings, data: {size: small}}]}]
overrides:
- clusterSelector: {matchLabels: {env: prod}}
  patch: {namespaces: [{name: team, configMaps: [{name: settings, data: {size: large}}]}]}
- clusterSelector: {matchLabels: {tier: gold}}
  patch: {namespaces: [{name: "\${cluster.labels.env}-gold", configMaps: [{name: settings, data: {size: huge}}]}]}
- clusterSelector: {matchLabels: {off: "true"}}
  patch: {namespaces: null}`;

describe('overrides', () => {
  test.each<[claim: string, labels: Readonly<Record<string, string>>, found: readonly string[]]>([
    ['leave a cluster alone that none of them selects', { env: 'dev' }, ['team/settings {"size":"small"}']],
    ['replace the part where they select a cluster', {}, ['team/settings {"size":"large"}']],
    ['come one after the other, and may hold templates', { tier: 'gold' }, ['prod-gold/settings {"size":"huge"}']],
    ['take a part away with null', { off: 'true' }, []],
  ])('%s', (_claim, labels, found) => expect(compiled(layered, labels)).toEqual(found));

  test('fill in the defaults of their parts when they are written', () => {
    const spec =
      'overrides: [{clusterSelector: {}, patch: {objects: [{id: a, manifest: {apiVersion: v1, kind: A, metadata: {name: a}}}]}}]';
    expect(policyOf(spec).spec.overrides?.[0]?.patch['objects']).toMatchObject([{ order: 0, deletion: 'Prune' }]);
  });

  test.each([
    [
      'a part that they may not change, with the nearest that they may',
      'overrides: [{clusterSelector: {}, patch: {namespace: []}}]',
      'UnknownField spec.overrides[0].patch.namespace: An override cannot change namespace. Did you mean namespaces?',
    ],
    [
      'the mode, which is no part',
      'overrides: [{clusterSelector: {}, patch: {priority: 5}}]',
      'UnknownField spec.overrides[0].patch.priority: An override cannot change priority. An override may change clusterRoles, clusterBindings, namespaces, objects.',
    ],
    [
      'a mistake inside of a part, at its place',
      'overrides: [{clusterSelector: {}, patch: {namespaces: [{nam: a}]}}]',
      'UnknownField spec.overrides[0].patch.namespaces[0].nam: There is no field nam here. Did you mean name?',
    ],
    [
      'a patch without a selector',
      'overrides: [{patch: {}}]',
      'MissingField spec.overrides[0].clusterSelector: This field is required. Add it.',
    ],
    [
      'a selector that no label could match',
      'overrides: [{clusterSelector: {matchLabels: {env: "a b"}}, patch: {}}]',
      'InvalidValue spec.overrides[0].clusterSelector.matchLabels.env: "a b" is no label value: must be empty or 1 to 63 letters, digits, "-", "_" or ".", with a letter or digit at both ends. Correct the value.',
    ],
    [
      'what no policy may say, at its place in the patch',
      'overrides: [{clusterSelector: {}, patch: {clusterBindings: [{clusterRole: cluster-admin, groups: [a]}]}}]',
      'ClusterAdmin spec.overrides[0].patch.clusterBindings[0].clusterRole:',
    ],
    [
      'a template that names nothing',
      'overrides: [{clusterSelector: {}, patch: {namespaces: [{name: "${cluster.nam}"}]}}]',
      'Template spec.overrides[0].patch.namespaces[0].name: ${cluster.nam} names nothing: did you mean cluster.name?',
    ],
  ])('refuse %s', (_claim, spec, found) => expect(faults(spec).filter((fault) => fault.startsWith(found))).toHaveLength(1));

  test('that are invalid only together are found where they meet', () => {
    const binding = (path: string) => `{clusterSelector: {}, patch: {${path}}}`;
    const role = 'clusterRoles: [{name: r, rules: [{verbs: [get], apiGroups: [""], resources: [pods]}]}]';
    const object =
      'objects: [{id: r, manifest: {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r}, rules: []}}]';
    const spec = `clusterSelector: {}\noverrides: [${binding(role)}, ${binding(object)}]`;
    expect(faults(spec)).toEqual([]);
    expect(compiled(spec)).toEqual([
      'DuplicateObject spec.overrides[1].patch.objects[0].manifest.metadata.name: ClusterRole r is already at spec.overrides[0].patch.clusterRoles[0]. Keep one of them.',
    ]);
  });

  test('count with the largest of each part for what a deletion may remove', () => {
    const counted = mostObjects(policyOf(layered), (policy) => layOut(policy).length);
    expect(counted).toBe(2);
  });
});
