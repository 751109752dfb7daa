import type { Clock } from './clock.ts';

export interface CollectTimes {
  /** Handed over when nothing has come for so long, */
  readonly quietMs: number;
  /** or this long after the first. */
  readonly maxMs: number;
}

/** Gathers elements until there is a pause, and then hands them over at once: for what may wait, beside what may not. */
export function collectLater<T>(
  act: (all: ReadonlySet<T>) => void,
  { quietMs, maxMs }: CollectTimes,
  clock: Clock,
  signal: AbortSignal,
): (elements: Iterable<T>) => void {
  let waiting: Set<T> | undefined;
  let lastMs = 0;
  const flush = async (firstMs: number): Promise<void> => {
    for (let now = firstMs; now < Math.min(lastMs + quietMs, firstMs + maxMs) && !signal.aborted; now = clock.now())
      await clock.sleep(Math.min(lastMs + quietMs, firstMs + maxMs) - now, signal);
    const all = waiting ?? new Set<T>();
    waiting = undefined;
    act(all);
  };
  return (elements) => {
    const isFirst = waiting === undefined;
    waiting ??= new Set();
    for (const element of elements) waiting.add(element);
    lastMs = clock.now();
    if (isFirst) void flush(lastMs);
  };
}
