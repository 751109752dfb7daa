import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@accord/proto/coded-error';

/** Asks again and again until the answer is yes. Rejects with `timeout` at the limit. */
export async function waitUntil(
  what: string,
  question: () => Promise<boolean>,
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await question())) {
    if (Date.now() > deadline) throw new CodedError('timeout', `${what}: not within ${limitMs / 1000} s`);
    await sleep(50, undefined, { signal });
  }
}
