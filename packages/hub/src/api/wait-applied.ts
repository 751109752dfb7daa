import type { Clock } from '@accord/runtime/clock';
import type { Projection } from '../views/projection.ts';

export interface Waiting {
  readonly projection: Projection;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Sentences that say what is still open; none when all is done. */
  readonly open: () => readonly string[];
}

const lookMs = 500;

/** Looks after each notice until nothing is open, the time is over or `signal` aborts. Resolves with what is still open. */
export async function waitApplied({ projection, clock, timeoutMs, open }: Waiting, signal: AbortSignal): Promise<readonly string[]> {
  const ended = new AbortController();
  let wake = new AbortController();
  projection.onNotice(() => wake.abort(), AbortSignal.any([signal, ended.signal]));
  const endMs = clock.now() + timeoutMs;
  try {
    for (;;) {
      wake = new AbortController();
      const left = open();
      const restMs = endMs - clock.now();
      if (left.length === 0 || restMs <= 0 || signal.aborted) return left;
      await clock.sleep(Math.min(lookMs, restMs), AbortSignal.any([signal, wake.signal]));
    }
  } finally {
    ended.abort();
  }
}
