import { setTimeout as sleep } from 'node:timers/promises';
import { isCoded } from '@accord/proto/coded-error';
import type { Child } from './child.ts';

export interface SupervisedOptions {
  readonly what: string;
  readonly start: (signal: AbortSignal) => Promise<Child>;
  /** True starts it again after it ended by itself or was killed, as a kubelet would. */
  readonly restart: boolean;
  readonly onProgress: (line: string) => void;
  readonly backoffMsFirst?: number;
}

const backoffMsMax = 10_000;
/** Who ran this long has recovered; its next end is a new story. */
const recoveredAfterMs = 60_000;

/** One program that is started, ended and started again, and never runs twice at once. */
export class Supervised {
  readonly #options: SupervisedOptions;
  #child: Child | undefined;
  #stopped = new AbortController();
  #guard: Promise<void> = Promise.resolve();

  constructor(options: SupervisedOptions) {
    this.#options = options;
  }

  /** The running child, or the last one. */
  get child(): Child | undefined {
    return this.#child;
  }

  /** Starts it unless it runs. Rejects as the given `start` does. */
  async start(): Promise<Child> {
    if (this.#child !== undefined && this.#child.exit === undefined) return this.#child;
    if (this.#stopped.signal.aborted) this.#stopped = new AbortController();
    const { signal } = this.#stopped;
    this.#child = await this.#options.start(signal);
    if (this.#options.restart) this.#guard = this.#watch(this.#child, signal);
    return this.#child;
  }

  /** SIGKILL: what a crash looks like. A supervised program comes back. */
  async kill(): Promise<void> {
    await this.#child?.kill();
  }

  async stop(graceMs?: number): Promise<void> {
    this.#stopped.abort();
    await this.#guard;
    await this.#child?.stop(graceMs);
  }

  async #watch(first: Child, signal: AbortSignal): Promise<void> {
    const { what, start, onProgress, backoffMsFirst = 1000 } = this.#options;
    let [child, started, backoffMs]: [Child | undefined, number, number] = [first, Date.now(), backoffMsFirst];
    while (!signal.aborted) {
      if (child !== undefined) {
        const end = await endOf(child, signal);
        if (end === undefined) return;
        if (Date.now() - started > recoveredAfterMs) backoffMs = backoffMsFirst;
        onProgress(`${what} ended (${end}); starting it again in ${backoffMs / 1000} s`);
      }
      await sleep(backoffMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      backoffMs = Math.min(2 * backoffMs, backoffMsMax);
      started = Date.now();
      child = await start(signal).catch((error: unknown) => report(error, signal, onProgress));
      if (child !== undefined) this.#child = child;
    }
  }
}

/** How it ended, in words; undefined when the signal came first. */
async function endOf(child: Child, signal: AbortSignal): Promise<string | undefined> {
  const aborted = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  const exit = await Promise.race([child.exited, aborted]);
  if (exit === undefined || signal.aborted) return undefined;
  return exit.signal ?? `exit code ${exit.code}`;
}

function report(error: unknown, signal: AbortSignal, onProgress: (line: string) => void): undefined {
  if (signal.aborted) return undefined;
  if (!isCoded(error)) throw error;
  onProgress(error.message);
  return undefined;
}
