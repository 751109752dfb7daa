import { expect, test } from 'vitest';
import { kubectlObject } from './kubectl-object.ts';

const rows: [key: string, words: string][] = [
  ['/ConfigMap/payments/settings', 'configmap settings -n payments'],
  ['/Namespace//payments', 'namespace payments'],
  ['rbac.authorization.k8s.io/ClusterRoleBinding//accord:ops:view', 'clusterrolebinding.rbac.authorization.k8s.io accord:ops:view'],
  ['rbac.authorization.k8s.io/Role/n/a; reboot', 'role.rbac.authorization.k8s.io NAME -n n'],
  ['rbac.authorization.k8s.io/Role/n/--all', 'role.rbac.authorization.k8s.io NAME -n n'],
  ['/ConfigMap/$(reboot)/a', 'configmap a -n NAMESPACE'],
  ['', 'KIND NAME'],
];
test.each(rows)('%s is told as: %s', (key, words) => expect(kubectlObject(key)).toBe(words));
