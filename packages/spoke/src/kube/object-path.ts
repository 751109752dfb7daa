import type { KindRef, ObjectRef } from './kube.ts';

/** URL path of all objects of a kind in the cluster, or in one namespace. */
export function collectionPath({ group, version, resource, namespaced }: KindRef, namespace?: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${root}${namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''}/${resource}`;
}

/** URL path of one object. RBAC names may hold colons, which stay readable in the server's log. */
export function objectPath({ kind, namespace, name }: ObjectRef): string {
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name).replaceAll('%3A', ':')}`;
}

/** `?a=1&b=`, leaving out what is undefined. */
export function renderQuery(parameters: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
