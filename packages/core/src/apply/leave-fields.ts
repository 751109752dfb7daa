import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { applyEntry, pathOf } from '../drift/managed-fields.ts';

/** What of an object is left to others. */
export interface Yielding {
  /** A field that somebody else holds is not taken. */
  readonly fails?: true;
  /** Managers whose fields are left to them. */
  readonly yieldTo: readonly string[];
  /** JSON pointers (RFC 6901) of fields that are set once and then nobody's business. */
  readonly ignoreFields: readonly string[];
}

/** The intent as it may be sent, and what is not in it: paths as in `managedFields`, `.spec.replicas`. */
export interface LeftFields {
  readonly body: JsonObject;
  readonly left: readonly string[];
}

/** Takes out of an intent what is left to others on the object as it is now. */
export function leaveFields(
  body: JsonObject,
  managedFields: readonly ManagedFieldsEntry[],
  { yieldTo, ignoreFields }: Yielding,
  ours: string,
): LeftFields {
  const entries = managedFields.filter(({ subresource }) => subresource === '');
  const theirs = entries.filter(({ manager }) => yieldTo.includes(manager)).map(({ fieldsV1 }) => fieldsV1);
  const own = applyEntry(entries, ours)?.fieldsV1 ?? {};
  const left: string[] = [];
  const mayLeave = (path: string): boolean => {
    left.push(path);
    return true;
  };
  let kept: Json = body;
  for (const fields of theirs) kept = withoutOwned(kept, fields, '', mayLeave);
  for (const pointer of ignoreFields) {
    const steps = stepsOf(pointer);
    const path = pathOf(steps);
    if (isThere(kept, steps) && !isOwned(kept, own, steps) && mayLeave(path)) kept = withoutAt(kept, steps);
  }
  return { body: kept as JsonObject, left: [...new Set(left)].toSorted() };
}

/** Without the fields that a tree of `fieldsV1` owns. What names an element of a list stays, and so do marks of ours. */
function withoutOwned(value: Json, fields: JsonObject, path: string, mayLeave: (path: string) => boolean): Json {
  if (Array.isArray(value))
    return value.map((element) => {
      const child = elementOf(fields, element);
      return child === undefined ? element : withoutOwned(element, child.fields, `${path}${child.name}`, mayLeave);
    });
  if (!isObject(value)) return value;
  const names = keysIn(path);
  const entries = Object.entries(value).flatMap(([name, content]): [string, Json][] => {
    const child = fields[`f:${name}`];
    if (child === undefined || !isObject(child) || name.startsWith('accord.dev/') || names.includes(name)) return [[name, content]];
    const at = `${path}.${name}`;
    if (isLeaf(child)) return mayLeave(at) ? [] : [[name, content]];
    return [[name, withoutOwned(content, child, at, mayLeave)]];
  });
  return Object.fromEntries(entries);
}

/** Names of the keys in the last element of a path: `[name="app"]` → `name`. */
function keysIn(path: string): readonly string[] {
  const [, keys = ''] = /\[([^\]]*)\]$/.exec(path) ?? [];
  return [...keys.matchAll(/([A-Za-z]+)=/g)].map(([, name = '']) => name);
}

function isLeaf(fields: JsonObject): boolean {
  return Object.keys(fields).every((name) => name === '.');
}

/** The node of a list element: `k:{"name":"app"}`. Lists without keys are owned as a whole, by the node above. */
function elementOf(fields: JsonObject, element: Json): { readonly fields: JsonObject; readonly name: string } | undefined {
  for (const [name, child] of Object.entries(fields)) {
    if (!name.startsWith('k:') || !isObject(child) || !isObject(element)) continue;
    const keys = Object.entries(JSON.parse(name.slice(2)) as JsonObject);
    if (keys.every(([key, value]) => element[key] === value))
      return { fields: child, name: `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]` };
  }
  return undefined;
}

/** RFC 6901. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Whether a pointer leads to something. */
export function isThere(value: Json | undefined, steps: readonly string[]): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) return value !== undefined;
  return (
    value !== undefined && (Array.isArray(value) || isObject(value)) && Object.hasOwn(value, step) && isThere(childOf(value, step), rest)
  );
}

function childOf(value: Json, step: string): Json | undefined {
  return (value as Readonly<Record<string, Json>>)[step];
}

/** Whether a tree of `fieldsV1` owns what a pointer leads to, or a part of it, or a list or map around it. */
function isOwned(value: Json, fields: JsonObject, steps: readonly string[]): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) return true;
  const next = childOf(value, step);
  const child = Array.isArray(value) ? elementOf(fields, next ?? null)?.fields : fields[`f:${step}`];
  if (child === undefined || next === undefined || !isObject(child)) return false;
  return isLeaf(child) || isOwned(next, child, rest);
}

function withoutAt(value: Json, [step = '', ...rest]: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((element, at) => (String(at) === step ? withoutAt(element, rest) : element));
  if (!isObject(value)) return value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, name === step ? withoutAt(content, rest) : content]));
}
