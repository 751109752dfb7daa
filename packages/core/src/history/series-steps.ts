const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Such as people read off a plot. */
const stepsMs = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28, 91, 364].map((n) => n * day),
];

export interface SeriesSteps {
  readonly stepMs: number;
  /** Start of the first step. */
  readonly fromMs: number;
  /** End of the last step, in which now is. */
  readonly toMs: number;
}

interface SeriesAsked {
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly pointsMax: number;
}

/**
 * Steps at multiples of their length, the last of which now is in: so whoever asks a little later gets the same steps, and new ones at the
 * end. The first may begin up to one step after `sinceMs`, where a whole one more would be too many.
 */
export function planSeries({ sinceMs, nowMs, pointsMax }: SeriesAsked): SeriesSteps {
  const spanMs = Math.max(0, nowMs - sinceMs);
  const leastMs = spanMs / pointsMax;
  const stepMs = stepsMs.find((ms) => ms >= leastMs) ?? Math.ceil(leastMs / day) * day;
  const toMs = (Math.floor(nowMs / stepMs) + 1) * stepMs;
  const startMs = Math.floor((nowMs - spanMs) / stepMs) * stepMs;
  return { stepMs, fromMs: Math.max(startMs, toMs - pointsMax * stepMs), toMs };
}
