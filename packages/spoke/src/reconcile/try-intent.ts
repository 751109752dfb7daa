import { explainAggregation } from '@accord/core/apply/foreign-aggregation';
import type { ObjectResult } from '@accord/core/apply/report-policy';
import type { Intent } from '@accord/core/desired/intent';
import { fieldsToPutBack, mayWrite } from '@accord/core/drift/dry-run';
import type { Print } from '@accord/core/drift/fingerprint';
import type { JsonObject } from '@accord/proto/canonical';
import { fieldManager, originAnnotation } from '@accord/proto/labels';
import type { Kube, ObjectRef } from '../kube/kube.ts';
import { marked, withoutLeft, type ApplyIntentDeps } from './apply-intent.ts';
import { unreadable } from './read-trouble.ts';
import { refOf } from './ref-of.ts';
import { withoutValues } from './unseal.ts';

export interface TryIntentDeps extends Pick<ApplyIntentDeps, 'unseal'> {
  readonly kube: Kube;
}

/** What the last apply of the object has left. */
export interface LastApplied {
  readonly print: Print;
  readonly origin: 'Created' | 'Adopted';
}

export type Tried =
  | { readonly outcome: 'as-applied' }
  | { readonly outcome: 'changed'; readonly fields: readonly string[] }
  /** Nobody can say: a webhook that knows no dry run, a right that is missing, no answer. */
  | { readonly outcome: 'untold'; readonly because: string };

/** As data. */
const fieldsMax = 20;

/** Asks by a dry run of the very apply whether the object is still as it was applied. As a rule only metadata comes back; nothing is written. */
export async function tryIntent(
  { kube, unseal }: TryIntentDeps,
  { intent, applied }: { readonly intent: Intent; readonly applied: LastApplied },
  signal: AbortSignal,
): Promise<Tried> {
  const opened = await unseal(intent.body);
  if ('outcome' in opened) return untold(opened);
  const ref = await refOf(kube, intent.body, signal);
  if ('outcome' in ref) return untold(ref);
  const sent = await withoutLeft(kube, { ref, intent: { ...intent, body: opened.body } }, signal);
  if ('outcome' in sent) return untold(sent);
  const body = marked(sent.intent, applied.origin);
  const answer = await kube.apply(ref, body, { ...sent.options, dryRun: true }, signal);
  // Whoever changed where it comes from has changed it.
  if (answer.outcome === 'adoptable') return { outcome: 'changed', fields: [`.metadata.annotations.${originAnnotation}`] };
  if (!('meta' in answer)) {
    const { because } = withoutValues(answer, opened.values);
    // Nothing of ours has changed, but whoever labels a role fills this one from now on: the apply is refused, and its policy tells.
    const isAggregated = answer.outcome === 'refused' && explainAggregation(intent.body, because) !== because;
    return isAggregated ? { outcome: 'changed', fields: ['.aggregationRule'] } : { outcome: 'untold', because };
  }
  const { managedFields, deletionTimestamp } = answer.meta;
  if (deletionTimestamp !== undefined || !mayWrite(applied.print, managedFields, fieldManager)) return { outcome: 'as-applied' };
  // What was sealed is not looked at.
  return opened.body === intent.body ? lookClosely(kube, { ref, body }, signal) : { outcome: 'changed', fields: [] };
}

/** The server merges anew what it does not store, such as an empty list: only the content says whether anything has changed. */
async function lookClosely(
  kube: Kube,
  { ref, body }: { readonly ref: ObjectRef; readonly body: JsonObject },
  signal: AbortSignal,
): Promise<Tried> {
  try {
    const live = await kube.get(ref, signal);
    if (live === undefined) return { outcome: 'changed', fields: [] };
    const applied = await kube.preview(ref, body, signal);
    if (applied === undefined) return { outcome: 'untold', because: 'the API server does not say what would change' };
    const fields = fieldsToPutBack(live, applied).slice(0, fieldsMax);
    return fields.length === 0 ? { outcome: 'as-applied' } : { outcome: 'changed', fields };
  } catch (error) {
    return untold(unreadable(error));
  }
}

function untold(result: ObjectResult): Tried {
  return { outcome: 'untold', because: 'because' in result ? result.because : result.outcome };
}
