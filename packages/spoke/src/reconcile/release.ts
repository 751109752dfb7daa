import type { Kube, ObjectRef, RemoveAnswer } from '../kube/kube.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { unanswered } from './read-trouble.ts';

/** Gives an object back. Labels and annotations are not kept for thousands of objects for the rare case that this happens, so they are read. */
export async function release(kube: Kube, ref: ObjectRef, signal: AbortSignal): Promise<RemoveAnswer> {
  try {
    const object = await kube.get(ref, signal);
    return object === undefined ? { outcome: 'absent' } : await kube.release(ref, parseMeta(object).meta, signal);
  } catch (error) {
    return unanswered(error);
  }
}
