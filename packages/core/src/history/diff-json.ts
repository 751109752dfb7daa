import { equalJson, isObject, type Json } from '@accord/proto/canonical';

/** One place at which two revisions differ; undefined on the side where nothing is. */
export interface JsonDifference {
  readonly path: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** What differs between two values, by path, sorted as the values are. Lists are compared by the names of their elements where all have one. */
export function diffJson(from: Json | undefined, to: Json | undefined, path = ''): readonly JsonDifference[] {
  if (from !== undefined && to !== undefined && equalJson(from, to)) return [];
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].toSorted();
    return names.flatMap((name) => diffJson(own(from, name), own(to, name), `${path}.${name}`));
  }
  if (Array.isArray(from) && Array.isArray(to)) return diffLists(from as readonly Json[], to as readonly Json[], path);
  if (from === undefined && to === undefined) return [];
  return [{ path: path === '' ? '.' : path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

function diffLists(from: readonly Json[], to: readonly Json[], path: string): readonly JsonDifference[] {
  const [before, after] = [byName(from), byName(to)];
  if (before !== undefined && after !== undefined) {
    const differences = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
      diffJson(before.get(name), after.get(name), `${path}[${name}]`),
    );
    // Another order alone is a difference as well.
    return differences.length > 0 ? differences : [{ path, from, to }];
  }
  return Array.from({ length: Math.max(from.length, to.length) }, (_, at) => diffJson(from[at], to[at], `${path}[${at}]`)).flat();
}

/** Undefined unless every element has a name of its own. */
function byName(list: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const named = new Map<string, Json>();
  for (const element of list) {
    const name = isObject(element) ? own(element, 'name') : undefined;
    if (typeof name !== 'string' || named.has(name)) return undefined;
    named.set(name, element);
  }
  return named;
}

function own(object: { readonly [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
