import { describe, expect, test } from 'vitest';
import { renderFault } from './fault.ts';
import { lintExample, shortFault } from './lint-example.ts';

const role = (rule: string): string => `namespaces: [{name: n, roles: [{name: r, rules: [${rule}]}]}]`;
const clusterRole = (rest: string): string => `clusterRoles: [${rest}]`;
const manifest = (text: string): string => `objects: [{id: a, manifest: ${text}}]`;
const pods = '{apiGroups: [""], resources: [pods], verbs: [get]}';
const inManifest = 'spec.objects[0].manifest';
const configMap = (rest: string): string => manifest(`{apiVersion: v1, kind: ConfigMap, ${rest}}`);

describe('lintPolicy refuses', () => {
  test('more than 512 objects, typed parts included', () => {
    const namespaces = Array.from({ length: 17 }, (_, index) => ({
      name: `n${index}`,
      configMaps: Array.from({ length: 30 }, (_x, at) => ({ name: `c${at}` })),
    }));
    expect(lintExample({ namespaces }).faults.map(renderFault)).toEqual([
      'TooLarge spec: 527 objects; a policy may have 512. Split the policy.',
    ]);
    expect(lintExample({ namespaces: namespaces.slice(0, 16) }).faults).toEqual([]);
  });

  test('a document beyond 900 KiB', () => {
    const configMaps = Array.from({ length: 4 }, (_, index) => ({ name: `c${index}`, data: { x: 'x'.repeat(250_000) } }));
    expect(lintExample({ namespaces: [{ name: 'n', configMaps }] }).faults.map(shortFault)).toEqual(['TooLarge spec']);
    expect(lintExample({ namespaces: [{ name: 'n', configMaps: configMaps.slice(1) }] }).faults).toEqual([]);
  });

  test('with a sentence on what is wrong and one on what to do', () => {
    const result = lintExample('clusterBindings: [{clusterRole: edit, users: [a]}]');
    expect(result.faults.map(renderFault)).toEqual([
      'ClusterWideEdit spec.clusterBindings[0].clusterRole: edit is not bound cluster-wide: it reads every Secret and changes every workload. Bind it under namespaces[].bindings, in the namespaces that need it.',
    ]);
  });
});

describe('lintPolicy accepts', () => {
  const cases: [claim: string, spec: string][] = [
    ['a rule about one URL', clusterRole('{name: r, rules: [{nonResourceURLs: [/healthz], verbs: [get]}]}')],
    ['writing Secrets without reading them', role('{apiGroups: [""], resources: [secrets], verbs: [create]}')],
    ['a resource called secrets of another group', role('{apiGroups: [example.com], resources: [secrets], verbs: [list]}')],
    ['the namespace default', 'namespaces: [{name: default, configMaps: [{name: a}]}]'],
    [
      'the same role bound in two namespaces',
      'namespaces: [{name: a, bindings: [{clusterRole: view, users: [x]}]}, {name: b, bindings: [{clusterRole: view, users: [x]}]}]',
    ],
    ['roles with colons', clusterRole(`{name: "team:reader", rules: [${pods}]}`)],
    [
      'a template where a name or a value stands',
      'namespaces: [{name: "team-${cluster.labels.t:-a}", labels: {a: "${cluster.name}"}, quota: {hard: {cpu: "${cluster.labels.cpu:-1}"}}}]',
    ],
    [
      'a kind that only some clusters know, in a namespace or not',
      manifest('{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}}'),
    ],
    ['labels of ours that carry no power', clusterRole(`{name: r, labels: {accord.dev/audience: support}, rules: [${pods}]}`)],
    ['a creationTimestamp of null', configMap('metadata: {name: a, namespace: n, creationTimestamp: null}')],
    ['an empty Secret to be filled by others', manifest('{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: n}}')],
  ];
  test.each(cases)('%s', (_claim, spec) => {
    expect(lintExample(spec).faults.map(renderFault)).toEqual([]);
  });
});

describe('lintPolicy warns', () => {
  test('that edit and admin include reading Secrets', () => {
    expect(
      lintExample('namespaces: [{name: n, bindings: [{clusterRole: edit, users: [a]}, {clusterRole: view, users: [a]}]}]').warnings.map(
        shortFault,
      ),
    ).toEqual(['ReadsSecrets spec.namespaces[0].bindings[0].clusterRole']);
  });

  test('of MustOnlyHave where the policy has nothing that it is about, in no override either', () => {
    const warned = (text: string): readonly string[] => lintExample(`match: MustOnlyHave\n${text}`).warnings.map(shortFault);
    expect(warned('namespaces: [{name: n, limits: [{type: Pod, max: {cpu: 1}}]}]')).toEqual(['NoEffect spec.match']);
    expect(warned('namespaces: [{name: n, quota: {hard: {pods: 1}}}]')).toEqual([]);
    expect(warned('clusterRoles: [{name: r, rules: []}]')).toEqual([]);
    expect(warned('namespaces: [{name: n}]\noverrides: [{clusterSelector: {}, patch: {clusterRoles: [{name: r, rules: []}]}}]')).toEqual(
      [],
    );
  });

  test('of a CRD that would take the objects of others along', () => {
    const crd = (deletion: string): string =>
      `objects: [{id: a, deletion: ${deletion}, manifest: {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: things.example.com}}}]`;
    expect(lintExample(crd('Prune')).warnings.map(shortFault)).toEqual([`RemovalTakesObjects ${inManifest}`]);
    expect(lintExample(crd('Retain')).warnings).toEqual([]);
  });
});
