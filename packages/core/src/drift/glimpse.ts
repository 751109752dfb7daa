import { canonicalJson, sha256 } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import type { ShownObject } from './classify-event.ts';

/** What is kept of an object of others between two events of it: versions and digests, and no content. */
export interface Glimpse {
  readonly resourceVersion: string;
  /** Of who wrote what in it, and when, its status and other subresources aside. */
  readonly main: string;
  readonly beside: string;
}

export function glimpseOf({ uid, resourceVersion, deletionTimestamp = '', managedFields }: ShownObject): Glimpse {
  const isMain = ({ subresource }: ManagedFieldsEntry): boolean => subresource === '';
  return {
    resourceVersion,
    main: digestOf([uid, deletionTimestamp, ...managedFields.filter(isMain).map(textOf)]),
    beside: digestOf(managedFields.filter((entry) => !isMain(entry)).map(textOf)),
  };
}

/**
 * Whether more than a status was written between two events of an object.
 *
 * Times have a resolution of a second, so a second write within one leaves no trace: where nothing tells what was written, it counts.
 */
export function isWritten(before: Glimpse | undefined, now: Glimpse): boolean {
  if (before === undefined) return true;
  if (before.resourceVersion === now.resourceVersion) return false;
  return before.main !== now.main || before.beside === now.beside;
}

function textOf({ manager, operation, apiVersion, subresource, time, fieldsV1 }: ManagedFieldsEntry): string {
  return canonicalJson([manager, operation, apiVersion, subresource, time, fieldsV1]);
}

function digestOf(texts: readonly string[]): string {
  return Buffer.from(sha256(...texts).subarray(0, 16)).toString('base64url');
}
