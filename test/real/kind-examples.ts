import type { JsonObject } from '@accord/proto/canonical';
import type { KindRef } from '@accord/spoke/kube/kube';
import { apiVersionOf, definitionKind, policyKinds } from '@accord/spoke/kube/own-kinds';

const kind = (group: string, name: string, resource: string): KindRef => ({ group, version: 'v1', kind: name, resource, namespaced: true });
export const deploymentKind: KindRef = kind('apps', 'Deployment', 'deployments');
export const serviceKind: KindRef = kind('', 'Service', 'services');
export const priorityClassKind: KindRef = { ...kind('scheduling.k8s.io', 'PriorityClass', 'priorityclasses'), namespaced: false };
export const disruptionBudgetKind: KindRef = kind('policy', 'PodDisruptionBudget', 'poddisruptionbudgets');
export const gadgetKind: KindRef = kind('kinds.example.com', 'Gadget', 'gadgets');

/** Every kind that tier Standard may write, and those that an owner has added. */
export const kinds: readonly KindRef[] = [
  ...policyKinds,
  ...[priorityClassKind, disruptionBudgetKind, deploymentKind, serviceKind, definitionKind, gadgetKind],
];

/** What the owner of the cluster applies so that policies may write more kinds. */
export function manifestsRole(name: string, resources: Readonly<Record<string, readonly string[]>>): JsonObject {
  const verbs = ['get', 'list', 'watch', 'create', 'patch', 'delete', 'accord-apply'];
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { 'accord.dev/aggregate-to-manifests': 'true' } },
    rules: Object.entries(resources).map(([group, names]) => ({ apiGroups: [group], resources: [...names], verbs })),
  };
}

/** A definition with one kind in it, namespaced, with a schema. */
export function definition(
  group: string,
  name: string,
  fields: JsonObject = { size: { type: 'integer' }, colour: { type: 'string' } },
): JsonObject {
  const plural = `${name.toLowerCase()}s`;
  const spec = { type: 'object', properties: fields };
  return {
    ...{ apiVersion: apiVersionOf(definitionKind), kind: definitionKind.kind },
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind: name, plural, singular: name.toLowerCase(), listKind: `${name}List` },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }],
    },
  };
}

const rbac = 'rbac.authorization.k8s.io/v1';
const rules = [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] }];
const subjects = [
  { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'developers' },
  { kind: 'ServiceAccount', name: 'robot', namespace: 'team' },
];
const pods: JsonObject = {
  metadata: { labels: { app: 'web' }, annotations: { 'example.com/note': 'here' } },
  spec: {
    serviceAccountName: 'robot',
    imagePullSecrets: [{ name: 'registry' }],
    terminationGracePeriodSeconds: 5,
    containers: [
      {
        ...{ name: 'web', image: 'registry.example.com/web:1', args: ['--port', '8080'] },
        env: [{ name: 'LEVEL', value: 'info' }],
        ports: [{ name: 'http', containerPort: 8080 }],
        resources: { requests: { cpu: '100m' }, limits: { memory: '64Mi' } },
      },
    ],
    volumes: [{ name: 'scratch', emptyDir: {} }],
  },
};

/** One object of each kind, rich in leaves. `at` makes their names differ. */
export function examplesOf(at: number): readonly JsonObject[] {
  const namespace = `kinds-${at}`;
  const inside = (apiVersion: string, name: string, content: JsonObject): JsonObject => ({
    ...{ apiVersion, kind: name, metadata: { name: 'example', namespace, labels: { team: 'kinds' } } },
    ...content,
  });
  const across = (name: string, content: JsonObject): JsonObject => ({
    ...{ apiVersion: rbac, kind: name, metadata: { name: `kinds-${at}`, annotations: { 'example.com/why': 'a test' } } },
    ...content,
  });
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
  return [
    {
      ...{ apiVersion: 'v1', kind: 'Namespace' },
      metadata: {
        name: namespace,
        labels: { team: 'kinds', 'pod-security.kubernetes.io/enforce': 'restricted' },
        annotations: { 'example.com/owner': 'kinds' },
      },
    },
    inside('v1', 'ServiceAccount', { automountServiceAccountToken: false, imagePullSecrets: [{ name: 'registry' }] }),
    inside('v1', 'ResourceQuota', { spec: { hard: { pods: '10', 'requests.cpu': '4', 'requests.memory': '8Gi' } } }),
    inside('v1', 'LimitRange', {
      spec: {
        limits: [{ type: 'Container', default: { cpu: '500m' }, defaultRequest: { cpu: '100m' }, max: { cpu: '2', memory: '1Gi' } }],
      },
    }),
    inside('v1', 'ConfigMap', { data: { level: 'info', text: 'a\nb' }, binaryData: { bytes: 'AAEC' } }),
    inside('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'kinds' } } }], ports: [{ protocol: 'TCP', port: 8080 }] }],
        egress: [],
      },
    }),
    inside(rbac, 'Role', { rules }),
    inside(rbac, 'RoleBinding', { roleRef: role, subjects }),
    across('ClusterRole', { rules }),
    across('ClusterRoleBinding', { roleRef: role, subjects }),
    {
      ...across('PriorityClass', { value: 1_000, preemptionPolicy: 'PreemptLowerPriority', description: 'for tests' }),
      apiVersion: 'scheduling.k8s.io/v1',
    },
    inside('policy/v1', 'PodDisruptionBudget', {
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    }),
    inside('apps/v1', 'Deployment', {
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
        template: pods,
      },
    }),
    inside('v1', 'Service', {
      spec: {
        type: 'ClusterIP',
        selector: { app: 'web' },
        sessionAffinity: 'None',
        ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      },
    }),
    definition('kinds.example.com', `Widget${at}`),
    inside('kinds.example.com/v1', 'Gadget', { spec: { size: 3, colour: 'red' } }),
  ];
}
