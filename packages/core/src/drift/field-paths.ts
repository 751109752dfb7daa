import { isObject, type JsonObject } from '@accord/proto/canonical';

/**
 * The paths that a `fieldsV1` tree owns, as Kubernetes writes them in conflict messages: `.spec.hard.cpu`, `.spec.ports[port=80]`.
 *
 * They are for people. Dots inside a key are not quoted, so nothing may parse them back.
 */
export function fieldPaths(fields: JsonObject): ReadonlySet<string> {
  const paths = new Set<string>();
  collect(fields, '', paths);
  return paths;
}

function collect(node: JsonObject, path: string, paths: Set<string>): void {
  const members = Object.entries(node);
  // An empty node, or the member ".", says that the path itself is owned.
  if (members.length === 0 && path !== '') paths.add(path);
  for (const [name, child] of members) {
    if (name === '.') paths.add(path);
    else if (isObject(child)) collect(child, path + renderElement(name), paths);
  }
}

/** Paths of `before` that `after` no longer owns, sorted. Below a path that is gone as a whole nothing more is listed. */
export function missingPaths(before: JsonObject, after: JsonObject): readonly string[] {
  const left = fieldPaths(after);
  const missing = [...fieldPaths(before)].filter((path) => !left.has(path)).toSorted();
  return missing.filter((path) => !missing.some((other) => other !== path && isBelow(path, other)));
}

/** True for a path inside another one; not for the other itself. */
export function isBelow(path: string, ancestor: string): boolean {
  return path.startsWith(ancestor) && (path[ancestor.length] === '.' || path[ancestor.length] === '[');
}

/** `f:name`, `k:{"port":80}`, `v:"value"` and `i:0`, as in sigs.k8s.io/structured-merge-diff, fieldpath/serialize-pe.go. */
function renderElement(element: string): string {
  const value = element.slice(2);
  if (element.startsWith('f:')) return `.${value}`;
  if (!element.startsWith('k:')) return `[${value}]`;
  const key: unknown = JSON.parse(value);
  if (typeof key !== 'object' || key === null) return `[${value}]`;
  return `[${Object.entries(key)
    .map(([name, of]) => `${name}=${JSON.stringify(of)}`)
    .join(',')}]`;
}
