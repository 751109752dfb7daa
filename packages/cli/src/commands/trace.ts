import { changeSchema, changesSchema } from '@accord/proto/api-history';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { HubClient } from '../hub-client.ts';
import { renderJson } from '../render/machine-text.ts';
import { renderWaterfall } from '../render/waterfall.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface TraceOptions {
  readonly output?: Output;
  readonly raw?: true;
}

export function addTrace(program: Command, context: Context): void {
  const command = program
    .command('trace')
    .summary('where the time of one change went, cluster by cluster')
    .description('Shows each hop of a change: accepted, published, received, verified, compiled, applied, reported, folded.')
    .argument('<change>', 'for example team-payments@42, or team-payments for its last change')
    .option('--raw', 'times as hub and spoke each read their own clock')
    .addHelpText('after', '\nExample:\n  accord trace team-payments@42');
  addOutputOption(command, ['json']).action((change: string, options: TraceOptions) => trace(context, change, options));
}

async function trace({ hub, terminal }: Context, words: string, { output, raw }: TraceOptions): Promise<void> {
  const id = words.includes('@') ? words : await lastChange(hub(), words);
  const path = `/v1/changes/${encodeURIComponent(id)}`;
  if (output === 'json') {
    terminal.print(renderJson((await hub().send(path)).body));
    return;
  }
  terminal.print(...renderWaterfall(await hub().read(path, changeSchema), terminal.paint, raw ? 'raw' : 'corrected'));
}

async function lastChange(hub: HubClient, name: string): Promise<string> {
  const query = name.includes('/') ? {} : { policy: name, limit: '1' };
  const { items } = await hub.read('/v1/changes', changesSchema, { query });
  const last = items.find(({ id }) => id.startsWith(`${name}@`));
  if (last === undefined)
    throw new CodedError('not-found', `No change of ${name} is known`, { help: 'See the last changes: accord status' });
  return last.id;
}
