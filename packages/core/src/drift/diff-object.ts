import { equalJson, isObject, type Json, type JsonObject } from '@accord/proto/canonical';

/** One field that is not as wanted. Paths are those of `managedFields`: `.spec.hard.pods`. */
export interface Difference {
  readonly path: string;
  /** Undefined where an apply would take the field away. */
  readonly wanted: Json | undefined;
  /** Undefined where the field is not there. */
  readonly live: Json | undefined;
}

/**
 * What an apply would change, without asking the server: every field that is wanted has to be there with that value, and what
 * else is there does not matter. It errs towards a difference where the server would fill in defaults inside of a list.
 *
 * Marks of ours are left out: where nothing is applied there are none.
 */
export function diffObject(wanted: JsonObject, live: JsonObject): readonly Difference[] {
  const { metadata } = wanted;
  return diff(isObject(metadata ?? null) ? { ...wanted, metadata: withoutMarks(metadata as JsonObject) } : wanted, live, '');
}

function withoutMarks(metadata: JsonObject): JsonObject {
  const parts = (['labels', 'annotations'] as const).flatMap((part) => {
    const entries = Object.entries((metadata[part] as JsonObject | undefined) ?? {}).filter(([key]) => !key.startsWith('accord.dev/'));
    return entries.length === 0 ? [] : [[part, Object.fromEntries(entries)] as const];
  });
  const { labels: _labels, annotations: _annotations, ...rest } = metadata;
  return { ...rest, ...Object.fromEntries(parts) };
}

function diff(wanted: Json, live: Json | undefined, path: string): readonly Difference[] {
  // The server leaves out what is empty.
  if (isEmpty(wanted) && (live === undefined || live === null || isEmpty(live))) return [];
  if (isObject(wanted) && isObject(live ?? null))
    return Object.entries(wanted).flatMap(([name, value]) => diff(value, fieldOf(live as JsonObject, name), `${path}.${name}`));
  if (Array.isArray(wanted) && Array.isArray(live)) return diffList(wanted, live, path);
  return live !== undefined && equalJson(wanted, live) ? [] : [{ path, wanted, live }];
}

/** Elements in their order; where they have names, by name, as the server merges them. */
function diffList(wanted: readonly Json[], live: readonly Json[], path: string): readonly Difference[] {
  const names = wanted.map(nameOf);
  // Subjects of a binding have names as well, and are compared as a whole: one too many is a grant.
  const haveKinds = [...wanted, ...live].some((element) => isObject(element) && Object.hasOwn(element, 'kind'));
  if (wanted.length > 0 && !haveKinds && names.every((name) => name !== undefined) && new Set(names).size === names.length) {
    const byName = new Map(live.map((element) => [nameOf(element), element]));
    return wanted.flatMap((element, at) => diff(element, byName.get(names[at]), `${path}[name="${names[at]}"]`));
  }
  if (wanted.length !== live.length) return [{ path, wanted: [...wanted], live: [...live] }];
  const inElements = wanted.flatMap((element, at) => diff(element, live[at], path));
  return inElements.length === 0 ? [] : [{ path, wanted: [...wanted], live: [...live] }];
}

/** A field may bear the name of something that every object inherits. */
function fieldOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function nameOf(element: Json): string | undefined {
  const name = isObject(element) ? fieldOf(element, 'name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

function isEmpty(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

const lettersMax = 60;

/** `.data.level is "debug", wanted "info"`, for people. */
export function renderDifference({ path, wanted, live }: Difference): string {
  const shown = (value: Json): string => {
    const text = JSON.stringify(value);
    return text.length > lettersMax ? `${text.slice(0, lettersMax)}…` : text;
  };
  if (wanted === undefined) return `${path} is ${live === undefined ? 'there' : shown(live)}, and would be taken away`;
  return live === undefined ? `${path} is missing, wanted ${shown(wanted)}` : `${path} is ${shown(live)}, wanted ${shown(wanted)}`;
}
