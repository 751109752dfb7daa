import type { ObjectHold, OwnedObject } from '@accord/core/apply/plan-apply';
import { terminating } from '@accord/core/apply/terminating';
import type { Block } from '@accord/core/desired/dependencies';
import type { Verdict } from '@accord/core/desired/judge-policy';
import type { HoldScope, Stop } from '@accord/core/desired/stop-of';
import type { GuardReason, GuardRefusal } from '@accord/core/guard/guard-object';
import { describeFight, type Fight } from '@accord/core/drift/fight';
import { isHeld, type LocalHold } from '@accord/core/drift/local-hold';
import { keyParts, namespaceKeyOf, renderKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';

/** Why nothing of a policy is written, or nothing that is new in it. */
export interface Hold {
  readonly outcome: 'stopped' | 'blocked' | 'guarded' | 'fighting';
  readonly reason: Stop['reason'] | Block['reason'] | GuardReason | ObjectHold['reason'] | 'OwnerStopped' | 'Terminating' | 'Fighting';
  readonly message: string;
  /** Of a hold of operators. */
  readonly scope?: HoldScope;
  /** It is about this object, and not about its policy. */
  readonly ofObject?: true;
  /** Only what is new waits. */
  readonly heals?: true;
}

export interface HoldsDeps {
  readonly verdictOf: (policy: PolicyName) => Verdict;
  readonly blockOf: (dependsOn: readonly string[]) => Block | undefined;
  readonly ownedByKey: (key: ObjectKey) => OwnedObject | undefined;
  /** By which somebody in the cluster keeps what is in a namespace, whoever made that. */
  readonly namespaceHoldOf: (namespace: string) => LocalHold | undefined;
  /** Policies that would have a share in the object. */
  readonly contributorsOf: (key: ObjectKey) => readonly PolicyName[];
  /** By which operators keep the object as it is. */
  readonly operatorHoldOf: (key: ObjectKey) => Stop | undefined;
  /** What the cluster's owner says against touching the object. */
  readonly refusalOf: (key: ObjectKey) => GuardRefusal | undefined;
  readonly nowMs: number;
}

/** What keeps a pass from writing: stops and dependencies of policies, and people in the cluster. Asked once for each policy. */
export class Holds {
  readonly #deps: HoldsDeps;
  readonly #ofPolicy = new Map<PolicyName, Hold | undefined>();

  constructor(deps: HoldsDeps) {
    this.#deps = deps;
  }

  ofPolicy(policy: PolicyName): Hold | undefined {
    if (!this.#ofPolicy.has(policy)) this.#ofPolicy.set(policy, this.#judge(policy));
    return this.#ofPolicy.get(policy);
  }

  /** Somebody who works in the cluster, or an operator, keeps the object, or its Namespace. */
  byHand(key: ObjectKey): ObjectHold | undefined {
    const { ownedByKey, namespaceHoldOf, operatorHoldOf, nowMs } = this.#deps;
    const namespace = namespaceKeyOf(key);
    // The namespaces of the cluster may not be seen, and those that are ours are watched beside them.
    const inNamespace = [ownedByKey(namespace)?.hold, namespaceHoldOf(keyParts(key).namespace)].find((hold) => isHeld(hold, nowMs));
    const own = ownedByKey(key)?.hold;
    if (isHeld(own, nowMs)) return heldLocally(own, '');
    if (inNamespace !== undefined) return heldLocally(inNamespace, `${renderKey(namespace)} is `);
    const operators = operatorHoldOf(key);
    return operators && { reason: 'Held', message: operators.message, ...(operators.scope && { scope: operators.scope }) };
  }

  /** A policy with a share in what is there, or that would have one, and that may not change anything now. */
  shareOf(key: ObjectKey, owner: PolicyName): PolicyName | undefined {
    const live = this.#deps.ownedByKey(key);
    const there = live === undefined ? [] : [live.owner, ...(live.contributors ?? [])];
    return [...there, ...this.#deps.contributorsOf(key)].find((policy) => policy !== owner && this.#isPassive(policy));
  }

  /** What is told of an object that is left alone. */
  ofObject(key: ObjectKey, owner: PolicyName): Hold {
    const going = this.#deps.ownedByKey(key)?.terminating;
    if (going !== undefined) {
      const { reason, because } = terminating(going);
      return { outcome: 'blocked', reason, message: because, ofObject: true };
    }
    const refusal = this.#deps.refusalOf(key);
    if (refusal !== undefined) return { outcome: 'guarded', ...refusal };
    const byHand = this.byHand(key);
    if (byHand !== undefined) return { outcome: 'stopped', ...byHand, ofObject: true };
    const own = this.ofPolicy(owner);
    if (own !== undefined) return own;
    const sharer = this.shareOf(key, owner) ?? owner;
    const why = this.#deps.verdictOf(sharer).says === 'keep' ? 'cannot be applied here' : 'may not change anything now';
    return { outcome: 'stopped', reason: 'OwnerStopped', message: `policy ${sharer} has a share in it, and ${why}`, ofObject: true };
  }

  #isPassive(policy: PolicyName): boolean {
    const verdict = this.#deps.verdictOf(policy);
    // What it wants now is not known, and what it wanted stays.
    if (verdict.says === 'keep') return true;
    if (verdict.says === 'apply' && verdict.inform !== undefined) return true;
    return this.ofPolicy(policy) !== undefined;
  }

  #judge(policy: PolicyName): Hold | undefined {
    const verdict = this.#deps.verdictOf(policy);
    if (verdict.says === 'keep') return undefined;
    if (verdict.stop !== undefined) return { outcome: 'stopped', ...verdict.stop };
    const block = verdict.says === 'apply' ? this.#deps.blockOf(verdict.spec.dependsOn ?? []) : undefined;
    return block === undefined ? undefined : { outcome: 'blocked', ...block };
  }
}

/** Of an object that was applied, and is healed when the pause of the fight for it is over. */
export function heldByFight(fight: Fight): Hold {
  return { outcome: 'fighting', reason: 'Fighting', message: describeFight(fight), ofObject: true };
}

/** `by` names the Namespace where that is what somebody holds: there the annotation is. */
function heldLocally({ endMs, reason }: LocalHold, by: string): ObjectHold {
  const why = reason === '' ? '' : `: ${reason}`;
  return { reason: 'LocalHold', message: `${by}held until ${new Date(endMs).toISOString()}${why}` };
}
