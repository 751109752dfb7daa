/**
 * Kinds with a field that the API server never changes and that is safe to make anew: `group/Kind`.
 *
 * Nothing is lost with them, and while a binding is away nobody has more rights. Never a Namespace, a definition of a kind, or what holds data or pods.
 */
export const recreatable: ReadonlySet<string> = new Set([
  'rbac.authorization.k8s.io/RoleBinding', // roleRef
  'rbac.authorization.k8s.io/ClusterRoleBinding', // roleRef
  '/ResourceQuota', // spec.scopes
  '/ConfigMap', // data, where immutable
  '/Secret', // type
  'scheduling.k8s.io/PriorityClass', // value
  'storage.k8s.io/StorageClass', // parameters
  'node.k8s.io/RuntimeClass', // handler
  'networking.k8s.io/IngressClass', // spec.controller
]);
