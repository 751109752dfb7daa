import { objectKey, type ObjectKey } from '@accord/proto/ids';
import type { ObjectRef } from './kube.ts';

/** Identity of the object that a reference names; the version of its kind does not matter. */
export function keyOf({ kind, namespace, name }: ObjectRef): ObjectKey {
  return objectKey(kind.group, kind.kind, namespace, name);
}
