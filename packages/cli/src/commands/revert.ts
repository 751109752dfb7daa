import { apiVersion } from '@accord/proto/kube-api';
import { revisionBodySchema } from '@accord/proto/api-history';
import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import { parseRevision } from '../parse-revision.ts';
import { putObject } from '../put-object.ts';
import { readAs } from '../read-as.ts';
import { waitForApply } from '../wait.ts';
import { addWaitOptions, waitingOf, type WaitOptions } from './wait-options.ts';

export function addRevert(program: Command, context: Context): void {
  const command = program
    .command('revert')
    .summary('write an earlier revision of a policy again')
    .description('Writes what the policy said then, as a new revision: checked, recorded and rolled out like any other write.')
    .argument('<revision>', 'for example team-payments@41')
    .option('--dry-run', 'let the hub check it and store nothing')
    .addHelpText('after', '\nExample:\n  accord diff team-payments@42 team-payments@41; accord revert team-payments@41 --wait');
  addWaitOptions(command).action(async (revision: string, options: RevertOptions) =>
    context.finish(await revert(context, revision, options)),
  );
}

interface RevertOptions extends WaitOptions {
  readonly dryRun?: true;
}

async function revert(context: Context, words: string, options: RevertOptions): Promise<ExitCode> {
  const { policy, revision } = parseRevision(words);
  const path = `/v1/policies/${encodeURIComponent(policy)}/revisions/${revision}`;
  // As it came: what is written back may hold any character.
  const { deleted, labels, annotations, spec } = readAs(path, revisionBodySchema, (await context.hub().send(path)).body);
  if (deleted)
    throw new CodedError('invalid', `${words} is the end of the policy: there is nothing in it to write`, {
      help: `Choose an earlier one, or delete it: accord delete policy ${policy}`,
    });
  const kind = 'ClusterPolicy' as const;
  const body = { apiVersion, kind, metadata: { name: policy, labels, annotations }, spec: spec as JsonObject };
  const written = await putObject(context.hub(), { kind, name: policy, body }, options.dryRun === true, `revert to ${words}`);
  context.terminal.note(...written.warnings.map((text) => `warning: ${text}`));
  const change = written.change === '' ? '' : ` (${written.change})`;
  const told = written.outcome === 'unchanged' ? 'unchanged' : `reverted to ${words}`;
  context.terminal.print(`${objectName(kind, policy)} ${told}${change}${options.dryRun === true ? ' (dry run)' : ''}`);
  if (!options.wait || options.dryRun === true) return 0;
  return waitForApply(context, { name: policy, revision: written.revision }, waitingOf(options, context.now()));
}
