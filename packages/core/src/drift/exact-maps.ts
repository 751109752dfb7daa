import type { Json, JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { objectAt } from '../policy/manifest.ts';
import { applyEntry, pathOf } from './managed-fields.ts';

/** A map that holds nothing but what is stated. */
export interface ExactMap {
  readonly steps: readonly string[];
  /** Keys that count; all of them where it is absent. */
  readonly only?: readonly string[];
}

/** What `match: MustOnlyHave` keeps free of foreign keys, by `group/Kind`. Lists are exact by themselves. */
const exactMaps: ReadonlyMap<string, readonly ExactMap[]> = new Map([
  ['/ConfigMap', [{ steps: ['data'] }, { steps: ['binaryData'] }]],
  ['/Secret', [{ steps: ['data'] }]],
  ['/ResourceQuota', [{ steps: ['spec', 'hard'] }]],
  // With it a controller writes the rules, as others label their roles.
  ['rbac.authorization.k8s.io/ClusterRole', [{ steps: [], only: ['aggregationRule'] }]],
]);

/** Where the maps of a kind stand; empty for kinds that have none. */
export function exactMapsOf(groupKind: string): readonly ExactMap[] {
  return exactMaps.get(groupKind) ?? [];
}

/** A key of somebody else in a map that should hold ours alone. */
export interface ForeignKey {
  readonly steps: readonly string[];
  readonly manager: string;
}

/** Keys in these maps that others have written and we do not state. `managedFields` shows them, so no body has to be read. */
export function foreignKeys(managedFields: readonly ManagedFieldsEntry[], maps: readonly ExactMap[], ours: string): readonly ForeignKey[] {
  const own = applyEntry(managedFields, ours);
  const others = managedFields.filter((entry) => entry !== own && entry.subresource === '');
  return maps.flatMap((map) => {
    const stated = new Set(keysAt(own?.fieldsV1, map));
    return others.flatMap(({ manager, fieldsV1 }) =>
      keysAt(fieldsV1, map)
        .filter((key) => !stated.has(key))
        .map((key) => ({ steps: [...map.steps, key], manager })),
    );
  });
}

/** As in `managedFields`: `.data.colour`. */
export function pathOfKey({ steps }: ForeignKey): string {
  return pathOf(steps);
}

function keysAt(fields: JsonObject | undefined, { steps, only }: ExactMap): readonly string[] {
  const node = objectAt(fields, ...steps.map((step) => `f:${step}`));
  const keys = Object.keys(node).flatMap((name) => (name.startsWith('f:') ? [name.slice(2)] : []));
  return only === undefined ? keys : keys.filter((key) => only.includes(key));
}

/** The same, of an object that is only compared: keys that are there and are not stated. */
export function extraKeys(wanted: JsonObject, live: JsonObject, maps: readonly ExactMap[]): readonly string[] {
  return maps.flatMap(({ steps, only }) => {
    const stated = objectAt(wanted, ...steps);
    return Object.keys(objectAt(live, ...steps))
      .filter((key) => !Object.hasOwn(stated, key) && (only?.includes(key) ?? true))
      .map((key) => pathOf([...steps, key]));
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
