import { recreatable } from '@accord/core/apply/recreatable';
import type { ObjectResult } from '@accord/core/apply/report-policy';
import { terminating } from '@accord/core/apply/terminating';
import type { JsonObject } from '@accord/proto/canonical';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import type { PolicySpec } from '@accord/proto/policy';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { Owned } from '../drift/owned-of.ts';
import type { ApplyAnswer, Kube, ObjectMeta, ObjectRef } from '../kube/kube.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { unreadable } from './read-trouble.ts';

/** Whether an object may be deleted for the sake of a field that never changes. What was there before any policy may not. */
export function mayRecreate(
  { kind: { group, kind } }: ObjectRef,
  before: Owned | undefined,
  { recreate: terms }: Pick<PolicySpec, 'recreate'>,
): before is Owned {
  return terms === 'IfImmutable' && before?.origin === 'Created' && recreatable.has(`${group}/${kind}`);
}

/**
 * Deletes an object and makes it anew from `body`. It is read right before, and the request names the version that was read.
 *
 * What a finalizer keeps is waited for: nothing can be made in its place. If the process dies in between, the object is missing, and
 * the next pass makes it.
 */
export async function recreate(
  { kube, owned }: { readonly kube: Kube; readonly owned: Pick<OwnedObjects, 'tookAway'> },
  { ref, body, before }: { readonly ref: ObjectRef; readonly body: JsonObject; readonly before: Owned },
  signal: AbortSignal,
): Promise<ApplyAnswer | ObjectResult> {
  try {
    const live = await kube.get(ref, signal);
    if (live !== undefined) {
      const { meta } = parseMeta(live);
      if (meta.deletionTimestamp !== undefined) return terminating(meta.finalizers ?? []);
      if (!isStill(before, meta)) return { outcome: 'retry', reason: 'Conflict', because: 'is not what it was when it was looked at' };
      const answer = await kube.remove(ref, meta, signal);
      if (answer.outcome === 'terminating') return terminating(answer.finalizers);
      if (answer.outcome === 'refused' || answer.outcome === 'retry') return answer;
      owned.tookAway(before.key);
    }
    return await kube.apply(ref, body, {}, signal);
  } catch (error) {
    return unreadable(error);
  }
}

function isStill({ uid, owner }: Owned, meta: ObjectMeta): boolean {
  return meta.uid === uid && meta.labels[ownerLabel] === owner && meta.annotations[originAnnotation] === 'Created';
}
