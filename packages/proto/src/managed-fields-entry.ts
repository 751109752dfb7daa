import type { JsonObject } from './canonical.ts';

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
