/** Something that others wait for, again and again. */
export class Wakeup {
  #waiting = new Set<() => void>();

  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const resume of waiting) resume();
  }

  /** Resolves when one of these wakes, or when `signal` aborts. */
  static async any(wakeups: readonly Wakeup[], signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const done = new AbortController();
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true, signal: done.signal });
      for (const wakeup of wakeups) {
        wakeup.#waiting.add(resolve);
        done.signal.addEventListener('abort', () => wakeup.#waiting.delete(resolve), { once: true });
      }
    });
    done.abort();
  }
}
