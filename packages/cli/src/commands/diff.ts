import { revisionDiffSchema, type RevisionDiff } from '@accord/proto/api-history';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { parseRevision } from '../parse-revision.ts';
import { InvalidArgumentError } from 'commander';
import { renderJson } from '../render/machine-text.ts';
import { addOutputOption, type Output } from './output-option.ts';

export function addDiff(program: Command, context: Context): void {
  const command = program
    .command('diff')
    .summary('what differs between two revisions of a policy')
    .description('Compares two revisions, field by field. The exit code is 0 when they are the same and 1 when they differ.')
    .argument('<from>', 'a revision: team-payments@41')
    .argument('<to>', 'another one of the same policy: team-payments@42')
    .addHelpText('after', '\nExample:\n  accord diff team-payments@41 team-payments@42');
  addOutputOption(command, ['json']).action(async (from: string, to: string, options: { readonly output?: Output }) =>
    context.finish(await diff(context, { from, to }, options.output)),
  );
}

async function diff(
  { hub, terminal }: Context,
  words: { readonly from: string; readonly to: string },
  output: Output | undefined,
): Promise<ExitCode> {
  const [from, to] = [parseRevision(words.from), parseRevision(words.to)];
  if (from.policy !== to.policy) throw new InvalidArgumentError('Name two revisions of one policy, for example: team@1 team@2');
  const path = `/v1/policies/${encodeURIComponent(from.policy)}/diff`;
  const query = { from: String(from.revision), to: String(to.revision) };
  const { differences } = await hub().read(path, revisionDiffSchema, { query });
  if (output === 'json') terminal.print(renderJson((await hub().send(path, { query })).body));
  else if (differences.length === 0) terminal.note(`${words.from} and ${words.to} say the same.`);
  else terminal.print(`--- ${words.from}`, `+++ ${words.to}`, ...differences.flatMap(renderDifference));
  return differences.length === 0 ? 0 : 1;
}

function renderDifference({ path, from, to }: RevisionDiff['differences'][number]): readonly string[] {
  const side = (mark: string, value: unknown): readonly string[] =>
    value === undefined ? [] : [`${mark} ${path}: ${JSON.stringify(value)}`];
  return [...side('-', from), ...side('+', to)];
}
