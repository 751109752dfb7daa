import { revisionDiffSchema } from '@accord/proto/api-history';
import { CodedError } from '@accord/proto/coded-error';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { diffFiles } from '../diff-files.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { parseRevision } from '../parse-revision.ts';
import { readAs } from '../read-as.ts';
import { renderDifference } from '../render/difference.ts';
import { escapeControlsIn } from '../render/escape-controls.ts';
import { renderFailure } from '../render/failure.ts';
import { renderJson } from '../render/machine-text.ts';
import { collect } from './collect.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface DiffOptions {
  readonly output?: Output;
  readonly filename?: readonly string[];
  readonly format: 'text' | 'markdown';
}

export function addDiff(program: Command, context: Context): void {
  const command = program
    .command('diff')
    .summary('what files would change, or what differs between two revisions')
    .description(
      'Compares files with what the hub has, field by field, as the hub would store them; or two revisions of a policy. The exit code is 0 when they are the same, 1 when they differ, and 2 when they could not be compared.',
    )
    .argument('[from]', 'a revision: team-payments@41')
    .argument('[to]', 'another one of the same policy: team-payments@42')
    .option('-f, --filename <path>', 'file, directory, or - for standard input; may be repeated', collect)
    .addOption(
      new Option('--format <format>', 'how files are compared: for people, or for a comment on a change')
        .choices(['text', 'markdown'])
        .default('text'),
    )
    .addHelpText('after', '\nExample:\n  accord diff -f policies/ --format markdown\n  accord diff team-payments@41 team-payments@42');
  addOutputOption(command, ['json']).action(async (from: string | undefined, to: string | undefined, options: DiffOptions) =>
    context.finish(await failingWith2(context, () => diff(context, { from, to }, options))),
  );
}

/** 1 says that something differs, as with kubectl and diff: a failure must not look like that. */
async function failingWith2({ terminal, signal }: Context, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CodedError) || signal.aborted) throw error;
    terminal.note(renderFailure(error, terminal.paint));
    return exitCodes.usage;
  }
}

interface Words {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

function diff(context: Context, { from, to }: Words, { filename, format, output }: DiffOptions): Promise<ExitCode> {
  if (filename !== undefined && from === undefined) return diffFiles(context, filename, output === 'json' ? 'json' : format);
  if (filename !== undefined || from === undefined || to === undefined)
    throw new InvalidArgumentError('Name files, or two revisions of one policy, for example: -f team.yaml, or team@1 team@2');
  return diffRevisions(context, { from, to }, output);
}

async function diffRevisions(
  { hub, terminal }: Context,
  words: { readonly from: string; readonly to: string },
  output: Output | undefined,
): Promise<ExitCode> {
  const [from, to] = [parseRevision(words.from), parseRevision(words.to)];
  if (from.policy !== to.policy) throw new InvalidArgumentError('Name two revisions of one policy, for example: team@1 team@2');
  const path = `/v1/policies/${encodeURIComponent(from.policy)}/diff`;
  const query = { from: String(from.revision), to: String(to.revision) };
  const { body } = await hub().send(path, { query });
  const { differences } = readAs(path, revisionDiffSchema, escapeControlsIn(body));
  if (output === 'json') terminal.print(renderJson(body));
  else if (differences.length === 0) terminal.note(`${words.from} and ${words.to} say the same.`);
  else terminal.print(`--- ${words.from}`, `+++ ${words.to}`, ...differences.flatMap(renderDifference));
  return differences.length === 0 ? exitCodes.done : exitCodes.failed;
}
