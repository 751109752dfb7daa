import { CodedError } from '@accord/proto/coded-error';
import { CommanderError, InvalidArgumentError } from 'commander';
import { hubAddress } from './config.ts';
import type { Context } from './context.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { HubClient } from './hub-client.ts';
import { loginToken } from './login/fresh-token.ts';
import { createProgram } from './program.ts';
import { renderFailure } from './render/failure.ts';

/** 128 + SIGINT, as shells count. */
export const interrupted = 130;

export type Surroundings = Omit<Context, 'hub' | 'finish'>;

/** Runs one command line, `words` without the program's own name, and gives its exit code. Only bugs are thrown. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode | typeof interrupted> {
  const { env, signal, terminal } = surroundings;
  let code: ExitCode = exitCodes.done;
  let client: HubClient | undefined;
  const hub = (): HubClient =>
    (client ??= new HubClient(
      hubAddress(env, (url) => loginToken(env, url, surroundings.now)),
      signal,
    ));
  try {
    await createProgram({ ...surroundings, hub, finish: (given) => (code = given) }).parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    terminal.endProgress();
    if (signal.aborted) return interrupted;
    if (error instanceof InvalidArgumentError) {
      terminal.note(`error: ${error.message}`, 'See: accord --help');
      return exitCodes.usage;
    }
    // commander has already said what is wrong with the command line; help and version end here too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (!(error instanceof CodedError)) throw error;
    terminal.note(renderFailure(error, terminal.paint));
    return exitCodes.failed;
  }
}
