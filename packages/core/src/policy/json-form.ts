import type { Json, JsonObject } from '@accord/proto/canonical';
import type { Fault } from './fault.ts';
import { childPath } from './json-path.ts';

/** Deeper than any Kubernetes object; every walk over a document may recurse this far. */
export const nestingMax = 64;

/**
 * Takes anything for JSON, without the nulls: in a Kubernetes object null means absent.
 *
 * What no document may hold is a fault: other types, half a surrogate pair, `__proto__` as a name, endless nesting.
 */
export function readJson(value: unknown, path: string): { readonly value: Json | undefined; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  return { value: read(value, path, 0, faults), faults };
}

function read(value: unknown, path: string, depth: number, faults: Fault[]): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (depth > nestingMax) {
    faults.push({ code: 'TooLarge', path, message: `Nested more than ${nestingMax} levels deep.`, help: 'Flatten it.' });
    return undefined;
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) faults.push(badText(path));
    return value;
  }
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (Array.isArray(value)) {
    return value
      .map((element, index) => read(element, childPath(path, index), depth + 1, faults))
      .filter((element) => element !== undefined);
  }
  if (isPlainObject(value)) return readObject(value, path, depth, faults);
  faults.push({
    code: 'WrongType',
    path,
    message: `A ${typeof value} is not JSON.`,
    help: 'Write text, a number, true, false, a list or an object.',
  });
  return undefined;
}

function readObject(value: Readonly<Record<string, unknown>>, path: string, depth: number, faults: Fault[]): JsonObject {
  const entries: [string, Json][] = [];
  for (const [key, member] of Object.entries(value)) {
    const at = childPath(path, key);
    if (key === '__proto__')
      faults.push({ code: 'UnknownField', path: at, message: 'The name __proto__ is not accepted.', help: 'Remove it.' });
    else if (!key.isWellFormed()) faults.push(badText(at));
    else {
      const json = read(member, at, depth + 1, faults);
      if (json !== undefined) entries.push([key, json]);
    }
  }
  return Object.fromEntries(entries);
}

function badText(path: string): Fault {
  return { code: 'InvalidValue', path, message: 'The text holds half of a surrogate pair.', help: 'Write valid Unicode.' };
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
