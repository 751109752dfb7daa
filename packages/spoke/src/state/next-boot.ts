/**
 * The number of this start, higher than that of every start before: the time in milliseconds, or one more than the last where the clock
 * was set back. A hub that has heard higher numbers would take everything that this spoke says for old news.
 *
 * Counting alone does not do: the state may have been deleted or edited, and a write of an earlier process that arrives late puts
 * its number back, so that two starts would have the same.
 */
export function nextBoot(lastBoot: number, nowMs: number): number {
  return Math.max(lastBoot + 1, Math.floor(nowMs), 1);
}
