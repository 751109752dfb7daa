import type { ChangeTimeline } from '@accord/proto/api-history';
import { humanDuration } from '@accord/proto/human-duration';

export type OnCluster = ChangeTimeline['clusters'][number];

/** Each hop ends at its moment. */
const moments = ['published', 'received', 'verified', 'compiled', 'applied', 'reported', 'folded'] as const;

export interface Hop {
  readonly name: (typeof moments)[number];
  /** Since the last moment that was seen; negative where two clocks differ by more than the hop took. */
  readonly ms: number;
  /** Since the hub accepted the change. */
  readonly startMs: number;
}

/** `corrected` puts the spoke's moments on the clock of the hub; `raw` leaves them as each side read its own. */
export type WhichClock = 'corrected' | 'raw';

/** The hops of one change on one cluster; moments that were not seen are left out, and the next hop covers them. */
export function hopsOf({ stamps: raw, corrected, foldedMs }: OnCluster, clock: WhichClock = 'corrected'): readonly Hop[] {
  const stamps = clock === 'raw' ? raw : corrected;
  const at = {
    published: stamps.publishedMs,
    received: stamps.receivedMs,
    verified: stamps.verifiedMs,
    compiled: stamps.compiledMs,
    applied: stamps.appliedMs,
    reported: stamps.reportedMs,
    folded: foldedMs,
  };
  const hops: Hop[] = [];
  let before = stamps.acceptedMs;
  if (before === 0) return hops;
  for (const name of moments) {
    if (at[name] === 0) continue;
    hops.push({ name, ms: at[name] - before, startMs: before - stamps.acceptedMs });
    before = at[name];
  }
  return hops;
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
