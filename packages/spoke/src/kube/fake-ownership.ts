import { fieldPaths } from '@accord/core/drift/field-paths';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import type { JsonObject } from '@accord/proto/canonical';
import {
  fromFieldsV1,
  getAt,
  isEqual,
  overlaps,
  ownableFields,
  pathOf,
  toFieldsV1,
  withoutPath,
  withValue,
  type PathText,
} from './fake-fields.ts';

/** An object's content and who owns which of its fields, as the server keeps them. */
export interface Managed {
  readonly object: JsonObject;
  readonly entries: readonly ManagedFieldsEntry[];
}

export interface Applier {
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource: '' | 'status';
  readonly time: string;
}

/** Forced server-side apply. Returns `before` itself when it changes nothing, so that nothing is written and no time moves. */
export function serverSideApply(before: Managed, body: JsonObject, applier: Applier): Managed {
  const wanted = ownableFields(body, applier.subresource === 'status' ? 'status' : 'main');
  const isOwn = (entry: ManagedFieldsEntry): boolean =>
    entry.manager === applier.manager && entry.operation === 'Apply' && entry.subresource === applier.subresource;
  const own = before.entries.find(isOwn);
  const others = before.entries.filter((entry) => !isOwn(entry));
  const owned = own === undefined ? new Set<PathText>() : fromFieldsV1(own.fieldsV1);

  let object = before.object;
  for (const path of owned) if (!wanted.has(path) && !ownedByAny(others, path, wanted)) object = withoutPath(object, pathOf(path));
  for (const [path, value] of wanted) object = withValue(object, pathOf(path), value);
  const taken = [...wanted.keys()].filter((path) => !isEqual(getAt(before.object, pathOf(path)), getAt(object, pathOf(path))));
  const left = others.flatMap((entry) => without(entry, taken, object));
  // In another version of the kind it is the same object, and the entry tells the version that it was applied in.
  const isSame =
    (own === undefined || own.apiVersion === applier.apiVersion) &&
    isEqual(object, before.object) &&
    isEqual(toFieldsV1(owned), toFieldsV1(wanted.keys())) &&
    left.length === others.length &&
    left.every((entry, at) => entry === others[at]);
  if (isSame) return before;
  const { manager, apiVersion, subresource, time } = applier;
  const entry = { manager, operation: 'Apply', apiVersion, time, subresource, fieldsV1: toFieldsV1(wanted.keys()) };
  return { object, entries: wanted.size === 0 ? left : [...left, entry] };
}

/** Who holds fields that an apply would change, in the words of the server; undefined where nobody does. */
export function conflictOf(before: Managed, body: JsonObject, { manager }: Applier): string | undefined {
  const wanted = ownableFields(body, 'main');
  const changed = [...wanted].filter(([path, value]) => !isEqual(getAt(before.object, pathOf(path)), value)).map(([path]) => path);
  const others = before.entries.filter((entry) => entry.subresource === '' && (entry.manager !== manager || entry.operation !== 'Apply'));
  const conflicts = others.flatMap((entry) => {
    const owned = fromFieldsV1(entry.fieldsV1);
    const using = entry.operation === 'Update' ? ` using ${entry.apiVersion}` : '';
    return changed
      .filter((path) => owned.has(path))
      .map((path) => `conflict with "${entry.manager}"${using}: ${[...fieldPaths(toFieldsV1([path]))].join()}`);
  });
  const many = conflicts.length === 1 ? '1 conflict' : `${conflicts.length} conflicts`;
  return conflicts.length === 0 ? undefined : `Apply failed with ${many}: ${conflicts.join(', ')}`;
}

/** A PUT or a merge patch: whoever changes or removes a field takes it from all others. */
export function updateBy(before: Managed, object: JsonObject, { manager, apiVersion, time }: Omit<Applier, 'subresource'>): Managed {
  if (isEqual(object, before.object)) return before;
  const old = new Map([...ownableFields(before.object, 'main'), ...ownableFields(before.object, 'status')]);
  const now = new Map([...ownableFields(object, 'main'), ...ownableFields(object, 'status')]);
  const written = [...now].filter(([path, value]) => !isEqual(old.get(path), value)).map(([path]) => path);
  const removed = [...old.keys()].filter((path) => !now.has(path));
  const isOwn = (entry: ManagedFieldsEntry): boolean => entry.manager === manager && entry.operation === 'Update';
  const own = before.entries.find(isOwn);
  const kept = own === undefined ? [] : [...fromFieldsV1(own.fieldsV1)].filter((path) => now.has(path));
  const entry = { manager, operation: 'Update', apiVersion, time, subresource: '', fieldsV1: toFieldsV1([...kept, ...written]) };
  const others = before.entries.filter((other) => !isOwn(other)).flatMap((other) => without(other, [...written, ...removed], object));
  return { object, entries: kept.length + written.length === 0 ? others : [...others, entry] };
}

/** Takes away what was written by somebody else, and what is no longer there. A manager that owns nothing any more has no entry. */
function without(entry: ManagedFieldsEntry, taken: readonly PathText[], object: JsonObject): readonly ManagedFieldsEntry[] {
  const owned = fromFieldsV1(entry.fieldsV1);
  const left = [...owned].filter((path) => !taken.includes(path) && getAt(object, pathOf(path)) !== undefined);
  if (left.length === owned.size) return [entry];
  return left.length === 0 ? [] : [{ ...entry, fieldsV1: toFieldsV1(left) }];
}

function ownedByAny(entries: readonly ManagedFieldsEntry[], path: PathText, wanted: ReadonlyMap<PathText, unknown>): boolean {
  const isOwned = (other: PathText): boolean => overlaps(path, other);
  return entries.some(({ fieldsV1 }) => [...fromFieldsV1(fieldsV1)].some(isOwned)) || [...wanted.keys()].some(isOwned);
}
