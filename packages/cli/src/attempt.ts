import { CodedError } from '@accord/proto/coded-error';
import type { Context } from './context.ts';
import { renderFailure } from './render/failure.ts';

/** Does one of several things; what fails is told with `what` it was, and gives undefined, so that the others go on. Bugs pass through. */
export async function attempt<Result>(
  { terminal }: Pick<Context, 'terminal'>,
  what: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    // Without an answer the next one would fail the same way, and slowly.
    if (error.code === 'unavailable' || error.code === 'unauthenticated') throw error;
    terminal.note(
      renderFailure(
        new CodedError(error.code, `${what}: ${error.message}`, { ...(error.help !== undefined && { help: error.help }), cause: error }),
        terminal.paint,
      ),
    );
    return undefined;
  }
}
