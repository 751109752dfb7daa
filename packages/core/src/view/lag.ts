/** How a cluster comes along whose beats say that it lacks something of what was published for it. */
import { equalBytes } from '@accord/proto/canonical';

/** A cluster may say this long that it lacks something, on its way, before it is asked to look; and again after as long. */
export const askAfterMs = 10_000;
/**
 * Whoever is asked reads the index within 2 s, fetches what it lacks, and beats within another 2 s. One that took nothing
 * for this long was asked three times, and a fourth will not help.
 */
export const stuckAfterMs = 30_000;

export interface Lag {
  /** What its beats say that it has. */
  readonly digest: Uint8Array;
  /** When it is to be asked next. */
  readonly askAtMs: number;
  /** When it was first asked since its beats have said so. */
  readonly askedAtMs: number | undefined;
}

/** After a beat that lacks something. Whoever has taken something since the beat before is on its way. */
export function lagAfterBeat(before: Lag | undefined, digest: Uint8Array, nowMs: number): Lag {
  if (before === undefined) return { digest, askAtMs: nowMs + askAfterMs, askedAtMs: undefined };
  return equalBytes(before.digest, digest) ? before : { ...before, digest, askedAtMs: undefined };
}

export function lagAfterAsking(lag: Lag, nowMs: number): Lag {
  return { ...lag, askAtMs: nowMs + askAfterMs, askedAtMs: lag.askedAtMs ?? nowMs };
}

/** Whether asking did not help. */
export function isStuck({ askedAtMs }: Lag, nowMs: number): boolean {
  return askedAtMs !== undefined && nowMs - askedAtMs >= stuckAfterMs;
}
