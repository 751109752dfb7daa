import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey } from '@accord/proto/ids';
import type { ObjectRef, Refused } from './kube.ts';

const rbacGroup = 'rbac.authorization.k8s.io';
/** Roles that the spoke may bind by name (verb `bind`); the server does not look at them. */
const bindable: ReadonlySet<string> = new Set(['view', 'edit', 'admin', 'accord-spoke-secrets']);

/** The server looks at the role of a binding, to see whether its writer holds all rules. */
export function missingRole({ kind, namespace }: ObjectRef, body: JsonObject, exists: (key: ObjectKey) => boolean): Refused | undefined {
  if (kind.group !== rbacGroup || !kind.kind.endsWith('Binding')) return undefined;
  const role = body['roleRef'] as { readonly kind: string; readonly name: string };
  if (role.kind === 'ClusterRole' && bindable.has(role.name)) return undefined;
  if (exists(objectKey(rbacGroup, role.kind, role.kind === 'Role' ? namespace : undefined, role.name))) return undefined;
  return { outcome: 'refused', reason: 'RoleMissing', because: `${kind.resource}.${rbacGroup} "${role.name}" not found` };
}

/** The transition rule of the kinds Cluster and ClusterPolicy: (epoch, revision, step) must not go back. */
export function staleWrite({ kind, name }: ObjectRef, body: JsonObject, old: JsonObject | undefined): Refused | undefined {
  if (kind.group !== 'accord.dev' || kind.kind === 'Guardrail' || old === undefined || body['spec'] === undefined) return undefined;
  if (compare(fenceOf(body), fenceOf(old)) >= 0) return undefined;
  const because = `${kind.kind}.accord.dev "${name}" is invalid: spec: Forbidden: stale write: (epoch, revision, step) must not go back`;
  return { outcome: 'refused', reason: 'StaleDocumentRefused', because };
}

function fenceOf(object: JsonObject): readonly number[] {
  const {
    epoch = 0,
    revision = 0,
    step = 0,
  } = object['spec'] as { readonly epoch?: number; readonly revision?: number; readonly step?: number };
  return [epoch, revision, step];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
