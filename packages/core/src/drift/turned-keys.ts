import { isObject, type JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { objectAt } from '../policy/manifest.ts';
import { applyEntry } from './managed-fields.ts';

/**
 * An element of ours whose key somebody has changed.
 *
 * For the server it is two things: our element is gone, and one of theirs has come. An apply would bring ours back beside theirs, which many
 * kinds refuse.
 */
export interface TurnedKey {
  /** Steps to the list, as `fieldsV1` writes them: `f:spec`, `f:ports`. */
  readonly list: readonly string[];
  /** Our element, `k:{"port":80,"protocol":"TCP"}`. */
  readonly was: string;
  /** What it has been turned into. */
  readonly is: string;
}

/** An element with a key, and who has written what of it. */
interface Element {
  readonly list: readonly string[];
  readonly name: string;
  readonly fields: JsonObject;
  readonly entry: ManagedFieldsEntry;
}

/** What others have put into lists in which we have elements, as texts to compare. Remembered, so that it is never taken for ours. */
export function elementsBeside(ours: JsonObject, entries: readonly ManagedFieldsEntry[], manager: string): readonly string[] {
  return [...new Set(foreignElements(ours, entries, manager).map(textOf))];
}

/**
 * Elements of ours that one edit has turned into others. `before` is what we owned, `beside` what stood beside it until then.
 *
 * Each is certain or left out: an element of ours is gone, and exactly one has come into its list, written by a single manager with an
 * update, that has all the fields of ours. What is no more than its key says nothing of where it comes from.
 */
export function turnedKeys(
  { fields: before, beside }: { readonly fields: JsonObject; readonly beside: readonly string[] },
  entries: readonly ManagedFieldsEntry[],
  manager: string,
): readonly TurnedKey[] {
  const own = applyEntry(entries, manager);
  if (own === undefined) return [];
  const gone = elementsIn(before, own, before).filter(({ list, name }) => !Object.hasOwn(objectAt(own.fieldsV1, ...list), name));
  const come = foreignElements(before, entries, manager).filter((element) => !beside.includes(textOf(element)));
  const pairs = gone.flatMap((was) => come.filter((is) => mayBe(was, is)).map((is) => ({ was, is })));
  return pairs
    .filter((pair) => pairs.every((other) => other === pair || (other.was !== pair.was && textOf(other.is) !== textOf(pair.is))))
    .filter(({ is }) => is.entry.operation === 'Update')
    .map(({ was, is }) => ({ list: was.list, was: was.name, is: is.name }));
}

/** Whether nobody but one manager has written this element, as when it was turned. */
export function isOfOne({ list, is }: TurnedKey, entries: readonly ManagedFieldsEntry[]): boolean {
  return entries.filter(({ fieldsV1 }) => Object.hasOwn(objectAt(fieldsV1, ...list), is)).length === 1;
}

/** The fields that name an element: `k:{"port":80}` → `{ port: 80 }`. */
export function keyOf(name: string): JsonObject {
  return JSON.parse(name.slice(2)) as JsonObject;
}

export function isKey(step: string): boolean {
  return step.startsWith('k:');
}

function mayBe(was: Element, is: Element): boolean {
  const keys = Object.keys(keyOf(was.name)).map((key) => `f:${key}`);
  const hasMore = Object.keys(was.fields).some((name) => name !== '.' && !keys.includes(name));
  return hasMore && JSON.stringify(was.list) === JSON.stringify(is.list) && isWithin(was.fields, is.fields);
}

function isWithin(some: JsonObject, all: JsonObject): boolean {
  return Object.entries(some).every(([name, child]) => {
    const other = Object.hasOwn(all, name) ? all[name] : undefined;
    return isObject(other) && (!isObject(child) || isWithin(child, other));
  });
}

function foreignElements(ours: JsonObject, entries: readonly ManagedFieldsEntry[], manager: string): readonly Element[] {
  const own = applyEntry(entries, manager);
  return entries
    .filter((entry) => entry !== own)
    .flatMap((entry) => elementsIn(entry.fieldsV1, entry, ours))
    .filter(({ list, name }) => !Object.hasOwn(objectAt(ours, ...list), name));
}

/** Elements in those lists of `fields` in which `ours` has some as well. */
function elementsIn(fields: JsonObject, entry: ManagedFieldsEntry, ours: JsonObject, list: readonly string[] = []): readonly Element[] {
  const isList = Object.keys(ours).some(isKey);
  return Object.entries(fields).flatMap(([name, child]) => {
    if (!isObject(child)) return [];
    const element = isList && isKey(name) ? [{ list, name, fields: child, entry }] : [];
    const below = Object.hasOwn(ours, name) ? ours[name] : undefined;
    return isObject(below) ? [...element, ...elementsIn(child, entry, below, [...list, name])] : element;
  });
}

function textOf({ list, name }: Pick<Element, 'list' | 'name'>): string {
  return JSON.stringify([...list, name]);
}
