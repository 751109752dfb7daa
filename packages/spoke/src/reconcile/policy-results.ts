import { lastWordOf, reportPolicy, saysTheSame, waitsForSharer, type ObjectResult } from '@accord/core/apply/report-policy';
import { endsProgress, type ToldBefore } from '@accord/core/apply/report-progress';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { PolicyOutcome, Stamps } from '@accord/proto/messages';
import type { Carried } from './carry-out.ts';
import type { Gathered, HeldObject } from './gather.ts';
import type { PolicyShare } from './policy-share.ts';

/** What is told beside the objects. */
interface Told extends Pick<Stamps, 'compiledMs' | 'appliedMs' | 'reportedMs'> {
  readonly isCaughtUp: boolean;
  readonly heals: number;
}

/** What became of each object that a policy wants, over all passes, and what is to be told of it. */
export class ObjectResults {
  readonly #results = new Map<PolicyName, ReadonlyMap<ObjectKey, ObjectResult>>();

  /** Takes what a pass did for one policy. Whether something differs that did not when it was last looked at, or was not looked at yet. */
  note(
    { policy, verdict, overruled }: PolicyShare,
    planned: ReadonlySet<ObjectKey>,
    { keys, intents, held }: Pick<Gathered, 'keys' | 'intents' | 'held'>,
    carried: Carried,
    compared: ReadonlyMap<ObjectKey, ObjectResult> | undefined,
  ): boolean {
    if (verdict.says === 'leave') this.#results.delete(policy);
    if (verdict.says !== 'apply') return false;
    const before = this.#results.get(policy);
    const resultOf = (key: ObjectKey): ObjectResult => {
      const seen = compared?.get(key);
      if (seen !== undefined) return seen;
      const by = overruled.get(key);
      if (by !== undefined) return { outcome: 'shadowed', by };
      const left = held.get(key);
      if (left !== undefined) return leftAlone(policy, left);
      const isLookedAt = keys.has(key) && intents.has(key);
      // What is as it was is still left to others, too.
      const was = before?.get(key);
      if (!planned.has(key)) return (isLookedAt && was?.outcome !== 'done' ? undefined : was) ?? { outcome: 'done' };
      return carried.results.get(key) ?? { outcome: 'retry', reason: 'NotTried', because: 'not tried yet' };
    };
    const results = new Map(verdict.objects.map(({ key }) => [key, resultOf(key)]));
    this.#results.set(policy, results);
    return results.entries().some(([key, result]) => result.outcome === 'differs' && !isSame(before?.get(key), result));
  }

  /** Whether an earlier pass of this process has looked at its objects. */
  knows(policy: PolicyName): boolean {
    return this.#results.has(policy);
  }

  /** Something of the policy ends by itself, whatever names its state: it has to be looked at again soon. */
  isOpen({ policy, verdict, removals, held }: PolicyShare, { results }: Carried): boolean {
    if (verdict.says === 'leave' && verdict.stop === undefined && waitsForSharer(held)) return true;
    const all = [...(this.#results.get(policy)?.values() ?? []), ...removals.flatMap((key) => results.get(key) ?? [])];
    return all.some(({ outcome }) => outcome === 'retry');
  }

  /** Policies with trouble of this kind. */
  *troubled(isMeant: (reason: string, key: ObjectKey) => boolean): Iterable<PolicyName> {
    for (const [policy, results] of this.#results)
      for (const [key, result] of results) {
        if (!('reason' in result) || !isMeant(result.reason, key)) continue;
        yield policy;
        break;
      }
  }

  /** Objects that one policy is in trouble for with one of these reasons. */
  keysWith(policy: PolicyName, reasons: ReadonlySet<string>): readonly ObjectKey[] {
    const results = [...(this.#results.get(policy) ?? [])];
    return results.filter(([, result]) => 'reason' in result && reasons.has(result.reason)).map(([key]) => key);
  }

  outcomeOf({ policy, verdict, removals, held }: PolicyShare, carried: Carried, { isCaughtUp, heals, ...times }: Told): PolicyOutcome {
    const objects = this.#results.get(policy) ?? new Map<ObjectKey, ObjectResult>();
    const stuck = new Map(removals.flatMap((key) => [[key, carried.results.get(key)] as const].filter(isTold)));
    const retained = removals.filter((key) => carried.released.has(key));
    const report = reportPolicy({ policy, verdict, objects, stuck, held, retained, nowMs: times.reportedMs, heals, isCaughtUp });
    const count = (of: ReadonlySet<ObjectKey>, among: Iterable<ObjectKey>): number => [...among].filter((key) => of.has(key)).length;
    const { statement, receivedMs = 0, verifiedMs = 0 } = lastWordOf(verdict) ?? {};
    return {
      report,
      change: statement?.change ?? null,
      stamps: {
        acceptedMs: statement?.acceptedAtMs ?? 0,
        publishedMs: statement?.issuedAtMs ?? 0,
        receivedMs,
        verifiedMs,
        ...times,
      },
      created: count(carried.created, objects.keys()),
      changed: count(carried.changed, objects.keys()),
      removed: count(carried.removed, removals),
      stages: carried.writes.of(policy),
    };
  }
}

/** A pass that found everything in place, and says what was said before, is not told. */
export function isNews({ report, created, changed, removed }: PolicyOutcome, { reported, progress }: ToldBefore): boolean {
  if (report === null) return false;
  const before = progress !== undefined && endsProgress(report, progress) ? progress : reported;
  return before === undefined || created + changed + removed > 0 || !saysTheSame(before, report);
}

function isSame(before: ObjectResult | undefined, { because }: Extract<ObjectResult, { readonly because: string }>): boolean {
  return before?.outcome === 'differs' && before.because === because;
}

function leftAlone(policy: PolicyName, { owner, hold }: HeldObject): ObjectResult {
  const { outcome, reason, message, scope } = hold;
  if (hold.ofObject === true || outcome === 'guarded') return { outcome, reason, because: message, ...(scope && { scope }) };
  if (owner !== policy) return { outcome, reason: 'OwnerStopped', because: `policy ${owner} owns what it wants, and ${message}` };
  return { outcome, reason, because: outcome === 'blocked' || hold.heals === true ? message : 'is not as wanted, and is left alone' };
}

function isTold(entry: readonly [ObjectKey, ObjectResult | undefined]): entry is readonly [ObjectKey, ObjectResult] {
  return entry[1] !== undefined;
}
