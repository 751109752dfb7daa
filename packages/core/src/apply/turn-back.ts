import { equalJson, isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { diffObject } from '../drift/diff-object.ts';
import { isKey, isOfOne, keyOf, type TurnedKey } from '../drift/turned-keys.ts';

interface Live {
  readonly object: JsonObject;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly managedFields: readonly ManagedFieldsEntry[];
}

/**
 * The merge patch that gives elements of ours their keys back, for this very version of the object; undefined where none is left that
 * holds what ours held.
 *
 * One step, because there is no other: some kinds refuse to be without the element, and to have both.
 */
export function turnBack(body: JsonObject, live: Live, turned: readonly TurnedKey[]): JsonObject | undefined {
  let { object } = live;
  const patch: Record<string, Json> = {};
  for (const turn of turned.filter((candidate) => isOfOne(candidate, live.managedFields))) {
    const stated = elementAt(listAt(body, turn.list, isStatedBy), keyOf(turn.was), isStatedBy);
    const list = listAt(object, turn.list, hasKey);
    const found = elementAt(list, keyOf(turn.is), hasKey);
    if (stated === undefined || found === undefined || elementAt(list, keyOf(turn.was), hasKey) !== undefined) continue;
    if (diffObject(without(stated, keyOf(turn.was)), found).length > 0) continue;
    object = replaced(object, turn.list, found, { ...found, ...keyOf(turn.was) }) as JsonObject;
    Object.assign(patch, outermost(patch, object, turn.list));
  }
  const { uid, resourceVersion } = live;
  return Object.keys(patch).length === 0 ? undefined : { ...patch, metadata: { uid, resourceVersion } };
}

type Matches = (element: JsonObject, key: JsonObject) => boolean;

function hasKey(element: JsonObject, key: JsonObject): boolean {
  return Object.entries(key).every(([name, value]) => Object.hasOwn(element, name) && equalJson(element[name], value));
}

/** A key that is not stated has its default, which the server knows. */
function isStatedBy(element: JsonObject, key: JsonObject): boolean {
  return Object.entries(key).every(([name, value]) => !Object.hasOwn(element, name) || equalJson(element[name], value));
}

function elementAt(list: Json | undefined, key: JsonObject, matches: Matches): JsonObject | undefined {
  if (!Array.isArray(list)) return undefined;
  const found = (list as readonly Json[]).filter((element): element is JsonObject => isObject(element) && matches(element, key));
  return found.length === 1 ? found[0] : undefined;
}

function listAt(object: JsonObject, steps: readonly string[], matches: Matches): Json | undefined {
  return steps.reduce<Json | undefined>((at, step) => {
    if (isKey(step)) return elementAt(at, keyOf(step), matches);
    return isObject(at) && Object.hasOwn(at, step.slice(2)) ? at[step.slice(2)] : undefined;
  }, object);
}

function without(element: JsonObject, key: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(element).filter(([name]) => !Object.hasOwn(key, name)));
}

/** A copy in which one element of the list is another. */
function replaced(at: Json | undefined, [step, ...rest]: readonly string[], from: JsonObject, to: JsonObject): Json {
  if (step === undefined) return (at as readonly Json[]).map((element) => (element === from ? to : element));
  if (!isKey(step)) return { ...(at as JsonObject), [step.slice(2)]: replaced((at as JsonObject)[step.slice(2)], rest, from, to) };
  const inside = elementAt(at, keyOf(step), hasKey);
  return (at as readonly Json[]).map((element) => (element === inside ? replaced(element, rest, from, to) : element));
}

/** Merge patches know no elements: the list around all the others goes as a whole, unchanged but for the key. */
function outermost(patch: JsonObject, object: JsonObject, [step = '', next = '', ...rest]: readonly string[]): JsonObject {
  const name = step.slice(2);
  const value = object[name] ?? null;
  if (!isObject(value) || next === '' || isKey(next)) return { ...patch, [name]: value };
  const before = patch[name];
  return { ...patch, [name]: outermost(isObject(before) ? before : {}, value, [next, ...rest]) };
}
