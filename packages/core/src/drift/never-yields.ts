/** Grants, limits and network rules are what the policy says: they are given back within seconds, however hard somebody fights. */
const kinds: ReadonlySet<string> = new Set(['/Namespace', '/ResourceQuota', '/LimitRange', 'networking.k8s.io/NetworkPolicy']);

/** Of `group/Kind`: whether no field of it is ever left to somebody else. */
export function neverYields(groupKind: string): boolean {
  return groupKind.startsWith('rbac.authorization.k8s.io/') || kinds.has(groupKind);
}
