import { describe, expect, test } from 'vitest';
import { lintExample, shortFault } from './lint-example.ts';

const clusterRole = (rest: string): string => `clusterRoles: [${rest}]`;
const manifest = (text: string): string => `objects: [{id: a, manifest: ${text}}]`;
const pods = '{apiGroups: [""], resources: [pods], verbs: [get]}';
const inManifest = 'spec.objects[0].manifest';
const configMap = (rest: string): string => manifest(`{apiVersion: v1, kind: ConfigMap, ${rest}}`);

describe('the form of objects: lint refuses', () => {
  const cases: [claim: string, spec: string, found: string[]][] = [
    [
      'two objects of one identity',
      'namespaces: [{name: n, configMaps: [{name: a}, {name: a}]}]',
      ['DuplicateObject spec.namespaces[0].configMaps[1].name'],
    ],
    [
      'a manifest of what a typed part makes',
      'namespaces: [{name: n, configMaps: [{name: a}]}]\nobjects: [{id: a, manifest: {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: n}}}]',
      ['DuplicateObject spec.objects[0].manifest.metadata.name'],
    ],
    [
      'exact maps of a kind that has none',
      'objects: [{id: a, match: MustOnlyHave, manifest: {apiVersion: v1, kind: Service, metadata: {name: a, namespace: n}}}]',
      ['InvalidValue spec.objects[0].match'],
    ],
    [
      'a grant that would be left to others',
      'objects: [{id: a, conflicts: {yieldTo: [x]}, ignoreFields: [/rules], manifest: {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: []}}]',
      ['InvalidValue spec.objects[0].conflicts', 'InvalidValue spec.objects[0].ignoreFields'],
    ],
    [
      'ignored fields that are not there, say which object it is, or are elements of lists',
      'objects: [{id: a, ignoreFields: [/spec/type, /metadata/name, /spec/ports/0], manifest: {apiVersion: v1, kind: Service, metadata: {name: a, namespace: n}, spec: {ports: [{port: 80}]}}}]',
      [
        'InvalidValue spec.objects[0].ignoreFields[0]',
        'InvalidValue spec.objects[0].ignoreFields[1]',
        'InvalidValue spec.objects[0].ignoreFields[2]',
      ],
    ],
    ['a namespace twice', 'namespaces: [{name: n}, {name: n}]', ['DuplicateObject spec.namespaces[1].name']],
    [
      'two bindings that would get one name',
      'namespaces: [{name: n, bindings: [{clusterRole: view, users: [a]}, {role: view, users: [b]}]}]',
      ['NameClash spec.namespaces[0].bindings[1].role'],
    ],
    [
      'two bindings of one role cluster-wide',
      'clusterBindings: [{clusterRole: view, users: [a]}, {clusterRole: view, users: [b]}]',
      ['NameClash spec.clusterBindings[1].clusterRole'],
    ],
    ['a namespaced manifest without a namespace', configMap('metadata: {name: a}'), [`NamespaceMissing ${inManifest}.metadata`]],
    [
      'a cluster-wide manifest with a namespace',
      manifest('{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a, namespace: n}}'),
      [`NamespaceUnexpected ${inManifest}.metadata.namespace`],
    ],
    [
      'a generated name',
      configMap('metadata: {name: a, namespace: n, generateName: a-}'),
      [`GenerateName ${inManifest}.metadata.generateName`],
    ],
    [
      'fields of the server',
      configMap(
        'metadata: {name: a, namespace: n, uid: x, resourceVersion: "1", generation: 1, managedFields: [], ownerReferences: [], finalizers: [f], creationTimestamp: "2026-01-01T00:00:00Z"}, status: {}',
      ),
      [
        ...['creationTimestamp', 'finalizers', 'generation', 'managedFields', 'ownerReferences', 'resourceVersion', 'uid'].map(
          (field) => `ServerField ${inManifest}.metadata.${field}`,
        ),
        `ServerField ${inManifest}.status`,
      ],
    ],
    [
      'finalizers of a namespace',
      manifest('{apiVersion: v1, kind: Namespace, metadata: {name: n}, spec: {finalizers: []}}'),
      [`ServerField ${inManifest}.spec.finalizers`],
    ],
    [
      'the label in which the server keeps the name of a namespace',
      'namespaces: [{name: n, labels: {kubernetes.io/metadata.name: m}}]',
      ['ServerField spec.namespaces[0].labels["kubernetes.io/metadata.name"]'],
    ],
    [
      'secrets of a service account',
      manifest('{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: n}, secrets: []}'),
      [`ServerField ${inManifest}.secrets`],
    ],
    [
      'the owner’s and our own marks',
      configMap('metadata: {name: a, namespace: n, labels: {accord.dev/policy: q}, annotations: {accord.dev/adoptable: "true"}}'),
      [
        `ReservedMark ${inManifest}.metadata.annotations["accord.dev/adoptable"]`,
        `ReservedMark ${inManifest}.metadata.labels["accord.dev/policy"]`,
      ],
    ],
    [
      'a mark in a typed part',
      'namespaces: [{name: n, labels: {accord.dev/allow: "true"}}]',
      ['ReservedMark spec.namespaces[0].labels["accord.dev/allow"]'],
    ],
    [
      'a namespace that must not exist',
      'objects: [{id: o, mode: MustNotExist, manifest: {apiVersion: v1, kind: Namespace, metadata: {name: team}}}]',
      [`InvalidValue ${inManifest}`],
    ],
    [
      'an end on what is no grant',
      'namespaces: [{name: team, annotations: {accord.dev/until: "2026-12-31T18:00:00Z"}}]',
      ['ReservedMark spec.namespaces[0].annotations["accord.dev/until"]'],
    ],
    [
      'an end of a grant that is no time',
      'objects: [{id: o, manifest: {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a, namespace: team, annotations: {accord.dev/until: soon}}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, subjects: []}}]',
      [`InvalidValue ${inManifest}.metadata.annotations["accord.dev/until"]`],
    ],
    [
      'a name that the server refuses',
      'namespaces: [{name: n, configMaps: [{name: A_b}]}]',
      ['InvalidValue spec.namespaces[0].configMaps[0].name'],
    ],
    ['a namespace that is no DNS label', 'namespaces: [{name: -n}]', ['InvalidValue spec.namespaces[0].name']],
    ['a role with a slash', clusterRole(`{name: a/b, rules: [${pods}]}`), ['InvalidValue spec.clusterRoles[0].name']],
    [
      'a label value that the server refuses',
      'namespaces: [{name: n, labels: {team: "a b"}}]',
      ['InvalidValue spec.namespaces[0].labels.team'],
    ],
    [
      'an annotation key that the server refuses',
      'namespaces: [{name: n, annotations: {"a b": x}}]',
      ['InvalidValue spec.namespaces[0].annotations["a b"]'],
    ],
    [
      'a label in a manifest that is no text',
      configMap('metadata: {name: a, namespace: n, labels: {x: 1}}'),
      [`WrongType ${inManifest}.metadata.labels.x`],
    ],
    ['a List', manifest('{apiVersion: v1, kind: List, metadata: {name: a}}'), [`InvalidValue ${inManifest}.kind`]],
    [
      'what is no quantity',
      'namespaces: [{name: n, limits: [{type: Pod, max: {cpu: many}}]}]',
      ['InvalidValue spec.namespaces[0].limits[0].max.cpu'],
    ],
    [
      'a misspelt field of a network policy',
      'namespaces: [{name: n, networkPolicies: [{name: a, spec: {podSelector: {}, ingres: []}}]}]',
      ['UnknownField spec.namespaces[0].networkPolicies[0].spec.ingres'],
    ],
    [
      'a misspelt field of a network rule',
      'namespaces: [{name: n, networkPolicies: [{name: a, spec: {podSelector: {}, egress: [{from: []}]}}]}]',
      ['UnknownField spec.namespaces[0].networkPolicies[0].spec.egress[0].from'],
    ],
    [
      'Pod Security by label',
      'namespaces: [{name: n, labels: {pod-security.kubernetes.io/enforce: baseline}}]',
      ['InvalidValue spec.namespaces[0].labels["pod-security.kubernetes.io/enforce"]'],
    ],
    [
      'a Pod Security version without a level',
      'namespaces: [{name: n, podSecurity: {version: latest}}]',
      ['InvalidValue spec.namespaces[0].podSecurity.version'],
    ],
    [
      'an unknown Pod Security level in a manifest',
      manifest('{apiVersion: v1, kind: Namespace, metadata: {name: n, labels: {pod-security.kubernetes.io/enforce: strict}}}'),
      [`InvalidValue ${inManifest}.metadata.labels["pod-security.kubernetes.io/enforce"]`],
    ],
    [
      'a template that no cluster can fill',
      'namespaces: [{name: n, configMaps: [{name: a, data: {x: "${cluster.nam}"}}]}]',
      ['Template spec.namespaces[0].configMaps[0].data.x'],
    ],
    [
      'two containers of one name',
      manifest(
        '{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: n}, spec: {template: {spec: {containers: [{name: c}, {name: c}]}}}}',
      ),
      [`DuplicateObject ${inManifest}.spec.template.spec.containers[1]`],
    ],
  ];
  test.each(cases)('%s', (_claim, spec, found) => {
    expect(lintExample(spec).faults.map(shortFault)).toEqual(found);
  });
});
