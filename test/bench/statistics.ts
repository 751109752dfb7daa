/** Of an empty list NaN, so that a figure without samples cannot look good. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Nearest rank: the smallest value that at least `percent` of all values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? mean(sorted.slice(middle - 1, middle + 1)) : percentile(values, 50);
}

/** The means of consecutive windows; a last window of less than half the size is left out unless it is the only one. */
export function windowMeans(values: readonly number[], size: number): readonly number[] {
  const windows = Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size));
  return windows.filter((window, at) => at === 0 || window.length * 2 >= size).map(mean);
}

/** For progress lines: `mean 14.2 · p50 13.9 · p95 18.0 · p99 22.4 ms`. */
export function summary(values: readonly number[]): string {
  const [p50, p95, p99] = [50, 95, 99].map((percent) => percentile(values, percent).toFixed(1));
  return `mean ${mean(values).toFixed(1)} · p50 ${p50} · p95 ${p95} · p99 ${p99} · max ${Math.max(...values).toFixed(1)} ms (${values.length})`;
}
