/** How hard somebody fights for one object. Absent means that it was never healed. */
export interface Heat {
  readonly heat: number;
  readonly healedAtMs: number;
  /** Number of the back-off step; 0 while there is no fight. */
  readonly level: number;
  /** Heals less than a minute apart, or of one fight, and when the first of them was. */
  readonly heals: number;
  readonly sinceMs: number;
}

export interface HeatRule {
  /** RBAC kinds, limits and network policies: what the policy says is what holds, so the spoke waits 5 s at most. */
  readonly neverYields: boolean;
}

/** Heals in quick succession that are no fight yet: e.g. a person who edits an object a few times. */
const calmHeat = 5;
/** In this time heat falls by e. */
const coolMs = 60_000;
const firstMs = 5_000;
const longestMs = 10 * 60_000;
/** 5 s · 3^5 = 20 min 15 s, which is above the longest pause already. */
const levelMax = 6;

/**
 * Takes one heal into account: heat falls by e per minute and grows by one.
 *
 * A heal soon after the pause of a level belongs to the same fight although the pause let the heat fall; otherwise the pauses could never grow.
 */
export function heatAfterHeal(before: Heat | undefined, nowMs: number, rule: HeatRule): Heat {
  if (before === undefined) return { heat: 1, healedAtMs: nowMs, level: 0, heals: 1, sinceMs: nowMs };
  const quietMs = Math.max(0, nowMs - before.healedAtMs);
  const heat = before.heat * Math.exp(-quietMs / coolMs) + 1;
  const goesOn = before.level > 0 && quietMs <= 2 * healPauseMs(before, rule);
  const level = heat > calmHeat || goesOn ? Math.min(before.level + 1, levelMax) : 0;
  const succession = goesOn || quietMs < coolMs ? { heals: before.heals + 1, sinceMs: before.sinceMs } : { heals: 1, sinceMs: nowMs };
  return { heat, healedAtMs: nowMs, level, ...succession };
}

/** How long to leave drift of this object alone after the last heal: 0, 5 s, 15 s, 45 s … 10 min. */
export function healPauseMs({ level }: Heat, { neverYields }: HeatRule): number {
  if (level === 0) return 0;
  return Math.min(firstMs * 3 ** (level - 1), neverYields ? firstMs : longestMs);
}
