import type { KeptNamespace } from './end-namespace.ts';
import type { ObjectResult, Trouble } from '@accord/core/apply/report-policy';
import type { Intent } from '@accord/core/desired/intent';
import { withoutClientSideApply, withoutUpdatesBeside } from '@accord/core/apply/client-side-apply';
import { explainAggregation } from '@accord/core/apply/foreign-aggregation';
import { leaveFields } from '@accord/core/apply/leave-fields';
import { owningTool } from '@accord/core/apply/owning-tool';
import { terminating } from '@accord/core/apply/terminating';
import { turnBack } from '@accord/core/apply/turn-back';
import { exactMapsOf, foreignKeys, withoutKeys } from '@accord/core/drift/exact-maps';
import { secretsGrantKey } from '@accord/core/policy/sealed-secrets';
import type { JsonObject } from '@accord/proto/canonical';
import { appliedHashAnnotation, fieldManager, originAnnotation } from '@accord/proto/labels';
import type { PolicySpec } from '@accord/proto/policy';
import type { Clock } from '@accord/runtime/clock';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { Owned } from '../drift/owned-of.ts';
import type { ApplyAnswer, ApplyOptions, KindRef, Kube, ObjectRef, RemoveAnswer } from '../kube/kube.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { leaseLost } from '../kube/writes-while-held.ts';
import { mayRecreate, recreate } from './recreate.ts';
import { refOf } from './ref-of.ts';
import { unanswered } from './read-trouble.ts';
import { withoutValues, type Unsealed } from './unseal.ts';
import type { WriteTimes } from './write-times.ts';

export interface ApplyIntentDeps {
  readonly kube: Kube;
  readonly owned: OwnedObjects;
  /** Objects that the cluster's owner lets policies hold. */
  readonly objectsMax: () => number;
  /** A kind that is applied is watched from then on. */
  readonly onKind: (kind: KindRef) => void;
  /** Why nothing may be written now that the spoke does not hold yet. */
  readonly againstNew: (signal: AbortSignal) => Promise<Trouble | undefined>;
  /** Opens what is sealed, when it is sent and not before. */
  readonly unseal: (body: JsonObject) => Promise<Unsealed | Trouble>;
  readonly clock: Clock;
  /** Told how long each write took. */
  readonly writes: Pick<WriteTimes, 'noteApply'>;
  /** Checked before each write: a process that slept may have been replaced. */
  readonly mayWrite: () => boolean;
}

/** What the policy that owns an object allows where an apply alone does not do. */
export type Terms = Pick<PolicySpec, 'adoption' | 'recreate'>;

/** The answer of the API server, and what was left to others. */
export type AppliedAnswer = ApplyAnswer & { readonly left?: readonly string[] };

interface Job {
  readonly intent: Intent;
  readonly terms: Terms;
}

/** Applies one object, adopts it or makes it anew where that is allowed, and keeps what came of it. */
export async function applyIntent(
  deps: ApplyIntentDeps,
  { intent, terms }: Job,
  signal: AbortSignal,
): Promise<AppliedAnswer | ObjectResult> {
  const { kube, owned, objectsMax, mayWrite, againstNew, onKind, unseal, clock, writes } = deps;
  const { key } = intent;
  if (!mayWrite()) return leaseLost;
  const before = owned.get(key);
  if (before === undefined && owned.size >= objectsMax())
    return { outcome: 'guarded', reason: 'MaxObjects', because: `policies may hold ${objectsMax()} objects here` };
  const doubt = before === undefined ? await againstNew(signal) : undefined;
  if (doubt !== undefined) return doubt;
  const opened = await unseal(intent.body);
  if ('outcome' in opened) return opened;
  const ref = await refOf(kube, intent.body, signal);
  if ('outcome' in ref) return ref;
  const isSealed = opened.body !== intent.body;
  const settle = owned.begin(key);
  const startMs = clock.now();
  const answer = explained(intent, await applyOnTerms(deps, { intent: { ...intent, body: opened.body }, terms, ref, before }, signal));
  // What was only looked at was not written.
  if (answer.outcome !== 'done')
    writes.noteApply(intent, { object: key, method: 'PATCH', startMs, endMs: clock.now(), result: resultWord(answer) });
  // What the spoke may not even write it may not list either: to ask again and again would only fill the log. Secrets are watched by namespace.
  if (!isSealed && answer.outcome !== 'refused') onKind(ref.kind);
  settle('meta' in answer ? { ref, meta: answer.meta } : undefined);
  // An apply changes what is being deleted, and keeps it from nothing.
  if ('meta' in answer && answer.meta.deletionTimestamp !== undefined) return terminating(answer.meta.finalizers ?? []);
  return isSealed ? soonAllowed(deps, ref, withoutValues(answer, opened.values)) : answer;
}

