import type { ObjectResult } from '@accord/core/apply/report-policy';
import { heatAfterHeal, healPauseMs, type Heat } from '@accord/core/drift/heat';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { Heal } from '@accord/proto/messages';
import { ruleOf, type Drift } from './owned-of.ts';

/** Heats beyond one for each object are looked through when so many more have come together. */
const keptMin = 200;
const coldAfterMs = 20 * 60_000;

/** What others did to objects of ours and is not mended yet, and how hard they fight for which of them. */
export class Drifts {
  readonly #open = new Map<ObjectKey, Drift>();
  readonly #heat = new Map<ObjectKey, Heat>();

  /** How much is kept: it must not grow with what has been. */
  get size(): number {
    return this.#open.size + this.#heat.size;
  }

  /** Not mended yet. */
  get open(): number {
    return this.#open.size;
  }

  note(key: ObjectKey, drift: Drift): void {
    this.#open.set(key, drift);
  }

  /** Somebody took the object away from the policy, and it is not back yet. */
  isLost(key: ObjectKey, policy: PolicyName): boolean {
    return this.#open.get(key)?.policy === policy;
  }

  forget(key: ObjectKey): void {
    this.#open.delete(key);
    this.#heat.delete(key);
  }

  forgetOf(policy: PolicyName, isWanted: (key: ObjectKey) => boolean): void {
    for (const [key, drift] of this.#open) if (drift.policy === policy && !isWanted(key)) this.forget(key);
  }

  /** Which of them a pass has mended; they are forgotten then. `objects` is how many there are of ours. */
  takeHeals(results: ReadonlyMap<ObjectKey, ObjectResult>, healedMs: number, objects: number): readonly Heal[] {
    const heals: Heal[] = [];
    for (const [object, result] of results) {
      const drift = this.#open.get(object);
      if (drift === undefined || result.outcome !== 'done') continue;
      this.#open.delete(object);
      const { policy, manager, operation, seenMs, fields } = drift;
      // What is left to others was not healed.
      if (fields.length > 0 && fields.every((field) => result.left?.includes(field) === true)) continue;
      this.#heat.set(object, heatAfterHeal(this.#heat.get(object), healedMs, ruleOf(object)));
      heals.push({ object, policy, manager, operation, seenMs, healedMs, fields });
    }
    if (this.#heat.size > keptMin + objects) this.#coolDown(healedMs);
    return heals;
  }

  /** Where somebody changes an object again and again, the spoke answers more and more slowly instead of writing as fast as it can. */
  pauseMs(key: ObjectKey, nowMs: number): number {
    const heat = this.#heat.get(key);
    return heat === undefined ? 0 : heat.healedAtMs + healPauseMs(heat, ruleOf(key)) - nowMs;
  }

  /** A fight is over for good when nothing was healed for two of the longest pauses. */
  #coolDown(nowMs: number): void {
    for (const [key, heat] of this.#heat) if (nowMs - heat.healedAtMs > coldAfterMs) this.#heat.delete(key);
  }
}
