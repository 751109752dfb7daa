import { fleetSchema } from '@accord/proto/api';
import { changesSchema } from '@accord/proto/api-history';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { renderJson } from '../render/machine-text.ts';
import { renderStatus } from '../render/status.ts';
import { addOutputOption, type Output } from './output-option.ts';

export function addStatus(program: Command, context: Context): void {
  const command = program
    .command('status')
    .summary('how the fleet stands, what changed, what is held up')
    .description(
      'Shows how many clusters and policies are well, what changed in the last 30 minutes, what is held up and why, and what was healed.',
    )
    .addHelpText('after', '\nExample:\n  accord status');
  addOutputOption(command, ['json']).action((options: { readonly output?: Output }) => status(context, options.output));
}

async function status({ hub, terminal, now }: Context, output: Output | undefined): Promise<void> {
  if (output === 'json') {
    terminal.print(renderJson((await hub().send('/v1/fleet')).body));
    return;
  }
  const [fleet, changes] = await Promise.all([hub().read('/v1/fleet', fleetSchema), hub().read('/v1/changes', changesSchema)]);
  terminal.print(...renderStatus({ fleet, changes: changes.items, nowMs: now() }, terminal.paint));
}
