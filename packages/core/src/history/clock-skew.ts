/** Two clocks in one line: the moments of a spoke, moved onto the clock of the hub. */
import type { Stamps } from '@accord/proto/messages';

const ofSpoke = ['receivedMs', 'verifiedMs', 'compiledMs', 'appliedMs', 'reportedMs'] as const;

/**
 * How far the clock of the cluster was ahead of the hub's: the least difference that explains what was seen.
 *
 * A document is not received before it is published, an outcome not read before it is reported, and a beat not heard before it is sent.
 * `beatMs` is what the last beat showed, the time in it less that of its arrival; 0 when none was heard.
 */
export function skewOf({ publishedMs, receivedMs, reportedMs }: Stamps, foldedMs: number, beatMs: number): number {
  const highest = publishedMs > 0 && receivedMs > 0 ? receivedMs - publishedMs : Number.POSITIVE_INFINITY;
  const ofReport = foldedMs > 0 && reportedMs > 0 ? reportedMs - foldedMs : Number.NEGATIVE_INFINITY;
  const lowest = Math.max(ofReport, beatMs === 0 ? Number.NEGATIVE_INFINITY : beatMs);
  // Clocks that are set between two moments make these cross, or rounding does by less than a millisecond.
  if (lowest > highest) return (lowest + highest) / 2;
  return Math.min(highest, Math.max(lowest, 0));
}

/** Moments that were not seen stay 0. */
export function correctedStamps(stamps: Stamps, skewMs: number): Stamps {
  const moved = ofSpoke.map((name) => [name, stamps[name] === 0 ? 0 : stamps[name] - skewMs] as const);
  return { ...stamps, ...Object.fromEntries(moved) };
}