function explained({ body }: Intent, answer: AppliedAnswer | ObjectResult): AppliedAnswer | ObjectResult {
  return answer.outcome === 'refused' ? { ...answer, because: explainAggregation(body, answer.because) } : answer;
}

/** In one word: what came of a write, or why nothing did. */
export function resultWord(answer: AppliedAnswer | RemoveAnswer | ObjectResult | KeptNamespace): string {
  // A namespace that was kept is given back: why it was, its policy tells.
  if (answer.outcome === 'kept') return answer.outcome;
  return 'reason' in answer ? answer.reason : answer.outcome;
}

/** The server reads a new grant a moment after it was written. */
const grantReadMs = 10_000;

function soonAllowed(
  { owned, clock }: ApplyIntentDeps,
  ref: ObjectRef,
  answer: AppliedAnswer | ObjectResult,
): AppliedAnswer | ObjectResult {
  if (answer.outcome !== 'refused' || answer.reason !== 'Forbidden') return answer;
  const grantedMs = owned.get(secretsGrantKey(ref.namespace ?? ''))?.appliedMs ?? Number.NEGATIVE_INFINITY;
  return clock.now() - grantedMs > grantReadMs ? answer : { outcome: 'retry', reason: 'Forbidden', because: answer.because };
}

interface Situation extends Job {
  readonly ref: ObjectRef;
  readonly before: Owned | undefined;
}

async function applyOnTerms(deps: ApplyIntentDeps, situation: Situation, signal: AbortSignal): Promise<AppliedAnswer | ObjectResult> {
  const { kube } = deps;
  const { intent, terms, ref, before } = situation;
  // An apply would write into what somebody else made.
  if (intent.isCreateOnly && before === undefined) {
    const there = await look(kube, ref, signal);
    if (there !== 'absent') return there;
  }
  const sent = await withoutLeft(kube, { ref, intent }, signal);
  if ('outcome' in sent) return sent;
  const { left, options } = sent;
  const origin = before?.origin ?? 'Created';
  const against = await keysBack(kube, situation, signal);
  if (against !== undefined) return against;
  const seen = before === undefined ? options : { ...options, seenVersion: before.resourceVersion };
  const answer = await kube.apply(ref, marked(sent.intent, origin), seen, signal);
  if ('meta' in answer) {
    const exact = await onlyOurs(kube, { ref, intent }, await onlyApplied(kube, ref, answer, signal), signal);
    return 'meta' in exact && left.length > 0 ? { ...exact, left } : exact;
  }
  // The guard rail decides the origin, not the spoke: what existed, with its owner's consent, is adopted.
  if (answer.outcome === 'adoptable') {
    const refusal = before === undefined ? await againstAdoption(kube, { ref, terms }, signal) : undefined;
    return refusal ?? adopt(kube, { ref, body: marked(sent.intent, origin === 'Created' ? 'Adopted' : 'Created'), options }, signal);
  }
  if (answer.outcome !== 'refused' || answer.reason !== 'Immutable' || !mayRecreate(ref, before, terms)) return answer;
  return deps.mayWrite() ? recreate(deps, { ref, body: marked(intent, 'Created'), before }, signal) : leaseLost;
}

/** What is sent where fields are left to others: which these are, only the object itself says. */
export async function withoutLeft(
  kube: Kube,
  { ref, intent }: Pick<Situation, 'ref' | 'intent'>,
  signal: AbortSignal,
): Promise<ObjectResult | { readonly intent: Intent; readonly left: readonly string[]; readonly options: ApplyOptions }> {
  const { yielding, body } = intent;
  if (yielding === undefined) return { intent, left: [], options: {} };
  try {
    const live = await kube.get(ref, signal);
    const fields = live === undefined ? { body, left: [] } : leaveFields(body, parseMeta(live).meta.managedFields, yielding, fieldManager);
    return { intent: { ...intent, body: fields.body }, left: fields.left, options: yielding.fails === true ? { force: false } : {} };
  } catch (error) {
    return unanswered(error);
  }
}

