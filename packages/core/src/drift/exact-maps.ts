import type { Json, JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { objectAt } from '../policy/manifest.ts';
import { applyEntry, pathOf } from './managed-fields.ts';

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
  return pathOf(steps);
}

function keysAt(fields: JsonObject | undefined, map: readonly string[]): readonly string[] {
  const node = objectAt(fields, ...map.map((step) => `f:${step}`));
  return Object.keys(node).flatMap((name) => (name.startsWith('f:') ? [name.slice(2)] : []));
}

/** The same, of an object that is only compared: keys that are there and are not stated. */
export function extraKeys(wanted: JsonObject, live: JsonObject, maps: readonly (readonly string[])[]): readonly string[] {
  return maps.flatMap((map) => {
    const stated = objectAt(wanted, ...map);
    return Object.keys(objectAt(live, ...map))
      .filter((key) => !Object.hasOwn(stated, key))
      .map((key) => pathOf([...map, key]));
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
  return { ...patch, [step]: rest.length === 0 ? null : nulled(objectAt(patch, step), rest) };
}
