import type { JsonObject } from '@accord/proto/canonical';
import { foreignKeys, pathOfKey, type ExactMap, type ForeignKey } from './exact-maps.ts';
import { missingPaths } from './field-paths.ts';
import { findCulprit, type Culprit } from './find-culprit.ts';
import { printOf, type Print } from './fingerprint.ts';
import { appliedHashAnnotation } from '@accord/proto/labels';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { applyEntry } from './managed-fields.ts';
import { turnedKeys, type TurnedKey } from './turned-keys.ts';

/** What the answer to our last apply, or the last event, said of an object. */
export interface LastSeen {
  readonly uid: string;
  readonly resourceVersion: string;
  /** Undefined while no entry of ours is on it. */
  readonly print: Print | undefined;
  /** Hash of what we applied, as the object itself said then. */
  readonly digest?: string;
  /** Maps that hold nothing but what we state. */
  readonly exactMaps?: readonly ExactMap[];
  /** Elements of others in lists of ours. */
  readonly beside?: readonly string[];
}

/** The parts of an event that are judged. The spoke's metadata fits as it is. */
export interface ShownObject {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly deletionTimestamp: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  readonly managedFields: readonly ManagedFieldsEntry[];
}

export interface ObjectEvent {
  readonly type: 'present' | 'gone';
  readonly meta: ShownObject;
}

export type DriftCause =
  /** Others own fields of ours now, or took them away. */
  | 'FieldsChanged'
  /** Others wrote keys into a map that should hold ours alone. */
  | 'ForeignKeys'
  /** Somebody applied under our name. */
  | 'ImpersonatedManager'
  /** Our entry is gone, so that nothing more could be seen. */
  | 'ManagedFieldsReset';

/** Why something was put right: also that the object was made anew, taken away, or changed without a trace. docs/flows/drift.md is tested against this list. */
export const healCauses = [
  ...(['FieldsChanged', 'ForeignKeys', 'ImpersonatedManager', 'ManagedFieldsReset'] satisfies DriftCause[]),
  ...(['Recreated', 'Gone', 'UnseenWrite'] as const),
] as const;
export type HealCause = (typeof healCauses)[number];

export type EventMeaning =
  /** Our own write, or older than it. */
  | { readonly means: 'echo' }
  /** Status, fields that we do not own, other managers. */
  | { readonly means: 'ignore' }
  | {
      readonly means: 'drift';
      readonly cause: DriftCause;
      readonly fields: readonly string[];
      readonly culprit: Culprit | undefined;
      readonly turned?: readonly TurnedKey[];
    }
  /** Deleted, or our label was removed: only the next request tells them apart. */
  | { readonly means: 'gone' }
  /** Deleted and created again by somebody else: counts as drift of the whole object. */
  | { readonly means: 'recreated'; readonly culprit: Culprit | undefined }
  | { readonly means: 'terminating' };

/**
 * Judges one watch event of an object of ours against what was last known of it.
 *
 * While a request of ours for the object is in flight its echo looks like drift: keep the newest event and judge it after the answer.
 */
export function classifyEvent(last: LastSeen, { type, meta }: ObjectEvent, manager: string): EventMeaning {
  if (!isNewer(meta.resourceVersion, last.resourceVersion)) return { means: 'echo' };
  // The fingerprint of a DELETED event is the old one even where the label was removed, so it says nothing.
  if (type === 'gone') return { means: 'gone' };
  if (meta.deletionTimestamp !== undefined) return { means: 'terminating' };
  if (meta.uid !== last.uid)
    return { means: 'recreated', culprit: findCulprit(meta.managedFields, { ours: manager, missing: ownedPaths(last.print) }) };
  const print = printOf(meta.managedFields, manager);
  if (print?.fingerprint === last.print?.fingerprint) {
    // Times have a resolution of a second: what a process that was replaced has sent comes late and looks like our own.
    if (last.digest !== undefined && meta.annotations[appliedHashAnnotation] !== last.digest) return driftOf(last, meta, manager);
    const foreign = last.exactMaps === undefined ? [] : foreignKeys(meta.managedFields, last.exactMaps, manager);
    return foreign.length === 0 ? { means: 'ignore' } : foreignDrift(meta, foreign);
  }
  return driftOf(last, meta, manager);
}

function foreignDrift({ managedFields }: ShownObject, keys: readonly ForeignKey[]): EventMeaning {
  const [{ manager } = { manager: '' }] = keys;
  const entry = managedFields.find((candidate) => candidate.manager === manager);
  const culprit = entry && { manager, operation: entry.operation, time: entry.time };
  return { means: 'drift', cause: 'ForeignKeys', fields: keys.map(pathOfKey), culprit };
}

function driftOf({ print, beside = [] }: LastSeen, { managedFields }: ShownObject, manager: string): EventMeaning {
  const entry = applyEntry(managedFields, manager);
  const before = print === undefined ? {} : parseFields(print.fields);
  const fields = missingPaths(before, entry?.fieldsV1 ?? {});
  const culprit = findCulprit(managedFields, { ours: manager, missing: fields });
  if (entry === undefined) return { means: 'drift', cause: 'ManagedFieldsReset', fields, culprit };
  if (fields.length > 0) {
    const turned = turnedKeys({ fields: before, beside }, managedFields, manager);
    return { means: 'drift', cause: 'FieldsChanged', fields, culprit, ...(turned.length > 0 && { turned }) };
  }
  // Nothing was taken from us, and yet the entry differs: only a request with our name can write it.
  const { operation, time } = entry;
  return { means: 'drift', cause: 'ImpersonatedManager', fields, culprit: { manager, operation, time } };
}

function ownedPaths(print: Print | undefined): readonly string[] {
  return print === undefined ? [] : missingPaths(parseFields(print.fields), {});
}

function parseFields(fields: string): JsonObject {
  return JSON.parse(fields) as JsonObject;
}

/** Resource versions of one server are comparable integers (KEP-5504); text of another length would compare wrongly. */
function isNewer(version: string, than: string): boolean {
  return than === '' || BigInt(version) > BigInt(than);
}
