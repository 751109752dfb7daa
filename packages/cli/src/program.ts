import { programVersion } from '@accord/proto/version';
import { Command } from 'commander';
import { addApply } from './commands/apply.ts';
import { addDelete } from './commands/delete.ts';
import { addGet } from './commands/get.ts';
import type { Context } from './context.ts';

const verbs = [addApply, addGet, addDelete];

/** The whole command line. Rejects with CommanderError for a usage error, which was told already, and with CodedError for a failure. */
export function createProgram(context: Context): Command {
  const program = new Command('accord')
    .description('Policy and registry for fleets of Kubernetes clusters.')
    .version(programVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride();
  for (const add of verbs) add(program, context);
  pointToHelp(program, 'accord');
  return program;
}

/** A usage error ends in what to run, down to the verb that was meant. */
function pointToHelp(command: Command, words: string): void {
  command.showHelpAfterError(`See: ${words} --help`);
  for (const inner of command.commands) pointToHelp(inner, `${words} ${inner.name()}`);
}
