import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { applyEntry } from './managed-fields.ts';

/** Maps that `match: MustOnlyHave` keeps free of foreign keys, by `group/Kind`. Lists are exact by themselves. */
const exactMaps: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '/ConfigMap': [['data'], ['binaryData']],
  '/Secret': [['data']],
  '/ResourceQuota': [['spec', 'hard']],
};

/** Where the maps of a kind stand; empty for kinds that have none. */
export function exactMapsOf(groupKind: string): readonly (readonly string[])[] {
  return Object.hasOwn(exactMaps, groupKind) ? (exactMaps[groupKind] ?? []) : [];
}

/** A key of somebody else in a map that should hold ours alone. */
export interface ForeignKey {
  readonly steps: readonly string[];
  readonly manager: string;
}

/** Keys in these maps that others have written and we do not state. `managedFields` shows them, so no body has to be read. */
export function foreignKeys(
  managedFields: readonly ManagedFieldsEntry[],
  maps: readonly (readonly string[])[],
  ours: string,
): readonly ForeignKey[] {
  const own = applyEntry(managedFields, ours);
  const others = managedFields.filter((entry) => entry !== own && entry.subresource === '');
  return maps.flatMap((map) => {
    const stated = new Set(keysAt(own?.fieldsV1, map));
    return others.flatMap(({ manager, fieldsV1 }) =>
      keysAt(fieldsV1, map)
        .filter((key) => !stated.has(key))
        .map((key) => ({ steps: [...map, key], manager })),
    );
  });
}

/** As in `managedFields`: `.data.colour`. */
export function pathOfKey({ steps }: ForeignKey): string {
  return steps.map((step) => `.${step}`).join('');
}

function keysAt(fields: JsonObject | undefined, map: readonly string[]): readonly string[] {
  const node = map.reduce<Json | undefined>((at, step) => (isObject(at ?? null) ? (at as JsonObject)[`f:${step}`] : undefined), fields);
  if (node === undefined || !isObject(node)) return [];
  return Object.keys(node).flatMap((name) => (name.startsWith('f:') ? [name.slice(2)] : []));
}

/** The same, of an object that is only compared: keys that are there and are not stated. */
export function extraKeys(wanted: JsonObject, live: JsonObject, maps: readonly (readonly string[])[]): readonly string[] {
  const mapIn = (object: JsonObject, map: readonly string[]): JsonObject => {
    const found = map.reduce<Json | undefined>((at, step) => (isObject(at ?? null) ? (at as JsonObject)[step] : undefined), object);
    return found !== undefined && isObject(found) ? found : {};
  };
  return maps.flatMap((map) => {
    const stated = mapIn(wanted, map);
    return Object.keys(mapIn(live, map))
      .filter((key) => !Object.hasOwn(stated, key))
      .map((key) => [...map, key].map((step) => `.${step}`).join(''));
  });
}

/** The JSON merge patch that takes these keys away from this very version of the object. */
export function withoutKeys(
  keys: readonly ForeignKey[],
  { uid, resourceVersion }: { readonly uid: string; readonly resourceVersion: string },
): JsonObject {
  const patch: Record<string, Json> = { metadata: { uid, resourceVersion } };
  for (const { steps } of keys) Object.assign(patch, nulled(patch, steps));
  return patch;
}

function nulled(patch: JsonObject, [step = '', ...rest]: readonly string[]): JsonObject {
  const before = patch[step];
  const inside = before !== undefined && isObject(before) ? before : {};
  return { ...patch, [step]: rest.length === 0 ? null : nulled(inside, rest) };
}
