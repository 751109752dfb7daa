import { benchNamespace } from './bench-fleet.ts';

/** One kind of object that is edited behind the spoke's back, and the field by which one sees whether it is healed. */
export interface DriftKind {
  readonly kind: string;
  /** Collection in the bench's namespace. */
  readonly path: string;
  readonly manifest: (name: string) => object;
  /** The owned field that the edits touch, from the root of the object. */
  readonly field: readonly [string, ...string[]];
  readonly wanted: unknown;
  readonly foreign: unknown;
}

const core = `/api/v1/namespaces/${benchNamespace}`;
const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${benchNamespace}`;
const meta = (name: string): object => ({ name, namespace: benchNamespace });
const group = (name: string): object => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name });
const reads = (resource: string): object => ({ apiGroups: [''], resources: [resource], verbs: ['get', 'list'] });

/** The five kinds that policies hold most. */
export const driftKinds: readonly DriftKind[] = [
  {
    kind: 'ConfigMap',
    path: `${core}/configmaps`,
    manifest: (name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: meta(name), data: { level: 'info', text: 'x'.repeat(500) } }),
    field: ['data', 'level'],
    wanted: 'info',
    foreign: 'debug',
  },
  {
    kind: 'Role',
    path: `${rbac}/roles`,
    manifest: (name) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: meta(name), rules: [reads('pods')] }),
    field: ['rules'],
    wanted: [reads('pods')],
    foreign: [reads('services')],
  },
  {
    kind: 'RoleBinding',
    path: `${rbac}/rolebindings`,
    manifest: (name) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: meta(name),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [group('team')],
    }),
    field: ['subjects'],
    wanted: [group('team')],
    foreign: [group('others')],
  },
  {
    kind: 'ResourceQuota',
    path: `${core}/resourcequotas`,
    manifest: (name) => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: meta(name), spec: { hard: { pods: '10', secrets: '10' } } }),
    field: ['spec', 'hard', 'pods'],
    wanted: '10',
    foreign: '20',
  },
  {
    kind: 'NetworkPolicy',
    path: `/apis/networking.k8s.io/v1/namespaces/${benchNamespace}/networkpolicies`,
    manifest: (name) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: meta(name),
      spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] },
    }),
    field: ['spec', 'podSelector', 'matchLabels', 'app'],
    wanted: 'web',
    foreign: 'shop',
  },
];

export function fieldOf(object: unknown, field: readonly string[]): unknown {
  return field.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
}

/** A partial object that says one field and nothing else. */
export function saying(field: readonly string[], value: unknown): object {
  return field.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), value) as object;
}
