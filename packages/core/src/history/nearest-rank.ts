/** The value that this share of all does not exceed; undefined where there is none. */
export function nearestRank(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.ceil(share * sorted.length) - 1];
}
