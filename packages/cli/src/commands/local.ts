import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

/** The fleet on this machine is a program of its own; this hands it the rest of the command line, its help included. */
export function addLocal(program: Command, context: Context): void {
  program
    .command('local')
    .summary('a fleet on this machine: up, down, status, kubeconfig')
    .description('Runs a hub, Kubernetes API servers and spokes on this machine.')
    .helpOption(false)
    .allowUnknownOption()
    .argument('[words...]', 'up, down, status, kubeconfig; see: accord local --help')
    .action((words: readonly string[]) => local(context, words));
  program
    .command('tour')
    .summary('see it at work on the fleet of this machine')
    .description('Shows Accord against the running local fleet, in a minute: each step prints the real command and the time that it took.')
    .addHelpText('after', '\nExample:\n  accord tour')
    .action(() => local(context, ['tour']));
}

async function local({ finish, signal }: Context, words: readonly string[]): Promise<void> {
  const main = fileURLToPath(new URL('../../../local/src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, ...words], { stdio: 'inherit' });
  // Ctrl-C reaches both of us from the terminal; a signal to this process alone has to be handed on.
  signal.addEventListener('abort', () => process.stdin.isTTY || child.kill('SIGTERM'));
  const [code, name] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  const exit = code ?? 128 + constants.signals[name ?? 'SIGTERM'];
  if (exit === exitCodes.done || exit === exitCodes.failed || exit === exitCodes.usage) finish(exit);
  else process.exit(exit);
}
