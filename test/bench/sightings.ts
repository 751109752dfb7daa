interface Waiter<T> {
  readonly isIt: (event: T) => boolean;
  readonly seen: (atMs: number) => void;
}

/** Tells when something was first seen, on the clock of this process. Whoever waits must say so before he causes it. */
export class Sightings<T> {
  readonly #waiting = new Set<Waiter<T>>();

  see(event: T): void {
    const atMs = performance.now();
    for (const waiter of this.#waiting) {
      if (!waiter.isIt(event)) continue;
      this.#waiting.delete(waiter);
      waiter.seen(atMs);
    }
  }

  /** Rejects after `limitMs`: a figure must not be made of what arrived alone. */
  next(what: string, isIt: (event: T) => boolean, limitMs = 60_000): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(new Error(`${what}: not seen within ${limitMs / 1000} s`));
      }, limitMs);
      const waiter: Waiter<T> = {
        isIt,
        seen: (atMs) => {
          clearTimeout(timer);
          resolve(atMs);
        },
      };
      this.#waiting.add(waiter);
    });
  }
}
