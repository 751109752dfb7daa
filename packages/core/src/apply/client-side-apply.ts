import type { JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';

/** The name under which `kubectl apply` without `--server-side` writes. Source: kubectl, pkg/cmd/apply, FieldManagerClientSideApply. */
const clientSideApply = 'kubectl-client-side-apply';

interface Version {
  readonly uid: string;
  readonly resourceVersion: string;
}

/**
 * The merge patch that ends the claim of client-side apply to an object that was adopted; undefined where there is none.
 *
 * It claims every field of what was once applied, so what a policy drops later would stay for ever. What it alone has claimed stays as it is,
 * and is nobody's.
 */
export function withoutClientSideApply(managedFields: readonly ManagedFieldsEntry[], version: Version): JsonObject | undefined {
  return withoutUpdatesBy(clientSideApply, managedFields, version);
}

/** The same of what a manager that applies has updated besides, where it claims content by it. Marks in the metadata it may keep. */
export function withoutUpdatesBeside(name: string, managedFields: readonly ManagedFieldsEntry[], version: Version): JsonObject | undefined {
  const claimsContent = managedFields.some(
    ({ manager, operation, fieldsV1 }) =>
      manager === name && operation === 'Update' && Object.keys(fieldsV1).some((field) => field !== 'f:metadata'),
  );
  return claimsContent ? withoutUpdatesBy(name, managedFields, version) : undefined;
}

function withoutUpdatesBy(
  name: string,
  managedFields: readonly ManagedFieldsEntry[],
  { uid, resourceVersion }: Version,
): JsonObject | undefined {
  const others = managedFields.filter(({ manager, operation }) => manager !== name || operation !== 'Update');
  if (others.length === managedFields.length) return undefined;
  const entries = others.map(({ subresource, ...entry }) => ({
    ...entry,
    fieldsType: 'FieldsV1',
    ...(subresource === '' ? {} : { subresource }),
  }));
  return { metadata: { uid, resourceVersion, managedFields: entries } };
}
