import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { diffObject, type Difference } from './diff-object.ts';

/** What an apply would change and take away, out of the object and of what the server says an apply would leave of it. */
export function diffApplied(live: JsonObject, applied: JsonObject): readonly Difference[] {
  const [before, after] = [writtenOf(live), writtenOf(applied)];
  const gone = diffObject(before, after).filter((difference) => difference.live === undefined);
  return [...diffObject(after, before), ...gone.map(({ path, wanted }) => ({ path, wanted: undefined, live: wanted }))];
}

/** What people write of an object: the rest is the server's own. */
export function writtenOf({ metadata, status: _status, ...content }: JsonObject): JsonObject {
  const of = isObject(metadata) ? metadata : {};
  const kept = ['labels', 'annotations', 'finalizers', 'ownerReferences'].flatMap((name): [string, Json][] => {
    const value = of[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...content, metadata: Object.fromEntries(kept) };
}
