import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonObject } from '@accord/proto/canonical';
import { canonicalForm } from './canonical-form.ts';

const object = (apiVersion: string, kind: string, rest: string): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
  ...(parse(rest) as JsonObject),
});
const netpol = (spec: string): JsonObject => object('networking.k8s.io/v1', 'NetworkPolicy', `spec: ${spec}`);
const rbac = (kind: string, rest: string): JsonObject => object('rbac.authorization.k8s.io/v1', kind, rest);

describe('canonicalForm', () => {
  const cases: [rule: string, written: JsonObject, canonical: JsonObject][] = [
    [
      'null is absence',
      object('v1', 'ConfigMap', '{data: null, metadata: {name: x, creationTimestamp: null}}'),
      object('v1', 'ConfigMap', '{metadata: {name: x}}'),
    ],
    [
      'null in a list goes',
      object('example.com/v1', 'Thing', '{spec: {list: [1, null, {a: null}]}}'),
      object('example.com/v1', 'Thing', '{spec: {list: [1, {}]}}'),
    ],
    [
      'empties with a meaning stay',
      netpol('{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}'),
      netpol('{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}'),
    ],
    [
      'empties of unknown kinds stay',
      object('example.com/v1', 'Thing', '{spec: {matchLabels: {}, from: [], emptyDir: {}}}'),
      object('example.com/v1', 'Thing', '{spec: {matchLabels: {}, from: [], emptyDir: {}}}'),
    ],
    [
      'a listed direction is stated, so that a foreign rule is seen',
      netpol('{podSelector: {}, policyTypes: [Ingress, Egress]}'),
      netpol('{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [], egress: []}'),
    ],
    [
      'types that are not stated are what the server chooses',
      netpol('{podSelector: {}}'),
      netpol('{podSelector: {}, policyTypes: [Ingress], ingress: []}'),
    ],
    [
      'an egress rule makes the type Egress',
      netpol('{podSelector: {}, egress: [{}]}'),
      netpol('{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [], egress: [{}]}'),
    ],
    [
      'a direction that is not listed is not stated',
      netpol('{podSelector: {}, policyTypes: [Egress]}'),
      netpol('{podSelector: {}, policyTypes: [Egress], egress: []}'),
    ],
    [
      'peers and selectors that claim nothing go',
      netpol(
        '{podSelector: {matchLabels: {}}, policyTypes: [Ingress], ingress: [{from: []}, {from: [{namespaceSelector: {matchExpressions: []}}]}]}',
      ),
      netpol('{podSelector: {}, policyTypes: [Ingress], ingress: [{}, {from: [{namespaceSelector: {}}]}]}'),
    ],
    ['a role states its rules', rbac('Role', '{}'), rbac('Role', '{rules: []}')],
    [
      'an aggregated role states none',
      rbac('ClusterRole', '{aggregationRule: {clusterRoleSelectors: []}}'),
      rbac('ClusterRole', '{aggregationRule: {clusterRoleSelectors: []}}'),
    ],
    [
      'empty resourceNames go',
      rbac('Role', '{rules: [{apiGroups: [""], resources: [pods], verbs: [get], resourceNames: []}]}'),
      rbac('Role', '{rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]}'),
    ],
    [
      'a binding states its subjects and their groups',
      rbac('RoleBinding', '{roleRef: {kind: Role, name: r}}'),
      rbac('RoleBinding', '{roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}, subjects: []}'),
    ],
    [
      'people belong to the RBAC group, service accounts to none',
      rbac(
        'ClusterRoleBinding',
        '{roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}, subjects: [{kind: User, name: a}, {kind: ServiceAccount, namespace: n, name: b}]}',
      ),
      rbac(
        'ClusterRoleBinding',
        '{roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}, subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: a}, {kind: ServiceAccount, namespace: n, name: b}]}',
      ),
    ],
    [
      'empty labels and annotations go',
      object('v1', 'ConfigMap', '{metadata: {name: x, labels: {}, annotations: {}}, data: {}}'),
      object('v1', 'ConfigMap', '{data: {}}'),
    ],
    ['empty imagePullSecrets go', object('v1', 'ServiceAccount', '{imagePullSecrets: []}'), object('v1', 'ServiceAccount', '{}')],
    [
      'the text of a Secret becomes data',
      object('v1', 'Secret', '{data: {a: eA==}, stringData: {b: "ü"}}'),
      object('v1', 'Secret', '{data: {a: eA==, b: w7w=}}'),
    ],
    [
      'quantities of a quota are texts in their shortest form',
      object('v1', 'ResourceQuota', '{spec: {hard: {cpu: 1000m, memory: 1024Mi, pods: 100}}}'),
      object('v1', 'ResourceQuota', '{spec: {hard: {cpu: "1", memory: 1Gi, pods: "100"}}}'),
    ],
    [
      'quantities of limits',
      object('v1', 'LimitRange', '{spec: {limits: [{type: Pod, max: {cpu: 0.5}}]}}'),
      object('v1', 'LimitRange', '{spec: {limits: [{type: Pod, max: {cpu: 500m}}]}}'),
    ],
    [
      'quantities of containers',
      object(
        'apps/v1',
        'Deployment',
        '{spec: {template: {spec: {containers: [{name: c, resources: {limits: {cpu: 2000m}}}], volumes: [{name: v, emptyDir: {}}]}}}}',
      ),
      object(
        'apps/v1',
        'Deployment',
        '{spec: {template: {spec: {containers: [{name: c, resources: {limits: {cpu: "2"}}}], volumes: [{name: v, emptyDir: {}}]}}}}',
      ),
    ],
    [
      'what is no quantity is left for lint',
      object('v1', 'ResourceQuota', '{spec: {hard: {cpu: many}}}'),
      object('v1', 'ResourceQuota', '{spec: {hard: {cpu: many}}}'),
    ],
    [
      'nothing is sorted',
      rbac('Role', '{rules: [{apiGroups: [z, a], resources: [pods], verbs: [watch, get]}]}'),
      rbac('Role', '{rules: [{apiGroups: [z, a], resources: [pods], verbs: [watch, get]}]}'),
    ],
  ];
  test.each(cases)('%s', (_rule, written, canonical) => {
    expect(canonicalForm(written)).toEqual(canonical);
  });

  test('property: it is idempotent, and its canonical JSON comes back unchanged', () => {
    const kinds = fc.constantFrom(
      ...cases.map(([, written]) => ({ apiVersion: written['apiVersion'] as string, kind: written['kind'] as string })),
    );
    const body = fc.dictionary(
      fc.constantFrom('spec', 'rules', 'subjects', 'roleRef', 'data', 'stringData', 'imagePullSecrets'),
      fc.jsonValue({ maxDepth: 4 }),
    );
    const written = fc.oneof(
      fc.constantFrom(...cases.map(([, manifest]) => manifest)),
      fc.tuple(kinds, body).map(([kind, rest]) => ({ ...rest, ...kind, metadata: { name: 'x' } })),
    );
    fc.assert(
      fc.property(written, (manifest) => {
        const once = canonicalForm(manifest);
        expect(canonicalForm(once)).toEqual(once);
        const text = canonicalJson(once);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
