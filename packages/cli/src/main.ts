import { CodedError } from '@accord/proto/coded-error';
import { CommanderError, InvalidArgumentError } from 'commander';
import { hubAddress, wantsColour } from './config.ts';
import type { Context } from './context.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { HubClient } from './hub-client.ts';
import { createProgram } from './program.ts';
import { renderFailure } from './render/failure.ts';
import { Terminal } from './terminal.ts';

/** 128 + SIGINT, as shells count. */
const interrupted = 130;

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
// Whoever read our output may have gone, as with `accord get policies | head`.
process.stdout.on('error', () => process.exit(exitCodes.done));

process.exitCode = await run(process.argv);
// A stream that is still open must not keep the shell waiting; what was written to a pipe has to get out first.
process.stdout.write('', () => process.exit());

async function run(argv: readonly string[]): Promise<number> {
  const { env } = process;
  const terminal = new Terminal({
    out: process.stdout,
    err: process.stderr,
    colour: wantsColour(env, process.stdout.isTTY),
    isTerminal: process.stderr.isTTY,
  });
  let code: ExitCode = exitCodes.done;
  let client: HubClient | undefined;
  const context: Context = {
    hub: () => (client ??= new HubClient(hubAddress(env), stop.signal)),
    terminal,
    env,
    stdin: process.stdin,
    stderr: process.stderr,
    now: Date.now,
    signal: stop.signal,
    finish: (given) => (code = given),
  };
  try {
    await createProgram(context).parseAsync(argv);
    return code;
  } catch (error) {
    terminal.endProgress();
    if (stop.signal.aborted) return interrupted;
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
