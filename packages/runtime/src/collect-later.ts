import type { Clock } from './clock.ts';

/** Gathers elements for a while after the first, and then hands them over at once: for what may wait, beside what may not. */
export function collectLater<T>(
  act: (all: ReadonlySet<T>) => void,
  afterMs: number,
  clock: Clock,
  signal: AbortSignal,
): (elements: Iterable<T>) => void {
  let waiting: Set<T> | undefined;
  const flush = async (): Promise<void> => {
    await clock.sleep(afterMs, signal);
    const all = waiting ?? new Set<T>();
    waiting = undefined;
    act(all);
  };
  return (elements) => {
    const isFirst = waiting === undefined;
    waiting ??= new Set();
    for (const element of elements) waiting.add(element);
    if (isFirst) void flush();
  };
}
