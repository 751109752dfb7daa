import type { JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { objectAt } from '../policy/manifest.ts';
import { diffApplied } from './diff-applied.ts';
import { printOf, type Print } from './fingerprint.ts';

/**
 * Whether an apply may write, out of what the answer to its dry run says of our own entry: the server gives it a new time where it
 * merges anything new, and leaves it alone where it does not. The version in such an answer is the stored one in both cases.
 *
 * What was applied within the same second looks as if nothing were new, and an empty list that is not stored is new each time.
 */
export function mayWrite(applied: Print, answered: readonly ManagedFieldsEntry[], manager: string): boolean {
  return printOf(answered, manager)?.fingerprint !== applied.fingerprint;
}

/** The fields in which an object differs from what a dry run says that an apply would leave, marks of ours among them. */
export function fieldsToPutBack(live: JsonObject, applied: JsonObject): readonly string[] {
  const content = diffApplied(live, applied).map(({ path }) => path);
  const marks = (['labels', 'annotations'] as const).flatMap((part) => {
    const [now, then] = [objectAt(live, 'metadata', part), objectAt(applied, 'metadata', part)];
    const names = new Set([...Object.keys(now), ...Object.keys(then)].filter((name) => name.startsWith('accord.dev/')));
    return [...names].filter((name) => now[name] !== then[name]).map((name) => `.metadata.${part}.${name}`);
  });
  return [...content, ...marks];
}
