import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { lintObjects, type Finding } from '../lint-objects.ts';
import { parseFiles } from '../objects/read-objects.ts';
import { escapeControls } from '../render/escape-controls.ts';
import { renderJsonLine } from '../render/machine-text.ts';
import { collect } from './collect.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface LintOptions {
  readonly filename: readonly string[];
  readonly output?: Output;
}

export function addLint(program: Command, context: Context): void {
  const command = program
    .command('lint')
    .summary('check files without a hub')
    .description(
      'Runs the rules of the hub over files, offline and with the same code: form, danger, dependencies among the files. Exit code 1 when something would be refused. What needs the fleet is said by: accord preview.',
    )
    .requiredOption('-f, --filename <path>', 'file, directory, or - for standard input; may be repeated', collect)
    .addHelpText('after', '\nExample:\n  accord lint -f policies/');
  addOutputOption(command, ['json']).action(async (options: LintOptions) => context.finish(await lint(context, options)));
}

/** With `-o json` a line for each finding, else one for people. */
async function lint({ terminal, stdin }: Context, { filename, output }: LintOptions): Promise<ExitCode> {
  const { objects, faults: inForm } = await parseFiles(filename, stdin);
  const findings = lintObjects(objects);
  const count = inForm.length + findings.filter(({ level }) => level === 'fault').length;
  if (output === 'json')
    terminal.print(...inForm.map((text) => renderJsonLine({ level: 'fault', text })), ...findings.map((one) => renderJsonLine(one)));
  else terminal.print(...inForm.map(escapeControls), ...findings.map(renderFinding));
  terminal.note(
    count === 0
      ? `${objects.length} ${objects.length === 1 ? 'object' : 'objects'}, nothing would be refused.`
      : `${count} ${count === 1 ? 'fault' : 'faults'}.`,
  );
  return count === 0 ? exitCodes.done : exitCodes.failed;
}

function renderFinding({ at, level, code, path, message, help }: Finding): string {
  return escapeControls(`${at}: ${level === 'warning' ? 'warning: ' : ''}${path}: ${message} ${help} (${code})`);
}
