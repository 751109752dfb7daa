import { canonicalJson, sha256 } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { applyEntry } from './managed-fields.ts';

/** What is kept of our managedFields entry, to see later whether anybody wrote to a field of ours. */
export interface Print {
  /** Changes with every foreign write to a field of ours, and with nothing else. */
  readonly fingerprint: string;
  readonly time: string;
  /** Canonical JSON of `fieldsV1`. Objects of one shape have equal text, so a caller with many may keep one copy of each. */
  readonly fields: string;
}

/**
 * Identity of the entry that server-side apply keeps for `manager`; undefined when there is none.
 *
 * On any write by another manager the server takes each changed or removed path out of our entry, so values need not be compared.
 * The time is part of it: otherwise a write under our own name would not be seen.
 */
export function fingerprint(entries: readonly ManagedFieldsEntry[], manager: string, subresource = ''): string | undefined {
  return printOf(entries, manager, subresource)?.fingerprint;
}

/** As `fingerprint`, with what it was taken from. */
export function printOf(entries: readonly ManagedFieldsEntry[], manager: string, subresource = ''): Print | undefined {
  const entry = applyEntry(entries, manager, subresource);
  if (entry === undefined) return undefined;
  const { operation, apiVersion, time } = entry;
  const fields = canonicalJson(entry.fieldsV1);
  const digest = sha256(canonicalJson([manager, operation, apiVersion, time]), fields);
  // 128 bits: nobody can choose two entries of ours, and the spoke keeps one of these for each object.
  return { fingerprint: Buffer.from(digest.subarray(0, 16)).toString('base64url'), time, fields };
}
