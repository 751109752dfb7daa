/** Kinds of objects by which drifts and heals are counted. A policy may contain any kind, and a metric must not have any number of series. */
export const countedKinds = [
  'Namespace',
  'ServiceAccount',
  'ResourceQuota',
  'LimitRange',
  'ConfigMap',
  'Secret',
  'NetworkPolicy',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'other',
] as const;
