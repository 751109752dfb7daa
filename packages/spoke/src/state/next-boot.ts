/**
 * The number of this start: one more than the last. Where the last one is not known, because the state was deleted or edited, it is
 * the time in seconds, which no count of starts reaches: a hub that has heard higher numbers would take everything that this spoke says for old news.
 */
export function nextBoot(lastBoot: number, nowMs: number): number {
  return lastBoot > 0 ? lastBoot + 1 : Math.max(1, Math.floor(nowMs / 1000));
}
