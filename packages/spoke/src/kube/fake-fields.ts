import { isObject, canonicalJson, type Json, type JsonObject } from '@accord/proto/canonical';

/** A path as the canonical text of its names, so that it can be a key. */
export type PathText = string & { readonly brand: 'PathText' };
export type Path = readonly string[];

/** Metadata that the server owns: no manager ever does. */
const serverMetadata: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
]);
/** Maps that Kubernetes' schemas declare atomic: they have one owner as a whole. */
const atomicMaps: ReadonlySet<string> = new Set(['podSelector', 'namespaceSelector', 'selector', 'roleRef']);

/** The fields of an object that a manager may own, with their values. Lists are atomic; an empty map is a field itself. */
export function ownableFields(object: JsonObject, part: 'main' | 'status'): ReadonlyMap<PathText, Json> {
  const fields = new Map<PathText, Json>();
  const isOurKind = String(object['apiVersion']).startsWith('accord.dev/');
  for (const [name, value] of Object.entries(object)) {
    if (name === 'apiVersion' || name === 'kind' || (name === 'status') !== (part === 'status')) continue;
    const isWhole = isOurKind && name === 'spec';
    if (isWhole) fields.set(pathText([name]), value);
    else collect(value, [name], fields);
  }
  return fields;
}

function collect(value: Json, path: Path, fields: Map<PathText, Json>): void {
  if (path[0] === 'metadata' && path.length === 2 && serverMetadata.has(path[1] ?? '')) return;
  const isInner = isObject(value) && Object.keys(value).length > 0 && !atomicMaps.has(path.at(-1) ?? '');
  if (!isInner) {
    if (path[0] !== 'metadata' || path.length > 1) fields.set(pathText(path), value);
    return;
  }
  for (const [name, child] of Object.entries(value)) collect(child, [...path, name], fields);
}

function pathText(path: Path): PathText {
  return JSON.stringify(path) as PathText;
}

export function pathOf(text: PathText): Path {
  return JSON.parse(text) as Path;
}

/** True when one lies at or below the other. */
export function overlaps(a: PathText, b: PathText): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long === short || long.startsWith(`${short.slice(0, -1)},`);
}

/** The tree that `managedFields` holds for a set of paths, and back. */
export function toFieldsV1(paths: Iterable<PathText>): JsonObject {
  const root: Record<string, Json> = {};
  for (const text of [...paths].toSorted()) {
    let node = root;
    for (const name of pathOf(text)) node = (node[`f:${name}`] ??= {}) as Record<string, Json>;
  }
  return root;
}

export function fromFieldsV1(fields: JsonObject, at: Path = []): Set<PathText> {
  const children = Object.entries(fields);
  if (children.length === 0) return new Set(at.length === 0 ? [] : [pathText(at)]);
  return new Set(children.flatMap(([name, child]) => [...fromFieldsV1(child as JsonObject, [...at, name.slice(2)])]));
}

export function getAt(object: JsonObject, path: Path): Json | undefined {
  let node: Json | undefined = object;
  for (const name of path) node = isObject(node) ? node[name] : undefined;
  return node;
}

/** Returns a copy in which the path holds the value. */
export function withValue(object: JsonObject, [name = '', ...rest]: Path, value: Json): JsonObject {
  const child = object[name];
  if (rest.length > 0) return { ...object, [name]: withValue(isObject(child) ? child : {}, rest, value) };
  // An empty map that has no owner as a whole claims nothing of what others put into it.
  const keeps = isObject(value) && Object.keys(value).length === 0 && isObject(child) && !atomicMaps.has(name);
  return { ...object, [name]: keeps ? child : value };
}

/** Returns a copy without the path, and without the maps that became empty by that. */
export function withoutPath(object: JsonObject, [name = '', ...rest]: Path): JsonObject {
  const { [name]: child, ...others } = object;
  if (rest.length === 0 || !isObject(child)) return others;
  const left = withoutPath(child, rest);
  return Object.keys(left).length === 0 ? others : { ...others, [name]: left };
}

export function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** RFC 7386. */
export function mergePatch(object: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...object };
  for (const [name, value] of Object.entries(patch)) {
    const before = merged[name];
    if (value === null) delete merged[name];
    else merged[name] = isObject(value) ? mergePatch(isObject(before) ? before : {}, value) : value;
  }
  return merged;
}
