import { hopsOf, type Hop } from '@accord/core/history/hops-of';
import { isSettled } from '@accord/core/status/states';
import type { ChangeTimeline } from '@accord/proto/api-history';

export type OnCluster = ChangeTimeline['clusters'][number];
/** `corrected` puts the spoke's moments on the clock of the hub; `raw` leaves them as each side read its own. */
export type WhichClock = 'corrected' | 'raw';

export interface Fall {
  readonly on: OnCluster;
  readonly hops: readonly Hop[];
  /** From accepted to the last moment that was seen; 0 while none was. */
  readonly totalMs: number;
}

/** Clusters as they wait: first those that have not applied it, then the slowest. */
export function fallsOf({ clusters }: ChangeTimeline, clock: WhichClock): readonly Fall[] {
  const falls = clusters.map((on) => {
    const hops = hopsOf(clock === 'raw' ? on.stamps : on.corrected, on.foldedMs);
    return { on, hops, totalMs: Math.max(0, ...hops.map(({ startMs, ms }) => startMs + ms)) };
  });
  return falls.toSorted((a, b) => rank(a) - rank(b) || b.totalMs - a.totalMs || (a.on.cluster < b.on.cluster ? -1 : 1));
}

function rank({ on }: Fall): number {
  return isSettled(on.state) ? 1 : 0;
}

export interface Piece {
  readonly hop: Hop['hop'];
  readonly ms: number;
  /** Of the width of the whole, in percent. */
  readonly left: number;
  readonly width: number;
}

/** The hops of a cluster as pieces of a bar that is `scaleMs` long. Where clocks differ by more than a hop took, the piece has no width. */
export function piecesOf({ hops }: Fall, scaleMs: number): readonly Piece[] {
  const share = (ms: number): number => Math.min(100, Math.max(0, (100 * ms) / Math.max(scaleMs, 0.001)));
  return hops.map(({ hop, ms, startMs }) => {
    const left = share(startMs);
    return { hop, ms, left, width: Math.max(0, share(startMs + ms) - left) };
  });
}

/** One slow cluster must not press all others flat: the scale ends at five times the median, and what is longer runs out of it. */
export function scaleOf(falls: readonly Fall[]): number {
  const totals = falls
    .map(({ totalMs }) => totalMs)
    .filter((ms) => ms > 0)
    .toSorted((a, b) => a - b);
  const median = totals[Math.floor(totals.length / 2)] ?? 0;
  return Math.min(totals.at(-1) ?? 0, median * 5);
}
