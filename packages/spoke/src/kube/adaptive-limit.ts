/** How many writes may be on the wire at once. A value, so that every step of it can be tested. */
export interface AdaptiveLimit {
  readonly limit: number;
  /** The limit never grows beyond. */
  readonly max: number;
  /** Answers since the limit last moved. */
  readonly calm: number;
  /** Smoothed time of an answer. */
  readonly latencyMs: number;
  /** When it was last cut; minus infinity for never. Requests that were on their way then say nothing new. */
  readonly cutAtMs: number;
  /** Nothing is sent before: what the server asked for with Retry-After. */
  readonly notBeforeMs: number;
}

export interface Observation {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly verdict: 'answered' | 'overloaded' | 'failed';
  readonly retryAfterMs?: number;
  /** True when others waited for their turn: only then would a higher limit have helped. */
  readonly saturated: boolean;
}

export const limitFirst = 16;
const limitMin = 2;
/** Above this the server queues what we send. A role takes 0.1 s at any load (the server waits for its caches), so the bound lies well above. */
const slowMs = 1_000;
const retryAfterMsMax = 30_000;

export function initialLimit(max: number): AdaptiveLimit {
  return { limit: Math.min(limitFirst, max), max, calm: 0, latencyMs: 0, cutAtMs: Number.NEGATIVE_INFINITY, notBeforeMs: 0 };
}

/**
 * Grows by one for each good answer until it is cut for the first time, then by one for each full round of them; halves once per
 * overload, and shrinks by a tenth per slow round.
 *
 * A server that was never slow is asked for more at once: roles wait 0.1 s each whatever the load, so that a thousand objects
 * are in before sixteen at a time could have grown to what the server takes.
 */
export function observe(
  before: AdaptiveLimit,
  { startedAtMs, endedAtMs, verdict, retryAfterMs = 0, saturated }: Observation,
): AdaptiveLimit {
  const notBeforeMs = Math.max(before.notBeforeMs, endedAtMs + Math.min(retryAfterMs, retryAfterMsMax));
  const took = endedAtMs - startedAtMs;
  const latencyMs = before.latencyMs === 0 ? took : before.latencyMs * 0.9 + took * 0.1;
  if (verdict !== 'answered') {
    if (startedAtMs <= before.cutAtMs) return { ...before, notBeforeMs };
    return { ...before, limit: cut(before.limit, 2), calm: 0, latencyMs, cutAtMs: endedAtMs, notBeforeMs };
  }
  const calm = before.calm + 1;
  const wasNeverCut = before.cutAtMs === Number.NEGATIVE_INFINITY;
  if (wasNeverCut && saturated && latencyMs <= slowMs && before.limit < before.max)
    return { ...before, limit: before.limit + 1, latencyMs };
  if (calm < before.limit) return { ...before, calm, latencyMs };
  if (latencyMs > slowMs) return { ...before, limit: cut(before.limit, 1.1), calm: 0, latencyMs, cutAtMs: endedAtMs };
  return { ...before, limit: saturated ? Math.min(before.limit + 1, before.max) : before.limit, calm: 0, latencyMs };
}

function cut(limit: number, by: number): number {
  return Math.max(limitMin, Math.floor(limit / by));
}
