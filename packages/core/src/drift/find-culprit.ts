import { fieldPaths, isBelow } from './field-paths.ts';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { applyEntry } from './managed-fields.ts';

/** Who wrote, as the object says. Writers choose their name, so this is evidence and no proof. */
export interface Culprit {
  readonly manager: string;
  readonly operation: string;
  /** With a resolution of one second. */
  readonly time: string;
}

/** When that was, in milliseconds since the epoch; 0 where the object does not say. */
export function writtenMsOf(culprit: Culprit | undefined): number {
  const ms = Date.parse(culprit?.time ?? '');
  return Number.isNaN(ms) ? 0 : ms;
}

/**
 * The newest other entry that owns one of the missing paths.
 *
 * Undefined when a field was only taken away: the server keeps no entry for a manager that owns nothing.
 */
export function findCulprit(
  entries: readonly ManagedFieldsEntry[],
  { ours, missing }: { readonly ours: string; readonly missing: readonly string[] },
): Culprit | undefined {
  const own = applyEntry(entries, ours);
  const suspects = entries.filter((entry) => entry !== own && ownsAny(entry, missing));
  const newest = suspects.toSorted((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0))[0];
  return newest && { manager: newest.manager, operation: newest.operation, time: newest.time };
}

function ownsAny({ fieldsV1 }: ManagedFieldsEntry, missing: readonly string[]): boolean {
  const owned = [...fieldPaths(fieldsV1)];
  return missing.some((path) => owned.some((other) => other === path || isBelow(other, path) || isBelow(path, other)));
}
