import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { objectAt } from '../policy/manifest.ts';

/** A place in an object as it is told: `.spec.replicas`. */
export function pathOf(steps: readonly string[]): string {
  return steps.map((step) => `.${step}`).join('');
}

/** The entry that server-side apply keeps for a manager, of the object or of a subresource; plain updates under the same name are another. */
export function applyEntry(entries: readonly ManagedFieldsEntry[], manager: string, subresource = ''): ManagedFieldsEntry | undefined {
  return entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && entry.subresource === subresource);
}

/** Whether the manager itself applies this annotation, so that it is its word and nobody else's. */
export function appliesAnnotation(entries: readonly ManagedFieldsEntry[], manager: string, annotation: string): boolean {
  const annotations = objectAt(applyEntry(entries, manager)?.fieldsV1, 'f:metadata', 'f:annotations');
  return Object.hasOwn(annotations, `f:${annotation}`);
}
