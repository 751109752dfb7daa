import { renderKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { PolicyReport, Problem, SeenDrift } from '@accord/proto/messages';
import type { LostDocument } from '../desired/desired-set.ts';
import type { Verdict } from '../desired/judge-policy.ts';
import type { HoldScope, Stop } from '../desired/stop-of.ts';
import { namespaceName, wholeWaits } from '../status/held-removals.ts';
import type { PolicyState } from '../status/states.ts';
import { guardReasons, type GuardReason } from '../guard/guard-object.ts';
import type { HeldRemoval } from './plan-apply.ts';

export const problemsMax = 50;
const messageMax = 1024;
/** What an object that is named as a problem can be, the worst first. One that is applied has something to be told all the same. */
export const problemStates = [
  ...(['Refused', 'Failed', 'Stalled', 'Blocked', 'Stopped', 'Retrying', 'Drifted', 'Shadowed', 'Applied'] satisfies PolicyState[]),
] as const;

/** What became of one object of a policy in a pass. */
/** `left` says what of an object that is as wanted is left to others, `kept` why a Namespace was given back and not deleted. */
export type ObjectResult =
  | { readonly outcome: 'done'; readonly left?: LeftToOthers; readonly notOurs?: string; readonly kept?: string }
  | Trouble
  | { readonly outcome: 'shadowed'; readonly by: PolicyName };

/** Paths as in `managedFields`. */
export type LeftToOthers = readonly string[];

/**
 * `refused` by the API server, `guarded` by the owner's guard rail; `retry` ends by itself; `blocked` waits for another
 * policy; `stopped` and `differs` are left alone; `fighting` is put back later, as somebody undoes it again and again.
 */
export interface Trouble {
  readonly outcome: 'refused' | 'retry' | 'guarded' | 'blocked' | 'stopped' | 'differs' | 'fighting';
  readonly reason: string;
  readonly because: string;
  /** What operators hold, where they do. */
  readonly scope?: HoldScope;
  /** Who last wrote what differs, where it is only compared. */
  readonly drift?: SeenDrift;
}

export interface PolicyResults {
  readonly policy: PolicyName;
  readonly verdict: Verdict;
  /** Of every object that the policy wants. */
  readonly objects: ReadonlyMap<ObjectKey, ObjectResult>;
  /** Of every object that was to leave and did not. */
  readonly stuck: ReadonlyMap<ObjectKey, ObjectResult>;
  readonly held: readonly HeldRemoval[];
  /** Objects that stay on the cluster although the policy left. */
  readonly retained: readonly ObjectKey[];
  readonly nowMs: number;
  readonly heals: number;
  /** All anchors are live and every watch has listed what is there. */
  readonly isCaughtUp: boolean;
}

/** The state of a policy on this cluster, with everything that holds it up. The worst thing names the state. */
export function reportPolicy(results: PolicyResults): PolicyReport {
  const { policy, verdict, objects, held, retained, nowMs, heals } = results;
  const { epoch = 0, revision = 0, step = 0 } = lastWordOf(verdict)?.statement ?? {};
  const all = [...objects.values()];
  const { state, reason, message, scope } = stateOf(results);
  return {
    policy,
    epoch,
    revision,
    step,
    state,
    reason,
    message: [message, leftOut(verdict), ...keptOf(results)]
      .filter((text) => text !== '')
      .join('; ')
      .slice(0, messageMax),
    desired: objects.size,
    applied: all.filter(({ outcome }) => outcome === 'done').length,
    problems: problemsOf(results).slice(0, problemsMax),
    retained,
    sinceMs: Math.round(nowMs),
    held: held.filter(({ reason: why }) => why !== 'NotCaughtUp').length,
    heals,
    leaving: verdict.says === 'leave',
    hold: scope === undefined ? null : { policy: scope.policy ?? '', object: scope.object ?? '' },
  };
}

/** Nobody should take a policy for complete because nothing is said of where it may not go. */
function leftOut(verdict: Verdict): string {
  const count = verdict.says === 'apply' ? (verdict.fanOut?.leftOut ?? 0) : 0;
  if (count === 0) return '';
  return count === 1
    ? '1 selected namespace is left out, as it is not open to policies'
    : `${count} selected namespaces are left out, as they are not open to policies`;
}

/** What a policy left behind that has no row any more. */
function keptOf({ verdict, stuck }: PolicyResults): readonly string[] {
  if (verdict.says !== 'leave') return [];
  return [...stuck].flatMap(([key, result]) => ('kept' in result && result.kept !== undefined ? [`${renderKey(key)} ${result.kept}`] : []));
}

/** Two reports that say the same need not be told twice. */
export function saysTheSame(a: PolicyReport, b: PolicyReport): boolean {
  const essence = ({ sinceMs: _since, ...rest }: PolicyReport): string => JSON.stringify(rest);
  return essence(a) === essence(b);
}

interface Stated {
  readonly state: PolicyState;
  readonly reason: string;
  readonly message: string;
  readonly scope?: HoldScope | undefined;
}

function stateOf({ verdict, objects, stuck, held, policy, isCaughtUp }: PolicyResults): Stated {
  if (verdict.says === 'keep') return { state: verdict.isRefused ? 'Refused' : 'Failed', reason: verdict.reason, message: verdict.message };
  // What was refused before the stop is not tried again either.
  const troubles = [...objects.values(), ...stuck.values()].filter((result): result is Trouble => 'because' in result);
  if (verdict.stop !== undefined && isTold(verdict.stop, { verdict, troubles, held }))
    return { state: 'Stopped', reason: verdict.stop.reason, message: verdict.stop.message, scope: verdict.stop.scope };
  const first = (outcome: Trouble['outcome']): Trouble | undefined => troubles.find((trouble) => trouble.outcome === outcome);
  const guarded = first('guarded');
  if (guarded !== undefined) return { state: 'Refused', reason: guarded.reason, message: guarded.because };
  const unremovable = held.find(({ reason }) => isGuardReason(reason));
  if (unremovable !== undefined) return { state: 'Refused', reason: unremovable.reason, message: unremovable.because ?? '' };
  const refused = first('refused');
  if (refused !== undefined) return { state: 'Failed', reason: refused.reason, message: refused.because };
  const objectsHeld = `${held.length} ${held.length === 1 ? 'object' : 'objects'}`;
  if (held.some(({ reason }) => reason === 'UnknownPolicy'))
    return {
      state: 'Stalled',
      reason: 'UnknownPolicy',
      message: `this hub never gave it to this cluster; ${objectsHeld} of it ${held.length === 1 ? 'is' : 'are'} left alone`,
    };
  const waiting = held.find(({ reason }) => reason === 'EpochChanged' || reason === 'RemovalBrake');
  if (waiting !== undefined)
    return {
      state: 'Stalled',
      reason: waiting.reason,
      message: `${objectsHeld} would be removed`,
    };
  const fought = first('fighting');
  if (fought !== undefined) return { state: 'Stalled', reason: fought.reason, message: fought.because };
  const blocked = first('blocked');
  if (blocked !== undefined) return { state: 'Blocked', reason: blocked.reason, message: blocked.because };
  const stopped = first('stopped');
  if (stopped !== undefined) return { state: 'Stopped', reason: stopped.reason, message: stopped.because, scope: stopped.scope };
  if (held.some(({ reason }) => reason === 'LocalHold'))
    return { state: 'Stopped', reason: 'LocalHold', message: 'somebody in the cluster holds what should leave' };
  const operators = held.find(isOfObject);
  if (operators !== undefined) return { state: 'Stopped', reason: 'Held', message: operators.because ?? '', scope: operators.scope };
  const retry = first('retry');
  if (retry !== undefined) return { state: 'Retrying', reason: retry.reason, message: retry.because };
  const drifted = driftOf(verdict, troubles, held);
  if (drifted !== undefined) return drifted;
  if (verdict.says === 'leave') {
    // Its own stop was told above: this is one of a policy that shares what should leave.
    if (waitsForSharer(held))
      return {
        state: 'Stopped',
        reason: 'OwnerStopped',
        message: 'another policy has a share in what should leave, and may not change anything now',
      };
    if (held.some(({ reason }) => reason === 'ReplacementRefused'))
      return { state: 'Removing', reason: 'ReplacementRefused', message: 'another policy has a share in it and cannot be applied here' };
    // What no watch has listed yet may be there all the same.
    return held.length > 0 || !isCaughtUp
      ? { state: 'Removing', reason: 'NotCaughtUp', message: 'nothing is removed before everything that should be there is known' }
      : removed(verdict);
  }
  const owners = [...objects.values()].flatMap((result) => (result.outcome === 'shadowed' ? [result.by] : []));
  if (owners.length > 0 && owners.length === objects.size) {
    return { state: 'Shadowed', reason: 'OwnedByAnother', message: `policy ${owners[0]} owns what ${policy} wants` };
  }
  return { state: 'Applied', reason: 'Applied', message: '' };
}

/** The document that a report is about: the last one where there is none any more. */
export function lastWordOf(verdict: Verdict): LostDocument | undefined {
  return verdict.document ?? (verdict.says === 'leave' ? verdict.lost : undefined);
}

function removed({ because, lost }: Extract<Verdict, { says: 'leave' }>): Stated {
  const isUnselected = because === 'unselected' || (because === 'absent' && lost !== undefined);
  const reason = isUnselected ? 'NotSelected' : because === 'clusterLeaves' ? 'ClusterLeaves' : 'Deleted';
  return { state: 'Removed', reason, message: '' };
}

/** Whether the stop that holds a policy names its state: one that heals does so only where something waits for it. */
function isTold(
  stop: Stop,
  { verdict, troubles, held }: { readonly verdict: Verdict; readonly troubles: readonly Trouble[]; readonly held: readonly HeldRemoval[] },
): boolean {
  if (verdict.says === 'apply' && stop.heals !== true) return true;
  if (verdict.says === 'leave') return held.length > 0;
  return [...troubles, ...held].some(({ reason }) => reason === stop.reason);
}

function isGuardReason(reason: string): reason is GuardReason {
  return (guardReasons as readonly string[]).includes(reason);
}

/** Of what is only compared. */
function driftOf(verdict: Verdict, troubles: readonly Trouble[], held: readonly HeldRemoval[]): Stated | undefined {
  const inform = verdict.says === 'apply' ? verdict.inform : undefined;
  const count = troubles.filter(({ outcome }) => outcome === 'differs').length + held.filter(({ reason }) => reason === inform).length;
  if (count === 0) return undefined;
  return {
    state: 'Drifted',
    reason: inform ?? 'ObjectInform',
    message: `${count} ${count === 1 ? 'object is' : 'objects are'} not as wanted`,
  };
}

function problemsOf({ verdict, objects, stuck, held }: PolicyResults): readonly Problem[] {
  if (verdict.says === 'keep')
    return [
      {
        object: '',
        state: verdict.isRefused ? 'Refused' : 'Failed',
        reason: verdict.reason,
        message: verdict.message.slice(0, messageMax),
        drift: null,
      },
    ];
  const stateOfOutcome = {
    refused: 'Failed',
    retry: 'Retrying',
    guarded: 'Refused',
    blocked: 'Blocked',
    stopped: 'Stopped',
    fighting: 'Stalled',
    differs: 'Drifted',
  } as const;
  const failing = [...objects, ...stuck].flatMap(([object, result]): Problem[] => {
    // As wanted while it is only compared; to apply it, its owner would have to agree.
    if (result.outcome === 'done' && result.notOurs !== undefined)
      return [{ object, state: 'Applied', reason: 'NotOurs', message: result.notOurs, drift: null }];
    if (result.outcome === 'done' && result.kept !== undefined)
      return [{ object, state: 'Applied', reason: 'NotEmpty', message: result.kept, drift: null }];
    if (result.outcome === 'done')
      return result.left === undefined
        ? []
        : [
            {
              object,
              state: 'Applied',
              reason: 'LeftToOthers',
              message: `left to others: ${result.left.join(', ')}`.slice(0, messageMax),
              drift: null,
            },
          ];
    if (result.outcome === 'shadowed')
      return [{ object, state: 'Shadowed', reason: 'OwnedByAnother', message: `owned by policy ${result.by}`, drift: null }];
    const { outcome, reason, because, drift = null } = result;
    return [{ object, state: stateOfOutcome[outcome], reason, message: because.slice(0, messageMax), drift }];
  });
  const stalled = held
    .filter(({ reason }) => reason !== 'NotCaughtUp')
    .map(({ key, reason, because, isWhole }): Problem => ({ object: key, reason, ...heldAs(reason, because, isWhole), drift: null }));
  const rank = ({ state }: Problem): number => problemStates.findIndex((known) => known === state);
  // What a Namespace takes along is more than one object: of much that waits for a person it is named first.
  const isLess = ({ state, object }: Problem): number => (state === 'Stalled' && namespaceName(object as ObjectKey) === undefined ? 1 : 0);
  return [...failing, ...stalled].toSorted((a, b) => rank(a) - rank(b) || isLess(a) - isLess(b) || (a.object < b.object ? -1 : 1));
}

const passive: ReadonlySet<HeldRemoval['reason']> = new Set(['Suspended', 'Inform', 'ClusterInform', 'Paused', 'Held']);

/** Whether something stays because of what holds a policy. Nothing tells a policy when another one that shares its objects goes on. */
export function waitsForSharer(held: readonly HeldRemoval[]): boolean {
  return held.some((removal) => passive.has(removal.reason) && !isOfObject(removal));
}

/** An operator holds the object itself, and not a policy that has a share in it. */
function isOfObject({ reason, because }: HeldRemoval): boolean {
  return reason === 'Held' && because !== undefined;
}

/** A removal that does not happen, as it is told. */
function heldAs(reason: HeldRemoval['reason'], because = '', isWhole = false): Pick<Problem, 'state' | 'message'> {
  if (isGuardReason(reason)) return { state: 'Refused', message: `would be removed: ${because}` };
  switch (reason) {
    case 'LocalHold':
      return { state: 'Stopped', message: because === '' ? 'would be removed' : `would be removed: ${because}` };
    case 'Held':
    case 'Paused':
    case 'Suspended':
    case 'Frozen':
    case 'OutsideWindow':
    case 'GuardrailInvalid':
      return { state: 'Stopped', message: 'would be removed' };
    case 'ClusterInform':
    case 'Inform':
      return { state: 'Drifted', message: 'would be removed' };
    case 'ReplacementRefused':
      return { state: 'Blocked', message: 'stays until the policies that share it can be applied here' };
    case 'NotCaughtUp':
    case 'EpochChanged':
    case 'UnknownPolicy':
      return { state: 'Stalled', message: 'waits for a person' };
    case 'RemovalBrake':
      return { state: 'Stalled', message: isWhole ? wholeWaits(because) : 'waits for a person' };
  }
}
