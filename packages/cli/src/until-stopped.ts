import type { Context } from './context.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';

/** Work that only Ctrl-C ends has done what it should when it is ended: exit code 0. */
export async function untilStopped(
  { signal, terminal }: Pick<Context, 'signal' | 'terminal'>,
  work: () => Promise<void>,
): Promise<ExitCode> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) throw error;
    terminal.endProgress();
  }
  return exitCodes.done;
}
