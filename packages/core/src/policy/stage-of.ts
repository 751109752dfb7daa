/** Applied one after the other, removed in reverse. Stages 3 and 5 need not wait for each other. Secrets take the spoke's own binding (stage 4). */
export type Stage = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const stages: Readonly<Record<string, Stage>> = {
  'apiextensions.k8s.io/CustomResourceDefinition': 1,
  '/Namespace': 2,
  '/ServiceAccount': 3,
  'rbac.authorization.k8s.io/ClusterRole': 3,
  'rbac.authorization.k8s.io/Role': 3,
  // The server resolves the role when it reads a binding, and answers 404 without it.
  'rbac.authorization.k8s.io/ClusterRoleBinding': 4,
  'rbac.authorization.k8s.io/RoleBinding': 4,
  '/ResourceQuota': 5,
  '/LimitRange': 5,
  '/ConfigMap': 5,
  'networking.k8s.io/NetworkPolicy': 5,
};

/** The stage of a `group/Kind`. */
export function stageOf(groupKind: string): Stage {
  // A webhook that refuses things must not stand in the way of what is applied in the same pass.
  return groupKind.startsWith('admissionregistration.k8s.io/') ? 7 : (stages[groupKind] ?? 6);
}
