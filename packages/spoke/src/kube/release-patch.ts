import type { JsonObject } from '@accord/proto/canonical';
import { adoptableAnnotation, originAnnotation, ownerLabel } from '@accord/proto/labels';
import type { ObjectMeta } from './kube.ts';

/**
 * The JSON patch that gives an object back, or undefined when it does not carry our label.
 *
 * It tests what it takes away, so an object that changed hands meanwhile stays as it is. The origin is written down: without it the object
 * would count as adopted for ever.
 */
export function releasePatch({
  uid,
  labels,
  annotations,
}: Pick<ObjectMeta, 'uid' | 'labels' | 'annotations'>): readonly JsonObject[] | undefined {
  const owner = labels[ownerLabel];
  if (owner === undefined) return undefined;
  const label = `/metadata/labels/${escapePointer(ownerLabel)}`;
  const hasAnnotations = Object.keys(annotations).length > 0;
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: label, value: owner },
    { op: 'remove', path: label },
    ...(hasAnnotations ? [] : [{ op: 'add', path: '/metadata/annotations', value: {} }]),
    { op: 'add', path: `/metadata/annotations/${escapePointer(adoptableAnnotation)}`, value: 'true' },
    { op: 'add', path: `/metadata/annotations/${escapePointer(originAnnotation)}`, value: annotations[originAnnotation] ?? 'Adopted' },
  ];
}

/** RFC 6901. */
function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
