import { accessBindingSchema, type AccessBinding } from '@accord/proto/access';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePolicy } from '../policy/parse-policy.ts';
import { policyOutside } from './policy-outside.ts';

const team = {
  role: 'operator',
  clusters: { matchLabels: { env: 'dev' } },
  policies: ['team-*'],
  namespaces: ['team-*'],
  parts: ['namespaces', 'bindings', 'quota', 'configMaps', 'objects'],
};

function outside(text: string, more: object = {}, name = 'team-pay'): readonly string[] {
  const spec = parse(`clusterSelector: {matchLabels: {env: dev}}\n${text}`, { uniqueKeys: false }) as unknown;
  const parsed = parsePolicy({ metadata: { name }, spec });
  if (parsed.outcome === 'invalid') throw new TypeError(JSON.stringify(parsed.faults));
  return policyOutside(parsed, accessBindingSchema.parse({ ...team, ...more }) satisfies AccessBinding);
}

const object = (manifest: string, more = ''): string => `objects: [{id: x, ${more}manifest: ${manifest}}]`;
const pay = 'metadata: {name: x, namespace: team-pay}';

describe('policyOutside: nothing', () => {
  test.each([
    ['a policy without content', ''],
    [
      'parts in a namespace of the binding',
      'namespaces: [{name: team-pay, quota: {hard: {pods: "1"}}, configMaps: [{name: c}], bindings: [{clusterRole: view, groups: [g]}]}]',
    ],
    ['a namespace with a template that fits whatever it becomes', 'namespaces: [{name: "team-${cluster.labels.env}"}]'],
    ['a manifest of a namespaced kind', object(`{apiVersion: apps/v1, kind: Deployment, ${pay}}`)],
    ['a narrower selector', 'clusterSelector: {matchLabels: {env: dev, tier: gold}}'],
    ['no selector', 'clusterSelector: null'],
    [
      'an entry for each namespace of a pattern inside',
      `namespaceSelector: {include: [team-a*], selector: {}}\n${object('{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}', 'eachNamespace: true, ')}`,
    ],
    ['the ordinary priority', 'priority: 100'],
  ])('%s', (_what, text) => expect(outside(text)).toEqual([]));
});

describe('policyOutside', () => {
  test.each([
    ['selector that others may match', 'clusterSelector: {}', 'spec.clusterSelector: it can select'],
    ['selector by another label', 'clusterSelector: {matchLabels: {tier: gold}}', 'spec.clusterSelector: it can select'],
    [
      'selector that excludes',
      'clusterSelector: {matchExpressions: [{key: env, operator: NotIn, values: [prod]}]}',
      'spec.clusterSelector: it can select',
    ],
    ['priority', 'priority: 101', 'spec.priority: 101, at most 100'],
    ['namespace', 'namespaces: [{name: kube-public}]', 'spec.namespaces[0].name: namespace "kube-public"'],
    [
      'namespace that a template decides',
      'namespaces: [{name: "${cluster.labels.ns}"}]',
      'spec.namespaces[0].name: namespace "${cluster.labels.ns}"',
    ],
    ['part', 'namespaces: [{name: team-pay, limits: [{type: Pod}]}]', 'spec.namespaces[0].limits: the part limits'],
    ['Pod Security', 'namespaces: [{name: team-pay, podSecurity: {enforce: privileged}}]', 'spec.namespaces[0]: the part podSecurity'],
    [
      'Pod Security as a label',
      'namespaces: [{name: team-pay, labels: {pod-security.kubernetes.io/enforce: privileged}}]',
      'spec.namespaces[0]: the part podSecurity',
    ],
    [
      'part in an override',
      'overrides: [{clusterSelector: {}, patch: {namespaces: [{name: team-pay, roles: [{name: r, rules: []}]}]}}]',
      'spec.overrides[0].patch.namespaces[0].roles[0]: the part roles',
    ],
    [
      'namespace in an override',
      'overrides: [{clusterSelector: {}, patch: {namespaces: [{name: other}]}}]',
      'spec.overrides[0].patch.namespaces[0].name: namespace "other"',
    ],
    [
      'namespace of a manifest',
      object('{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: other}}'),
      'spec.objects[0].manifest.metadata.namespace: namespace "other"',
    ],
    [
      'Namespace as a manifest',
      object('{apiVersion: v1, kind: Namespace, metadata: {name: other}}'),
      'spec.objects[0].manifest.metadata.name: namespace "other"',
    ],
    [
      'kind of another part',
      object(`{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, ${pay}}`),
      'spec.objects[0].manifest: the part roles',
    ],
    ['Secret as a manifest', object(`{apiVersion: v1, kind: Secret, ${pay}}`), 'spec.objects[0].manifest: the part sealedSecrets'],
    [
      'cluster-wide kind',
      object('{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: x}}'),
      'spec.objects[0].manifest.kind: StorageClass, which may belong to the whole cluster (clusterScoped)',
    ],
    [
      'kind of which only the cluster knows whether it has namespaces',
      object(`{apiVersion: example.org/v1, kind: Queue, ${pay}}`),
      'spec.objects[0].manifest.kind: Queue, which may belong to the whole cluster (clusterScoped)',
    ],
    [
      'kind that a template decides',
      object(`{apiVersion: v1, kind: "\${cluster.labels.kind}", ${pay}}`),
      'spec.objects[0].manifest.kind: a kind that is left to a template',
    ],
    [
      'each namespace by labels alone',
      `namespaceSelector: {selector: {}}\n${object('{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}', 'eachNamespace: true, ')}`,
      'spec.namespaceSelector: namespaces like "*"',
    ],
    [
      'each namespace of a wider pattern',
      `namespaceSelector: {include: ["te*"]}\n${object('{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}', 'eachNamespace: true, ')}`,
      'spec.namespaceSelector: namespaces like "te*"',
    ],
  ])('a %s', (_what, text, said) => {
    expect(outside(text)).toEqual([expect.stringContaining(said)]);
  });

  test('a cluster role needs its part and clusterScoped', () => {
    const text = 'clusterRoles: [{name: r, rules: []}]';
    expect(outside(text)).toEqual([
      'spec.clusterRoles[0]: the part clusterRoles',
      expect.stringContaining('ClusterRole, which may belong'),
    ]);
    expect(outside(text, { parts: ['clusterRoles'], clusterScoped: true })).toEqual([]);
  });

  test('a policy of another name', () => expect(outside('', {}, 'platform')).toEqual(['policies called platform']));

  test('a binding that names nothing gives nothing', () => {
    const nothing = { policies: [], namespaces: [], parts: [] };
    expect(outside('namespaces: [{name: team-pay}]', nothing)).toHaveLength(3);
  });
});
