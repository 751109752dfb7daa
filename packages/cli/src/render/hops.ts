import { hopsOf as hopsBetween, type Hop } from '@accord/core/history/hops-of';
import type { ChangeTimeline } from '@accord/proto/api-history';
import { humanDuration } from '@accord/proto/human-duration';

export type OnCluster = ChangeTimeline['clusters'][number];

/** `corrected` puts the spoke's moments on the clock of the hub; `raw` leaves them as each side read its own. */
export type WhichClock = 'corrected' | 'raw';

/** The hops of one change on one cluster; moments that were not seen are left out, and the next hop covers them. */
export function hopsOf({ stamps, corrected, foldedMs }: OnCluster, clock: WhichClock = 'corrected'): readonly Hop[] {
  return hopsBetween(clock === 'raw' ? stamps : corrected, foldedMs);
}

/** Of the hub's clock where the hub has folded it; else up to the last moment that was seen. */
export function totalOf(hops: readonly Hop[]): number {
  return hops.reduce((sum, { ms }) => sum + ms, 0);
}

/** At most ten characters: `80.0 ms`, `12.3 s`, `3h5m`. */
export function renderMs(ms: number): string {
  if (Math.abs(ms) < 10_000) return `${ms.toFixed(1)} ms`;
  return Math.abs(ms) < 600_000 ? `${(ms / 1_000).toFixed(1)} s` : `${ms < 0 ? '-' : ''}${humanDuration(Math.abs(ms))}`;
}
