import type { Stamps } from '@accord/proto/messages';
import { hopsOf, type HopName } from './hops-of.ts';
import { nearestRank } from './nearest-rank.ts';

export interface HopTimes {
  readonly hop: HopName;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly slowest: string;
}

export interface TimedCluster {
  readonly cluster: string;
  /** On the clock of the hub. */
  readonly corrected: Stamps;
  readonly foldedMs: number;
}

/** How long each hop of a change took over all clusters, and where it took longest. A moment that was not seen is covered by the next hop. */
export function hopTimes(clusters: readonly TimedCluster[]): readonly HopTimes[] {
  const taken = clusters.flatMap(({ cluster, corrected, foldedMs }) =>
    hopsOf(corrected, foldedMs).map(({ hop, ms }) => ({ hop, ms, cluster })),
  );
  const byHop = Map.groupBy(taken, ({ hop }) => hop);
  return [...byHop].map(([hop, all]) => {
    const inOrder = all.toSorted((a, b) => a.ms - b.ms || (a.cluster < b.cluster ? -1 : 1));
    const times = inOrder.map(({ ms }) => ms);
    const at = (share: number): number => nearestRank(times, share) ?? 0;
    return { hop, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1), slowest: inOrder.at(-1)?.cluster ?? '' };
  });
}
