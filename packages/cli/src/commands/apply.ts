import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import type { WrittenObject } from '../objects/parse-objects.ts';
import { readObjects } from '../objects/read-objects.ts';
import { putObject, type Written } from '../put-object.ts';
import { attempt } from '../attempt.ts';
import { waitForApply, waitForCluster, type Waiting } from '../wait.ts';
import { collect } from './collect.ts';
import { addWaitOptions, waitingOf, worstOf, type WaitOptions } from './wait-options.ts';

interface ApplyOptions extends WaitOptions {
  readonly filename: readonly string[];
  readonly dryRun?: true;
}

export function addApply(program: Command, context: Context): void {
  const command = program
    .command('apply')
    .summary('write policies and clusters from files')
    .description('Writes every object of the files: what is new is created, what differs is replaced, what is equal stays as it is.')
    .requiredOption('-f, --filename <path>', 'file, directory, or - for standard input; may be repeated', collect)
    .option('--dry-run', 'let the hub check everything and store nothing')
    .addHelpText('after', '\nExample:\n  accord apply -f team-payments.yaml --wait --timeout 2m');
  addWaitOptions(command).action(async (options: ApplyOptions) => context.finish(await apply(context, options)));
}

async function apply(context: Context, options: ApplyOptions): Promise<ExitCode> {
  const objects = await readObjects(options.filename, context.stdin);
  const codes: ExitCode[] = [];
  const waits: ((waiting: Waiting) => Promise<ExitCode>)[] = [];
  for (const object of objects) {
    // A refused object keeps the others neither from being written nor from being told about.
    const written = await attempt(context, object.at, () => putObject(context.hub(), object, options.dryRun === true));
    if (written === undefined) {
      codes.push(exitCodes.failed);
      continue;
    }
    context.terminal.note(...written.warnings.map((text) => `warning: ${text}`));
    context.terminal.print(renderWritten(object, written, options.dryRun === true));
    if (options.wait && options.dryRun !== true) waits.push((waiting) => waitFor(context, object, written, waiting));
  }
  const waiting = waitingOf(options, context.now());
  for (const wait of waits) codes.push(await wait(waiting));
  return worstOf(codes);
}

function waitFor(context: Context, { kind, name }: WrittenObject, { revision }: Written, waiting: Waiting): Promise<ExitCode> {
  return kind === 'ClusterPolicy' ? waitForApply(context, { name, revision }, waiting) : waitForCluster(context, name, waiting);
}

function renderWritten({ kind, name }: WrittenObject, { outcome, change }: Written, dryRun: boolean): string {
  return `${objectName(kind, name)} ${outcome}${change === '' ? '' : ` (${change})`}${dryRun ? ' (dry run)' : ''}`;
}
