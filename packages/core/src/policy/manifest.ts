/** Reading Kubernetes objects whose shape nobody has promised: what is not there, or is something else, reads as empty. */
import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey } from '@accord/proto/ids';

export const rbacGroup = 'rbac.authorization.k8s.io';
const networkingGroup = 'networking.k8s.io';

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** What stands behind these names; undefined where one of them leads nowhere. */
export function valueAt(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  let at = value;
  for (const name of names) {
    if (!isObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

export function objectAt(value: Json | undefined, ...names: readonly string[]): JsonObject {
  const found = valueAt(value, ...names);
  return isObject(found) ? found : {};
}

export function listAt(value: Json | undefined, ...names: readonly string[]): readonly Json[] {
  const found = valueAt(value, ...names);
  return isList(found) ? found : [];
}

export function textAt(value: Json | undefined, ...names: readonly string[]): string {
  const found = valueAt(value, ...names);
  return typeof found === 'string' ? found : '';
}

/** The texts of a list with their places in it. */
export function textsAt(value: Json | undefined, name: string): readonly { readonly text: string; readonly at: string }[] {
  return listAt(value, name).flatMap((text, index) => (typeof text === 'string' ? [{ text, at: `${name}[${index}]` }] : []));
}

/** Group of an apiVersion; empty for the core group. */
export function groupOf({ apiVersion }: JsonObject): string {
  const slash = typeof apiVersion === 'string' ? apiVersion.indexOf('/') : -1;
  return slash < 0 ? '' : String(apiVersion).slice(0, slash);
}

/** `group/Kind`, `/ConfigMap` for the core group: versions do not identify. */
export function groupKindOf(manifest: JsonObject): string {
  const { kind } = manifest;
  return `${groupOf(manifest)}/${typeof kind === 'string' ? kind : ''}`;
}

/** The key of the object that a manifest stands for. */
export function keyOf(manifest: JsonObject): ObjectKey {
  const namespace = textAt(manifest, 'metadata', 'namespace') || undefined;
  return objectKey(groupOf(manifest), textAt(manifest, 'kind'), namespace, textAt(manifest, 'metadata', 'name'));
}

export const roleKinds: readonly string[] = [`${rbacGroup}/Role`, `${rbacGroup}/ClusterRole`];
export const bindingKinds: readonly string[] = [`${rbacGroup}/RoleBinding`, `${rbacGroup}/ClusterRoleBinding`];
export const namespaceKind = '/Namespace';
export const networkPolicyKind = `${networkingGroup}/NetworkPolicy`;
