import type { OwnedObject } from '@accord/core/apply/plan-apply';
import type { ObjectResult } from '@accord/core/apply/report-policy';
import { exactMapsOf, extraKeys } from '@accord/core/drift/exact-maps';
import { sealedIn } from '@accord/core/policy/sealed-secrets';
import { diffObject, renderDifference, type Difference } from '@accord/core/drift/diff-object';
import { findCulprit, writtenMsOf } from '@accord/core/drift/find-culprit';
import { applyEntry } from '@accord/core/drift/managed-fields';
import type { Intent } from '@accord/core/desired/intent';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import { adoptableAnnotation, contributorsAnnotation, fieldManager, ownerLabel } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import type { KindRef, Kube, ObjectMeta } from '../kube/kube.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import type { Live, Previews } from './previews.ts';
import { refOf } from './ref-of.ts';
import { unreadable } from './read-trouble.ts';

export interface CompareDeps {
  readonly kube: Kube;
  readonly ownedByKey: (key: ObjectKey) => OwnedObject | undefined;
  /** A kind that is compared is watched from then on, so that a change of ours is seen. */
  readonly onKind: (kind: KindRef) => void;
  readonly clock: Clock;
  readonly previews: Previews;
  /** Somebody took this object away, or changed it. */
  readonly isLost: (key: ObjectKey, owner: PolicyName) => boolean;
}

export type Compared = ReadonlyMap<PolicyName, ReadonlyMap<ObjectKey, ObjectResult>>;

const inFlightMax = 8;
/** In one sentence; the rest is a number. */
const differencesNamedMax = 3;
/** As data. */
const fieldsMax = 20;

/** Together: heals and the ends of grants wait for the pass, and must not wait for what only looks. */
const compareMsMax = 2_000;

/** Reads what policies only compare and tells what differs, by whom. It writes nothing. */
export async function compareAll(
  deps: CompareDeps,
  informing: ReadonlyMap<PolicyName, readonly Intent[]>,
  signal: AbortSignal,
): Promise<Compared> {
  const results = new Map([...informing.keys()].map((policy) => [policy, new Map<ObjectKey, ObjectResult>()]));
  const all = [...informing].flatMap(([policy, intents]) => intents.map((intent) => ({ policy, intent })));
  const late = new AbortController();
  const stop = AbortSignal.any([signal, late.signal]);
  const done = new AbortController();
  void deps.clock.sleep(compareMsMax, done.signal).then(() => late.abort());
  await forEachLimited(all, Math.min(inFlightMax, all.length), async ({ policy, intent }) => {
    results.get(policy)?.set(intent.key, await compare(deps, intent, stop));
  });
  done.abort();
  return results;
}

async function compare(deps: CompareDeps, intent: Intent, signal: AbortSignal): Promise<ObjectResult> {
  const { kube, ownedByKey, onKind, isLost } = deps;
  const { key, owner, body, digest, isCreateOnly, isExact } = intent;
  if (signal.aborted)
    return { outcome: 'retry', reason: 'Unreachable', because: 'the API server answers too slowly to compare everything at once' };
  const owned = ownedByKey(key);
  if (owned?.intact === true && owned.digest === digest) return { outcome: 'done' };
  // What only compares opens nothing, and may not read it either.
  if (sealedIn(body) !== undefined) return compareSealed(owned?.digest, digest, isLost(key, owner));
  const ref = await refOf(kube, body, signal);
  if ('outcome' in ref) return ref;
  try {
    const live = await kube.get(ref, signal);
    onKind(ref.kind);
    if (live === undefined) return { outcome: 'differs', reason: 'Missing', because: 'is not there' };
    if (isCreateOnly) return { outcome: 'done' };
    const { meta } = parseMeta(live);
    const different = await differences(deps, intent, { ref, live, meta }, signal);
    const extra = isExact ? extraKeys(body, live, exactMapsOf(`${ref.kind.group}/${ref.kind.kind}`)) : [];
    return withConsent(meta, compared(meta, different, extra));
  } catch (error) {
    return unreadable(error);
  }
}

const notOurs = 'it is of no policy, and its owner has not made it adoptable';

/** What exists without a policy is not applied before its owner agrees: better known before a cluster is enforced. */
function withConsent({ labels, annotations }: ObjectMeta, result: ObjectResult): ObjectResult {
  if (labels[ownerLabel] !== undefined || annotations[adoptableAnnotation] === 'true') return result;
  if (result.outcome === 'done') return { outcome: 'done', notOurs };
  return result.outcome === 'differs' ? { ...result, reason: 'NotOurs', because: `${result.because}; ${notOurs}` } : result;
}

/** By what was applied before: the values themselves are not looked at. */
function compareSealed(applied: string | undefined, wanted: string, isLost: boolean): ObjectResult {
  if (applied === undefined) return { outcome: 'differs', reason: 'Missing', because: 'has not been applied here' };
  if (applied === wanted && !isLost) return { outcome: 'done' };
  return { outcome: 'differs', reason: 'Differs', because: isLost ? 'was changed here' : 'is not what was applied last' };
}

/**
 * By the word of the server where it gives one. What is as wanted and was never applied cannot change by an apply, and need not be asked
 * about.
 */
async function differences(
  { previews }: CompareDeps,
  intent: Intent,
  { ref, live, meta }: Live,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const seen = diffObject(intent.body, live);
  const { labels, annotations, managedFields } = meta;
  const isAsked = seen.length > 0 || applyEntry(managedFields, fieldManager) !== undefined;
  // Of what another policy has a part in an apply of this one alone would take that away, and it never comes to that.
  const isShared = (labels[ownerLabel] ?? intent.owner) !== intent.owner || annotations[contributorsAnnotation] !== undefined;
  // What is left to others only the apply itself finds out.
  if (!isAsked || isShared || intent.yielding !== undefined) return seen;
  return (await previews.differences(intent, { ref, live, meta }, signal)) ?? seen;
}

function compared({ managedFields }: ObjectMeta, different: readonly Difference[], extra: readonly string[]): ObjectResult {
  const told = [...different.map(renderDifference), ...extra.map((path) => `${path} is there, and must not be`)];
  if (told.length === 0) return { outcome: 'done' };
  const named = told.slice(0, differencesNamedMax).join('; ');
  const more = told.length > differencesNamedMax ? `; and ${told.length - differencesNamedMax} more` : '';
  const fields = [...different.map(({ path }) => path), ...extra];
  const culprit = findCulprit(managedFields, { ours: fieldManager, missing: fields });
  const by = culprit === undefined ? '' : ` (last written by ${culprit.manager})`;
  const { manager = '', operation = '' } = culprit ?? {};
  const drift = { manager, operation, writtenMs: writtenMsOf(culprit), fields: fields.slice(0, fieldsMax) };
  return { outcome: 'differs', reason: 'Differs', because: `${named}${more}${by}`, drift };
}
