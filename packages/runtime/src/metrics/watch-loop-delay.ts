import type { Clock } from '../clock.ts';

const everyMs = 100;

/** Tells how late this process wakes up, ten times a second: what everything waits before it is looked at. */
export async function watchLoopDelay(clock: Clock, onDelay: (ms: number) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const dueMs = clock.now() + everyMs;
    await clock.sleep(everyMs, signal);
    if (!signal.aborted) onDelay(Math.max(0, clock.now() - dueMs));
  }
}
