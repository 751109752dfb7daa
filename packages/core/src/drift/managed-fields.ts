import type { JsonObject } from '@accord/proto/canonical';

/**
 * One entry of `metadata.managedFields`: which fields a manager owns.
 *
 * Source: Kubernetes documentation, "Server-Side Apply", field management. An absent subresource is the empty text.
 */
export interface ManagedFieldsEntry {
  readonly manager: string;
  readonly operation: string;
  readonly apiVersion: string;
  readonly time: string;
  readonly subresource: string;
  readonly fieldsV1: JsonObject;
}

/** The entry that server-side apply keeps for a manager; writes to a subresource and plain updates under the same name are others. */
export function applyEntry(entries: readonly ManagedFieldsEntry[], manager: string): ManagedFieldsEntry | undefined {
  return entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && entry.subresource === '');
}
