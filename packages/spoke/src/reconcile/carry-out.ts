import type { ApplyPlan, Removal } from '@accord/core/apply/plan-apply';
import type { ObjectResult } from '@accord/core/apply/report-policy';
import { terminating } from '@accord/core/apply/terminating';
import type { Intent } from '@accord/core/desired/intent';
import { secretsGrantIn } from '@accord/core/policy/sealed-secrets';
import { namespaceKeyOf, renderKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import { isDefinition, secretKind } from '../kube/own-kinds.ts';
import { applyIntent, resultWord, type AppliedAnswer, type ApplyIntentDeps, type Terms } from './apply-intent.ts';
import type { ApplyAnswer, Kube, ObjectRef, RefusalReason, RemoveAnswer } from '../kube/kube.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { leaseLost } from '../kube/writes-while-held.ts';
import type { Owned } from '../drift/owned-of.ts';
import type { Awaited } from './awaited.ts';
import { endNamespace, type KeptNamespace } from './end-namespace.ts';
import { unanswered } from './read-trouble.ts';
import { Waits } from './waits.ts';
import { WriteTimes } from './write-times.ts';

export interface CarryOutDeps extends Omit<ApplyIntentDeps, 'writes'> {
  readonly awaited: Awaited;
  readonly termsOf: (policy: PolicyName) => Terms;
  /** Something was deleted that was not over by itself. */
  readonly onRemoved: () => void;
}

/** What has been carried out so far. */
export interface Carried {
  readonly results: Map<ObjectKey, ObjectResult>;
  readonly created: Set<ObjectKey>;
  readonly changed: Set<ObjectKey>;
  readonly removed: Set<ObjectKey>;
  readonly released: Set<ObjectKey>;
  readonly writes: WriteTimes;
}

export interface CarryOutWatch {
  readonly signal: AbortSignal;
  /** The request for this object is about to be sent. What goes with it counts as in flight with it. */
  readonly onStart: (key: ObjectKey) => Promise<unknown>;
  /** There is a result for this object. */
  readonly onDone: (key: ObjectKey) => void;
}

/** Once it is given back, what is in it can no longer be removed. */
const namespaceInUse: ObjectResult = { outcome: 'retry', reason: 'NamespaceInUse', because: 'something in it could not be removed yet' };

type Applied = Extract<ApplyAnswer, { readonly meta: unknown }>['outcome'];

/** In flight inside one stage; the client itself adapts how many of them are on the wire. */
const inFlightMax = 64;
/** Refusals that end by themselves, when what is missing comes or what is leaving is gone. A kind that is not served takes what was to leave along. */
const passing: ReadonlySet<string> = new Set<RefusalReason>(['NamespaceMissing', 'RoleMissing', 'NamespaceTerminating', 'NoSuchKind']);

/** After these answers nothing of ours is there. */
const noLongerOurs: ReadonlySet<string> = new Set<(RemoveAnswer | KeptNamespace)['outcome']>(['removed', 'released', 'absent', 'kept']);

export function nothingCarried(): Carried {
  return { results: new Map(), created: new Set(), changed: new Set(), removed: new Set(), released: new Set(), writes: new WriteTimes() };
}

/** Sends what was planned, into `carried`: applies by stage, then removals in reverse, each only where its policy's applies are all in. */
export async function carryOut(
  deps: CarryOutDeps,
  { plan, intents }: { readonly plan: ApplyPlan; readonly intents: ReadonlyMap<ObjectKey, Intent> },
  carried: Carried,
  { signal, onStart, onDone }: CarryOutWatch,
): Promise<void> {
  const { termsOf } = deps;
  const waits = new Waits(deps, intents.values(), carried);
  const applyDeps = { ...deps, writes: carried.writes };
  const applyStages = async (stages: readonly number[]): Promise<void> => {
    for (const stage of stages) {
      const ofStage = plan.apply.filter((wanted) => wanted.stage === stage);
      for (const group of byOrder(ofStage)) {
        await forEachLimited(group, Math.min(inFlightMax, group.length), async ({ key, owner }) => {
          const intent = intents.get(key);
          if (intent === undefined) return;
          const beside = onStart(key);
          const answer = (await waits.before(intent, signal)) ?? (await applyIntent(applyDeps, { intent, terms: termsOf(owner) }, signal));
          noteApplied(carried, key, await waits.judge(intent, answer, signal));
          onDone(key);
          await beside;
        });
      }
    }
  };
  const removeAll = async (removals: readonly Removal[]): Promise<void> => {
    const stays = new Set<ObjectKey>();
    for (const group of byStage(removals)) {
      await forEachLimited(group, Math.min(inFlightMax, group.length), async (removal) => {
        noteRemoved(carried, removal, stays.has(removal.key) ? namespaceInUse : await carryOutRemoval(applyDeps, removal, signal));
        if (carried.results.has(removal.key)) stays.add(namespaceKeyOf(removal.key));
        onDone(removal.key);
      });
    }
  };
  const applyAll = async (): Promise<void> => {
    await applyStages([1, 2]);
    // Bindings wait for their roles; what is independent of both does not wait for either.
    await Promise.all([applyStages([3, 4]), applyStages([5])]);
    await applyStages([6, 7]);
  };
  // A grant that is over waits for nothing.
  await Promise.all([removeAll(plan.remove.filter(({ isOver }) => isOver)), applyAll()]);

  // What should have taken the place of a grant that is over has not: the grant goes all the same.
  await removeAll(plan.superseded.filter(({ key }) => carried.results.get(key)?.outcome !== 'done'));
  // What was withheld has not succeeded either.
  const failing = new Set([
    ...plan.stopped.flatMap(({ key, owner }) => [owner, ...(intents.get(key)?.contributors ?? [])]),
    ...plan.apply
      .filter(({ key }) => carried.results.get(key)?.outcome !== 'done')
      .flatMap(({ key, owner }) => [owner, ...(intents.get(key)?.contributors ?? [])]),
  ]);
  await removeAll(plan.remove.filter(({ owner, isOver }) => !isOver && !failing.has(owner)));
}

async function carryOutRemoval(
  deps: CarryOutDeps & { readonly writes: WriteTimes },
  { key, owner, how, isOver, isLast }: Removal,
  signal: AbortSignal,
): Promise<RemoveAnswer | KeptNamespace | ObjectResult> {
  const { owned, mayWrite, onRemoved, clock, writes } = deps;
  const object = owned.get(key);
  if (object === undefined) return { outcome: 'absent' };
  if (object.terminating !== undefined && how === 'delete' && !object.isNamespace) return terminating(object.terminating);
  if (!mayWrite()) return leaseLost;
  if (isLast === true && owned.hasIn(object.ref.name)) return namespaceInUse;
  const opened = secretsGrantIn(key);
  // Without it what stays could be neither healed nor removed later.
  if (opened !== undefined && owned.has(secretKind, opened))
    return { outcome: 'retry', reason: 'Conflict', because: 'the spoke still has Secrets to look after there' };
  // With a definition goes every object of its kind, held or refused or of another policy: those leave first.
  const along = how === 'delete' && isDefinition(object.ref.kind) ? owned.definedBy(object.ref.name) : undefined;
  if (along !== undefined) return waitsUntilGone(along.key);
  const settle = owned.begin(key);
  const startMs = clock.now();
  const answer = await letGo(deps, { object, how }, signal);
  const method = how === 'delete' ? 'DELETE' : 'PATCH';
  writes.noteRemoval(owner, { object: key, method, startMs, endMs: clock.now(), result: resultWord(answer) });
  if ((answer.outcome === 'removed' || answer.outcome === 'terminating') && isOver !== true) onRemoved();
  // Forgotten before its event is judged: what we took away ourselves is no drift.
  if (noLongerOurs.has(answer.outcome)) owned.forget(key);
  settle(undefined);
  return answer;
}

async function letGo(
  deps: CarryOutDeps,
  { object, how }: { readonly object: Owned; readonly how: Removal['how'] },
  signal: AbortSignal,
): Promise<RemoveAnswer | KeptNamespace | ObjectResult> {
  if (object.isNamespace && how === 'delete') return endNamespace(deps, object, signal);
  try {
    // It may have been applied in a version that is not served any more.
    const kind = await deps.kube.servedAs(object.ref.kind, signal);
    const ref = { ...object.ref, kind: kind ?? object.ref.kind };
    return how === 'release' ? await release(deps.kube, ref, signal) : await deps.kube.remove(ref, object, signal);
  } catch (error) {
    return unanswered(error);
  }
}

function waitsUntilGone(key: ObjectKey): ObjectResult {
  return { outcome: 'retry', reason: 'NotReady', because: `waits until ${renderKey(key)} is gone, which a policy holds` };
}

/** Labels and annotations are not kept for thousands of objects for the rare case that one is given back. */
async function release(kube: Kube, ref: ObjectRef, signal: AbortSignal): Promise<RemoveAnswer> {
  const object = await kube.get(ref, signal);
  return object === undefined ? { outcome: 'absent' } : kube.release(ref, parseMeta(object).meta, signal);
}

function noteApplied(carried: Carried, key: ObjectKey, answer: AppliedAnswer | ObjectResult): void {
  carried.results.set(key, resultOf(key, answer));
  if (isApplied(answer.outcome, 'created')) carried.created.add(key);
  if (isApplied(answer.outcome, 'changed')) carried.changed.add(key);
}

function noteRemoved(carried: Carried, { key }: Removal, answer: RemoveAnswer | KeptNamespace | ObjectResult): void {
  if (answer.outcome === 'kept') carried.results.set(key, { outcome: 'done', kept: answer.because });
  if (answer.outcome === 'released' || answer.outcome === 'kept') carried.released.add(key);
  else if (answer.outcome === 'removed' || answer.outcome === 'absent') carried.removed.add(key);
  else carried.results.set(key, resultOf(key, answer));
}

function isApplied(outcome: string, wanted: Applied): boolean {
  return outcome === wanted;
}

function resultOf(key: ObjectKey, answer: AppliedAnswer | RemoveAnswer | ObjectResult): ObjectResult {
  switch (answer.outcome) {
    case 'refused':
      return { outcome: outcomeOfRefusal(answer.reason), reason: answer.reason, because: answer.because };
    case 'retry':
    case 'guarded':
    case 'blocked':
    case 'stopped':
    case 'differs':
    case 'fighting':
      return { outcome: answer.outcome, reason: answer.reason, because: answer.because };
    case 'terminating':
      return terminating(answer.finalizers);
    case 'adoptable':
      return { outcome: 'blocked', reason: 'NotOurs', because: `${renderKey(key)} exists: ${answer.because}` };
    case 'shadowed':
      return answer;
    case 'created':
    case 'changed':
    case 'unchanged':
      return { outcome: 'done', ...('left' in answer && answer.left !== undefined && { left: answer.left }) };
    case 'removed':
    case 'released':
    case 'absent':
    case 'done':
      return { outcome: 'done' };
  }
}

function outcomeOfRefusal(reason: string): 'retry' | 'blocked' | 'refused' {
  if (passing.has(reason)) return 'retry';
  // Nothing is wrong with the policy: it waits for the owner of the object, or of a field.
  return reason === 'NotOurs' || reason === 'FieldConflict' ? 'blocked' : 'refused';
}

function byOrder<T extends { readonly order: number }>(objects: readonly T[]): readonly T[][] {
  return [...Map.groupBy(objects, ({ order }) => order)].toSorted(([a], [b]) => a - b).map(([, group]) => group);
}

/** The plan is sorted in reverse order of the stages already. */
function byStage(removals: readonly Removal[]): readonly Removal[][] {
  return [...Map.groupBy(removals, ({ stage }) => stage).values()];
}
