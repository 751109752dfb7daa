import type { ObjectResult } from '@accord/core/apply/report-policy';
import type { Fight } from '@accord/core/drift/fight';
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
  /** Put right, and not told yet. */
  readonly #mended = new Map<ObjectKey, Drift>();
  readonly #heat = new Map<ObjectKey, Heat>();

  /** How much is kept: it must not grow with what has been. */
  get size(): number {
    return this.#open.size + this.#mended.size + this.#heat.size;
  }

  /** Not mended yet. */
  get open(): number {
    return this.#open.size;
  }

  /** Of those, how many wait because somebody fights for the object. */
  fought(nowMs: number): number {
    return this.#open.keys().reduce((all, key) => all + Number(this.pauseMs(key, nowMs) > 0), 0);
  }

  /** Until it is mended, what was applied before the first change is what the object is put back to. */
  note(key: ObjectKey, drift: Drift): void {
    this.#open.set(key, { ...drift, digest: this.#open.get(key)?.digest ?? drift.digest });
  }

  /** Somebody took the object away from the policy, and it is not back yet. */
  isLost(key: ObjectKey, policy: PolicyName): boolean {
    return this.#open.get(key)?.policy === policy;
  }

  forget(key: ObjectKey): void {
    this.#open.delete(key);
    this.#mended.delete(key);
    this.#heat.delete(key);
  }

  forgetOf(policy: PolicyName, isWanted: (key: ObjectKey) => boolean): void {
    for (const drifts of [this.#open, this.#mended])
      for (const [key, drift] of drifts) if (drift.policy === policy && !isWanted(key)) this.forget(key);
  }

  /** The object was applied. What is noted of it after that is another drift, although the pass has not ended yet. */
  mend(key: ObjectKey, nowMs: number): void {
    const drift = this.#open.get(key);
    if (drift === undefined) return;
    this.#open.delete(key);
    this.#mended.set(key, drift);
    this.#heat.set(key, heatAfterHeal(this.#heat.get(key), nowMs, ruleOf(key)));
  }

  /** Which of them a pass has mended; they are forgotten then. `objects` is how many there are of ours. */
  takeHeals(results: ReadonlyMap<ObjectKey, ObjectResult>, healedMs: number, objects: number): readonly Heal[] {
    const heals: Heal[] = [];
    for (const [object, result] of results) {
      const drift = this.#mended.get(object);
      if (drift === undefined || result.outcome !== 'done') continue;
      this.#mended.delete(object);
      const { digest: _digest, ...told } = drift;
      // What is left to others was not healed.
      if (told.fields.length > 0 && told.fields.every((field) => result.left?.includes(field) === true)) continue;
      heals.push({ object, ...told, healedMs });
    }
    if (this.#heat.size > keptMin + objects) this.#coolDown(healedMs);
    return heals;
  }

  /** Where somebody changes an object again and again, the spoke answers more and more slowly instead of writing as fast as it can. */
  pauseMs(key: ObjectKey, nowMs: number): number {
    const heat = this.#heat.get(key);
    return heat === undefined ? 0 : heat.healedAtMs + healPauseMs(heat, ruleOf(key)) - nowMs;
  }

  /** Why putting the object back to this content waits; what is new waits for nobody. */
  fightFor({ key, owner, digest }: Wanted, nowMs: number): Fight | undefined {
    const drift = this.#open.get(key);
    const heat = this.#heat.get(key);
    const pauseMs = this.pauseMs(key, nowMs);
    if (drift === undefined || heat === undefined || pauseMs <= 0) return undefined;
    if (drift.policy !== owner || drift.digest !== digest) return undefined;
    const { manager, operation } = drift;
    return { manager, operation, times: heat.heals + 1, sinceMs: heat.sinceMs, untilMs: nowMs + pauseMs };
  }

  /** A fight is over for good when nothing was healed for two of the longest pauses. */
  #coolDown(nowMs: number): void {
    for (const [key, heat] of this.#heat) if (nowMs - heat.healedAtMs > coldAfterMs) this.#heat.delete(key);
  }
}

/** What a policy wants of an object. */
export type Wanted = Readonly<Pick<Drift, 'digest'>> & { readonly key: ObjectKey; readonly owner: PolicyName };
