import { describe, expect, test } from 'vitest';
import { mapAhead } from './map-ahead.ts';

/** Elements that come when the test says so. */
class Source<T> {
  readonly #waiting: ((result: IteratorResult<T>) => void)[] = [];
  readonly #ready: IteratorResult<T>[] = [];
  isReturned = false;

  give(...values: readonly T[]): void {
    for (const value of values) this.#settle({ done: false, value });
  }

  end(): void {
    this.#settle({ done: true, value: undefined });
  }

  #settle(result: IteratorResult<T>): void {
    const wake = this.#waiting.shift();
    if (wake === undefined) this.#ready.push(result);
    else wake(result);
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: () => {
        const result = this.#ready.shift();
        return result === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(result);
      },
      return: () => {
        this.isReturned = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}

const turns = async (): Promise<void> => {
  for (let n = 0; n < 50; n += 1) await Promise.resolve();
};

describe('mapAhead', () => {
  test('results come in the order of the elements, whichever is made first', async () => {
    const source = new Source<number>();
    const made = new Map<number, () => void>();
    const results = mapAhead(source, 4, (n) => new Promise<string>((resolve) => made.set(n, () => resolve(`made ${n}`))));
    const seen: string[] = [];
    const done = (async () => {
      for await (const result of results) seen.push(result);
    })();
    source.give(1, 2, 3);
    source.end();
    await turns();
    made.get(3)?.();
    made.get(2)?.();
    await turns();
    expect(seen).toEqual([]);
    made.get(1)?.();
    await done;
    expect(seen).toEqual(['made 1', 'made 2', 'made 3']);
  });

  test('what is ready does not wait for an element that has not come', async () => {
    const source = new Source<number>();
    const results = mapAhead(source, 4, (n) => Promise.resolve(n));
    source.give(1);
    expect(await results.next()).toEqual({ done: false, value: 1 });
    const second = results.next();
    source.give(2);
    expect(await second).toEqual({ done: false, value: 2 });
  });

  test('no more than so many are at work beside the one that is waited for', async () => {
    const source = new Source<number>();
    const begun: number[] = [];
    const results = mapAhead(source, 2, (n) => (begun.push(n), new Promise<never>(() => undefined)));
    source.give(1, 2, 3, 4, 5);
    void results.next();
    await turns();
    expect(begun).toEqual([1, 2, 3]);
  });

  test('a failure comes at its turn, and the source is let go', async () => {
    const source = new Source<number>();
    const results = mapAhead(source, 4, (n) => (n === 2 ? Promise.reject(new Error('no 2')) : Promise.resolve(n)));
    source.give(1, 2, 3);
    expect(await results.next()).toEqual({ done: false, value: 1 });
    await expect(results.next()).rejects.toThrow('no 2');
    expect(source.isReturned).toBe(true);
  });

  test('whoever stops reading lets the source go', async () => {
    const source = new Source<number>();
    source.give(1, 2);
    for await (const _result of mapAhead(source, 4, (n) => Promise.resolve(n))) break;
    expect(source.isReturned).toBe(true);
  });
});
