import { previewSchema } from '@accord/proto/api';
import type { Command } from 'commander';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import { readObjects } from '../objects/read-objects.ts';
import { renderPreview } from '../render/preview.ts';
import { collect } from './collect.ts';

interface PreviewOptions {
  readonly filename: readonly string[];
  readonly cluster?: readonly string[];
}

export function addPreview(program: Command, context: Context): void {
  program
    .command('preview')
    .summary('what a policy would do, without writing it')
    .description(
      'Asks the hub what each policy of the files would do: faults, clusters with reasons, objects, who gains and loses access. Exit code 1 when it would be refused.',
    )
    .requiredOption('-f, --filename <path>', 'file, directory, or - for standard input; may be repeated', collect)
    .option('--cluster <name>', 'only for this cluster; may be repeated', collect)
    .addHelpText('after', '\nExample:\n  accord preview -f team-payments.yaml')
    .action(async (options: PreviewOptions) => context.finish(await preview(context, options)));
}

async function preview(context: Context, { filename, cluster }: PreviewOptions): Promise<ExitCode> {
  const { hub, terminal } = context;
  let code: ExitCode = exitCodes.done;
  for (const { kind, name, body, at } of await readObjects(filename, context.stdin)) {
    if (kind === 'Cluster') {
      terminal.note(`${objectName(kind, name)}: only policies have a preview. Check it with: accord apply --dry-run -f FILE`);
      continue;
    }
    const asked = { object: body, ...(cluster === undefined ? {} : { clusters: cluster }) };
    const answer = await attempt(context, at, () => hub().read('/v1/preview', previewSchema, { method: 'POST', body: asked }));
    if (answer === undefined || answer.lint.length > 0) code = exitCodes.failed;
    if (answer !== undefined) terminal.print(...renderPreview(name, answer, terminal.paint));
  }
  return code;
}
