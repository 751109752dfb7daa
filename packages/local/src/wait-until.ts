import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@accord/proto/coded-error';

export interface Patience {
  readonly limitMs?: number;
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/** Asks again and again until the answer is yes, and returns how long that took. Rejects with `timeout` and says what did not happen. */
export async function waitUntil(
  what: string,
  question: () => Promise<boolean>,
  { limitMs = 30_000, everyMs = 50, signal = new AbortController().signal }: Patience = {},
): Promise<number> {
  const startedMs = performance.now();
  while (!(await question())) {
    if (performance.now() - startedMs > limitMs)
      throw new CodedError('timeout', `${what}: not within ${limitMs / 1000} s`, { help: 'See what holds it up: ./accord status' });
    await sleep(everyMs, undefined, { signal });
  }
  return performance.now() - startedMs;
}
