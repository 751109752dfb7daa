/** How often something may be done: a few times at once, and then once in a while. */
export interface CreditRule {
  readonly max: number;
  readonly everyMs: number;
}

export interface Credit {
  readonly left: number;
  readonly atMs: number;
}

/** What is left by now; less than 1 means that it has to wait. */
export function refilled(before: Credit | undefined, { max, everyMs }: CreditRule, nowMs: number): Credit {
  if (before === undefined) return { left: max, atMs: nowMs };
  return { left: Math.min(max, before.left + (nowMs - before.atMs) / everyMs), atMs: nowMs };
}
