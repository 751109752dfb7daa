import type { JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';

/** The name under which `kubectl apply` without `--server-side` writes. Source: kubectl, pkg/cmd/apply, FieldManagerClientSideApply. */
const clientSideApply = 'kubectl-client-side-apply';

/**
 * The merge patch that ends the claim of client-side apply to an object that was adopted; undefined where there is none.
 *
 * It claims every field of what was once applied, so what a policy drops later would stay for ever. What it alone has claimed stays as it is,
 * and is nobody's.
 */
export function withoutClientSideApply(
  managedFields: readonly ManagedFieldsEntry[],
  { uid, resourceVersion }: { readonly uid: string; readonly resourceVersion: string },
): JsonObject | undefined {
  const others = managedFields.filter(({ manager, operation }) => manager !== clientSideApply || operation !== 'Update');
  if (others.length === managedFields.length) return undefined;
  const entries = others.map(({ subresource, ...entry }) => ({
    ...entry,
    fieldsType: 'FieldsV1',
    ...(subresource === '' ? {} : { subresource }),
  }));
  return { metadata: { uid, resourceVersion, managedFields: entries } };
}
