import { terminating } from '@accord/core/apply/terminating';
import type { ObjectResult } from '@accord/core/apply/report-policy';
import { removalsSpent, type GuardRefusal } from '@accord/core/guard/guard-object';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import { deletableAnnotation, ownerLabel } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import type { Kube, RemoveAnswer } from '../kube/kube.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { leaseLost } from '../kube/writes-while-held.ts';
import { resultWord } from './apply-intent.ts';
import type { UnwantedObject } from './gather.ts';
import { refOf } from './ref-of.ts';
import { unreadable } from './read-trouble.ts';
import type { WriteTimes } from './write-times.ts';

export interface RemoveUnwantedDeps {
  readonly kube: Kube;
  readonly mayWrite: () => boolean;
  /** How much the cluster's owner lets policies delete now. */
  readonly removalsLeft: () => number;
  readonly onRemoved: () => void;
  readonly clock: Clock;
  /** Told how long each removal took. */
  readonly writes: Pick<WriteTimes, 'noteRemoval'>;
}

const inFlightMax = 8;

/** Takes away what policies say must not exist, where its owner consents. What stays is told. */
export async function removeUnwanted(
  deps: RemoveUnwantedDeps,
  objects: readonly UnwantedObject[],
  signal: AbortSignal,
): Promise<ReadonlyMap<PolicyName, ReadonlyMap<ObjectKey, ObjectResult>>> {
  const results = new Map<PolicyName, Map<ObjectKey, ObjectResult>>();
  for (const { policy } of objects) results.set(policy, new Map());
  await forEachLimited(objects, Math.min(inFlightMax, objects.length), async (unwanted) => {
    results.get(unwanted.policy)?.set(unwanted.object.key, await removeOne(deps, unwanted, signal));
  });
  return results;
}

async function removeOne(
  { kube, mayWrite, removalsLeft, onRemoved, clock, writes }: RemoveUnwantedDeps,
  { policy, object, wantedBy, mayRemove, refusal }: UnwantedObject,
  signal: AbortSignal,
): Promise<ObjectResult> {
  if (wantedBy !== undefined) return { outcome: 'shadowed', by: wantedBy };
  const ref = await refOf(kube, object.manifest, signal);
  // Of a kind that is not served there is no object either.
  if ('outcome' in ref) return ref.reason === 'NoSuchKind' ? { outcome: 'done' } : ref;
  try {
    const live = await kube.get(ref, signal);
    if (live === undefined) return { outcome: 'done' };
    const { meta } = parseMeta(live);
    if (meta.deletionTimestamp !== undefined) return terminating(meta.finalizers ?? []);
    if (!mayRemove) return { outcome: 'differs', reason: 'Present', because: 'is there, and must not be' };
    if (refusal !== undefined) return guarded(refusal);
    // Ours leaves by the table of removals, with its brake.
    if (meta.labels[ownerLabel] !== undefined)
      return { outcome: 'retry', reason: 'Conflict', because: 'is there, and a policy still holds it' };
    if (meta.annotations[deletableAnnotation] !== 'true')
      return {
        outcome: 'blocked',
        reason: 'NotDeletable',
        because: `is there, and its owner has not allowed its removal with the annotation ${deletableAnnotation}=true`,
      };
    if (!mayWrite()) return leaseLost;
    if (removalsLeft() === 0) return guarded(removalsSpent);
    const startMs = clock.now();
    const answer = await kube.remove(ref, meta, signal);
    writes.noteRemoval(policy, { object: object.key, method: 'DELETE', startMs, endMs: clock.now(), result: resultWord(answer) });
    if (answer.outcome === 'removed' || answer.outcome === 'terminating') onRemoved();
    return resultOf(answer);
  } catch (error) {
    return unreadable(error);
  }
}

function resultOf(answer: RemoveAnswer): ObjectResult {
  if (answer.outcome === 'terminating') return terminating(answer.finalizers);
  return 'because' in answer ? { outcome: answer.outcome, reason: answer.reason, because: answer.because } : { outcome: 'done' };
}

function guarded({ reason, message }: GuardRefusal): ObjectResult {
  return { outcome: 'guarded', reason, because: message };
}
