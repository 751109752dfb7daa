import type { Command } from 'commander';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { objectName, objectPath } from '../objects/kinds.ts';
import { parseNamed } from '../parse-targets.ts';
import { escapeControls } from '../render/escape-controls.ts';
import { waitForRemoval } from '../wait.ts';
import { addWaitOptions, waitingOf, worstOf, type WaitOptions } from './wait-options.ts';

interface DeleteOptions extends WaitOptions {
  readonly dryRun?: true;
}

export function addDelete(program: Command, context: Context): void {
  const command = program
    .command('delete')
    .summary('delete policies')
    .description('Deletes policies. Clusters then remove what these policies created, and keep the namespaces.')
    .argument('<names...>', '"policy NAME" or policy/NAME')
    .option('--dry-run', 'let the hub check everything and delete nothing')
    .addHelpText('after', '\nExample:\n  accord delete policy team-payments --wait');
  addWaitOptions(command).action(async (words: readonly string[], options: DeleteOptions) =>
    context.finish(await remove(context, words, options)),
  );
}

async function remove(context: Context, words: readonly string[], options: DeleteOptions): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  const query = { dryRun: options.dryRun ? 'All' : undefined };
  const deleted: string[] = [];
  for (const { kind, name } of parseNamed(words)) {
    const answer = await attempt(context, objectName(kind, name), () =>
      context.hub().send(objectPath(kind, name), { method: 'DELETE', query }),
    );
    if (answer === undefined) {
      codes.push(exitCodes.failed);
      continue;
    }
    const change = escapeControls(answer.headers.get('accord-change') ?? '');
    context.terminal.print(`${objectName(kind, name)} deleted${change === '' ? '' : ` (${change})`}${options.dryRun ? ' (dry run)' : ''}`);
    if (kind === 'ClusterPolicy') deleted.push(name);
  }
  if (!options.wait || options.dryRun) return worstOf(codes);
  const waiting = waitingOf(options, context.now());
  for (const name of deleted) codes.push(await waitForRemoval(context, name, waiting));
  return worstOf(codes);
}
