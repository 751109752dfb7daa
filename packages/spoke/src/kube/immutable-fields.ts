import type { KindRef } from './kube.ts';
import type { StatusCause } from './status.ts';

/** Fields that the API server never lets change, by kind. Measured on kube-apiserver v1.36.3: each gives 422 with this field. */
const immutableFields: Readonly<Record<string, readonly string[]>> = {
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  ResourceQuota: ['spec.scopes'],
  Secret: ['type', 'data', 'immutable'],
  ConfigMap: ['data', 'binaryData', 'immutable'],
  PriorityClass: ['value'],
  StorageClass: ['parameters', 'provisioner'],
  RuntimeClass: ['handler'],
  IngressClass: ['spec.controller'],
};

/** True when a cause says that this field of this kind cannot be changed. */
export function isImmutable({ kind }: KindRef, { reason, field, message }: StatusCause): boolean {
  if (reason !== 'FieldValueInvalid' && reason !== 'FieldValueForbidden') return false;
  if (message.includes('field is immutable') || message.includes('may not change') || message.includes('cannot change')) return true;
  return reason === 'FieldValueForbidden' && (immutableFields[kind]?.includes(field) ?? false);
}
