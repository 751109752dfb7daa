import { changeSchema, changesSchema } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { HubClient } from '../hub-client.ts';
import { renderJson } from '../render/machine-text.ts';
import { renderWaterfall } from '../render/waterfall.ts';
import { addOutputOption, type Output } from './output-option.ts';

export function addTrace(program: Command, context: Context): void {
  const command = program
    .command('trace')
    .summary('where the time of one change went, cluster by cluster')
    .description('Shows each hop of a change: accepted, published, received, verified, compiled, applied, reported, folded.')
    .argument('<change>', 'for example team-payments@42, or team-payments for its last change')
    .addHelpText('after', '\nExample:\n  accord trace team-payments@42');
  addOutputOption(command, ['json']).action((change: string, options: { readonly output?: Output }) =>
    trace(context, change, options.output),
  );
}

async function trace({ hub, terminal }: Context, words: string, output: Output | undefined): Promise<void> {
  const id = words.includes('@') ? words : await lastChange(hub(), words);
  const path = `/v1/changes/${encodeURIComponent(id)}`;
  if (output === 'json') {
    terminal.print(renderJson((await hub().send(path)).body));
    return;
  }
  terminal.print(...renderWaterfall(await hub().read(path, changeSchema), terminal.paint));
}

async function lastChange(hub: HubClient, name: string): Promise<string> {
  const { items } = await hub.read('/v1/changes', changesSchema);
  const own = items.filter(({ id }) => id.startsWith(`${name}@`)).toSorted((a, b) => Date.parse(b.acceptedAt) - Date.parse(a.acceptedAt));
  const [last] = own;
  if (last === undefined)
    throw new CodedError('not-found', `No change of ${name} is known`, { help: 'See the last changes: accord status' });
  return last.id;
}
