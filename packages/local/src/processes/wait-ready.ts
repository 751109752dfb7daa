import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@accord/proto/coded-error';
import type { Child } from './child.ts';

export interface WaitReadyInput {
  /** For messages: what is awaited. */
  readonly what: string;
  readonly child: Child;
  /** True once it is ready; false or a CodedError while it is not. */
  readonly probe: () => Promise<boolean>;
  readonly limitMs: number;
}

/**
 * Waits for a child to answer. Rejects with `unavailable` when it ends first (with its last words), `timeout` at the limit.
 * A child that did not get ready is killed: its caller has nothing to hold it by.
 */
export async function waitReady(input: WaitReadyInput, signal: AbortSignal): Promise<void> {
  try {
    await poll(input, signal);
  } catch (error) {
    await input.child.kill();
    throw error;
  }
}

async function poll({ what, child, probe, limitMs }: WaitReadyInput, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    signal.throwIfAborted();
    if (child.exit !== undefined) throw new CodedError('unavailable', `${what} ended while it started: ${child.lastWords()}`);
    if (await answers(probe)) return;
    if (Date.now() > deadline) {
      throw new CodedError(
        'timeout',
        `${what} was not ready after ${limitMs / 1000} s; its log is ${child.spec.logFile}: ${child.lastWords()}`,
      );
    }
    await sleep(50, undefined, { signal });
  }
}

async function answers(probe: () => Promise<boolean>): Promise<boolean> {
  try {
    return await probe();
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}
