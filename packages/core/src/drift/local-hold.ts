/** Somebody who may edit an object keeps it as it is for a while, whatever its policy says. */
export interface LocalHold {
  /** As it was written, in milliseconds since the epoch. */
  readonly writtenMs: number;
  /** When it ends: at most as far off as the cluster's owner allows, from when it was first seen. */
  readonly endMs: number;
  readonly reason: string;
}

export interface HoldRule {
  readonly nowMs: number;
  readonly longestMs: number;
  /** What was known of the object before: the same text does not begin anew. */
  readonly before: LocalHold | undefined;
}

const reasonMax = 200;

/** Reads the annotations `hold-until` and `hold-reason`. What is no time, or is over, holds nothing. */
export function readHold(until: string | undefined, reason = '', { nowMs, longestMs, before }: HoldRule): LocalHold | undefined {
  const writtenMs = Date.parse(until ?? '');
  if (Number.isNaN(writtenMs)) return undefined;
  if (before?.writtenMs === writtenMs) return { ...before, reason: reason.slice(0, reasonMax) };
  return { writtenMs, endMs: Math.min(writtenMs, nowMs + longestMs), reason: reason.slice(0, reasonMax) };
}

export function isHeld(hold: LocalHold | undefined, nowMs: number): hold is LocalHold {
  return hold !== undefined && hold.endMs > nowMs;
}
