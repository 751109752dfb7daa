import type { Stamps } from '@accord/proto/messages';

/** Each hop ends at its moment. */
const hops = ['published', 'received', 'verified', 'compiled', 'applied', 'reported', 'folded'] as const;
export type HopName = (typeof hops)[number];

export interface Hop {
  readonly hop: HopName;
  /** Since the last moment that was seen; negative where two clocks differ by more than the hop took. */
  readonly ms: number;
  /** Since the hub accepted the change. */
  readonly startMs: number;
}

/** The hops of one change on one cluster. A moment that was not seen is left out, and the next hop covers it. */
export function hopsOf(stamps: Stamps, foldedMs: number): readonly Hop[] {
  const at: Readonly<Record<HopName, number>> = {
    published: stamps.publishedMs,
    received: stamps.receivedMs,
    verified: stamps.verifiedMs,
    compiled: stamps.compiledMs,
    applied: stamps.appliedMs,
    reported: stamps.reportedMs,
    folded: foldedMs,
  };
  let before = stamps.acceptedMs;
  return hops.flatMap((hop) => {
    if (at[hop] === 0 || before === 0) return [];
    const startMs = before - stamps.acceptedMs;
    const ms = at[hop] - before;
    before = at[hop];
    return [{ hop, ms, startMs }];
  });
}