/** Takes over an object of others, with what client-side apply has claimed of it. */
async function adopt(
  kube: Kube,
  { ref, body, options }: { readonly ref: ObjectRef; readonly body: JsonObject; readonly options: ApplyOptions },
  signal: AbortSignal,
): Promise<ApplyAnswer> {
  const answer = await kube.apply(ref, body, options, signal);
  const patch = 'meta' in answer ? withoutClientSideApply(answer.meta.managedFields, answer.meta) : undefined;
  return patch === undefined ? answer : kube.patch(ref, patch, signal);
}

/** Undoes what somebody did to the keys of list elements, where it can be told. Where not, the apply brings ours back beside what is there. */
async function keysBack(
  kube: Kube,
  { ref, intent, before }: Pick<Situation, 'ref' | 'intent' | 'before'>,
  signal: AbortSignal,
): Promise<ObjectResult | undefined> {
  // What others may hold in this object they may also have renamed.
  if (before?.turned === undefined || intent.yielding !== undefined) return undefined;
  try {
    const object = await kube.get(ref, signal);
    const patch = object === undefined ? undefined : turnBack(intent.body, { object, ...parseMeta(object).meta }, before.turned);
    const answer = patch === undefined ? undefined : await kube.patch(ref, patch, signal);
    return answer?.outcome === 'retry' ? answer : undefined;
  } catch (error) {
    return unanswered(error);
  }
}

/** Ends the claim that a patch of ours has left: what a policy drops later would stay for ever. */
async function onlyApplied(
  kube: Kube,
  ref: ObjectRef,
  answer: Extract<ApplyAnswer, { readonly meta: unknown }>,
  signal: AbortSignal,
): Promise<ApplyAnswer> {
  const patch = withoutUpdatesBeside(fieldManager, answer.meta.managedFields, answer.meta);
  return patch === undefined ? answer : kube.patch(ref, patch, signal);
}

/** Takes away what an apply leaves: keys of others in maps that hold nothing but what is stated. */
async function onlyOurs(
  kube: Kube,
  { ref, intent }: Pick<Situation, 'ref' | 'intent'>,
  answer: ApplyAnswer,
  signal: AbortSignal,
): Promise<ApplyAnswer> {
  if (!('meta' in answer)) return answer;
  const maps = intent.isExact ? exactMapsOf(`${ref.kind.group}/${ref.kind.kind}`) : [];
  const mayStay = intent.yielding?.yieldTo ?? [];
  const keys = foreignKeys(answer.meta.managedFields, maps, fieldManager).filter(({ manager }) => !mayStay.includes(manager));
  if (keys.length === 0) return answer;
  const patched = await kube.patch(ref, withoutKeys(keys, answer.meta), signal);
  return 'meta' in patched && answer.outcome === 'created' ? { ...patched, outcome: 'created' } : patched;
}

/** Whether something is there; what cannot be told is tried again. */
async function look(kube: Kube, ref: ObjectRef, signal: AbortSignal): Promise<'absent' | ObjectResult> {
  try {
    return (await kube.get(ref, signal)) === undefined ? 'absent' : { outcome: 'done' };
  } catch (error) {
    return unanswered(error);
  }
}

/** Why an object that its owner would give is not taken. */
async function againstAdoption(
  kube: Kube,
  { ref, terms }: Pick<Situation, 'ref' | 'terms'>,
  signal: AbortSignal,
): Promise<ObjectResult | undefined> {
  if (terms.adoption === 'Always') return undefined;
  if (terms.adoption === 'Never')
    return { outcome: 'blocked', reason: 'AdoptionRefused', because: 'exists, and the policy adopts nothing' };
  try {
    const object = await kube.get(ref, signal);
    const tool = object === undefined ? undefined : owningTool(object);
    if (tool === undefined) return undefined;
    return {
      outcome: 'blocked',
      reason: 'AdoptionRefused',
      because: `exists and is kept by ${tool}; with adoption: Always it would be taken`,
    };
  } catch (error) {
    return unanswered(error);
  }
}

/** The intent as it is sent: with where it comes from, and the hash that tells later whether it is still the same. */
export function marked({ body, digest }: Pick<Intent, 'body' | 'digest'>, origin: 'Created' | 'Adopted'): JsonObject {
  const metadata = body['metadata'] as JsonObject;
  const annotations = {
    ...(metadata['annotations'] as JsonObject | undefined),
    [originAnnotation]: origin,
    [appliedHashAnnotation]: digest,
  };
  return { ...body, metadata: { ...metadata, annotations } };
}
