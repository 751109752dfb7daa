import type { KindRef, ObjectRef } from './kube.ts';

/** Kinds that the spoke reads and writes for itself. Their resources are fixed, so that nothing has to be discovered first. */
export const clusterKind: KindRef = { group: 'accord.dev', version: 'v1alpha1', kind: 'Cluster', resource: 'clusters', namespaced: false };
export const clusterPolicyKind: KindRef = {
  group: 'accord.dev',
  version: 'v1alpha1',
  kind: 'ClusterPolicy',
  resource: 'clusterpolicies',
  namespaced: false,
};
export const guardrailKind: KindRef = {
  group: 'accord.dev',
  version: 'v1alpha1',
  kind: 'Guardrail',
  resource: 'guardrails',
  namespaced: false,
};
export const configMapKind: KindRef = { group: '', version: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };
export const secretKind: KindRef = { group: '', version: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true };
export const eventKind: KindRef = { group: 'events.k8s.io', version: 'v1', kind: 'Event', resource: 'events', namespaced: true };
export const leaseKind: KindRef = { group: 'coordination.k8s.io', version: 'v1', kind: 'Lease', resource: 'leases', namespaced: true };
export const quotaKind: KindRef = { group: '', version: 'v1', kind: 'ResourceQuota', resource: 'resourcequotas', namespaced: true };
export const namespaceKind: KindRef = { group: '', version: 'v1', kind: 'Namespace', resource: 'namespaces', namespaced: false };

export const nodeKind: KindRef = { group: '', version: 'v1', kind: 'Node', resource: 'nodes', namespaced: false };

export const definitionKind: KindRef = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  resource: 'customresourcedefinitions',
  namespaced: false,
};

export function isDefinition({ group, kind }: KindRef): boolean {
  return group === definitionKind.group && kind === definitionKind.kind;
}

/** What typed parts of policies make: watched from the start, so that leftovers of a policy that is gone are seen. */
export const policyKinds: readonly KindRef[] = [
  namespaceKind,
  { group: '', version: 'v1', kind: 'ServiceAccount', resource: 'serviceaccounts', namespaced: true },
  quotaKind,
  { group: '', version: 'v1', kind: 'LimitRange', resource: 'limitranges', namespaced: true },
  configMapKind,
  { group: 'networking.k8s.io', version: 'v1', kind: 'NetworkPolicy', resource: 'networkpolicies', namespaced: true },
  ...['Role', 'RoleBinding'].map((kind) => rbacKind(kind, true)),
  ...['ClusterRole', 'ClusterRoleBinding'].map((kind) => rbacKind(kind, false)),
];

export const clusterRoleKind: KindRef = rbacKind('ClusterRole', false);
export const clusterRoleBindingKind: KindRef = rbacKind('ClusterRoleBinding', false);
export const roleBindingKind: KindRef = rbacKind('RoleBinding', true);

function rbacKind(kind: string, namespaced: boolean): KindRef {
  return { group: 'rbac.authorization.k8s.io', version: 'v1', kind, resource: `${kind.toLowerCase()}s`, namespaced };
}

export function ownRef(kind: KindRef, namespace: string, name: string): ObjectRef {
  return { kind, namespace, name };
}

export function apiVersionOf({ group, version }: KindRef): string {
  return group === '' ? version : `${group}/${version}`;
}
