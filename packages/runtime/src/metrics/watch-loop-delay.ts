import type { Clock } from '../clock.ts';

/** Tells every `everyMs` how late this process wakes up: what everything waits before it is looked at. */
export async function watchLoopDelay(
  { clock, everyMs, onDelay }: { readonly clock: Clock; readonly everyMs: number; readonly onDelay: (ms: number) => void },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const dueMs = clock.now() + everyMs;
    await clock.sleep(everyMs, signal);
    if (!signal.aborted) onDelay(Math.max(0, clock.now() - dueMs));
  }
}
