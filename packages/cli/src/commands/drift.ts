import { driftsSchema } from '@accord/proto/api-history';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { Context } from '../context.ts';
import { parseWholeNumber } from '../parse-whole-number.ts';
import { renderJson } from '../render/machine-text.ts';
import { renderObject } from '../render/object-key.ts';
import { renderTable } from '../render/table.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface DriftOptions {
  readonly output?: Output;
  readonly cluster?: string;
  readonly policy?: string;
  readonly object?: string;
  readonly since?: string;
  readonly tail: number;
}

export function addDrift(program: Command, context: Context): void {
  const command = program
    .command('drift')
    .summary('what was not as wanted, and who did it')
    .description('Lists objects that somebody changed: seen where policies are only compared, healed elsewhere; the latest last.')
    .option('--cluster <name>', 'only on this cluster')
    .option('--policy <name>', 'only of this policy')
    .option('--object <key>', 'only this object: Deployment/payments/api')
    .option('--since <time>', 'from this time on, or so long ago: 2h')
    .addOption(new Option('--tail <n>', 'so many of the latest').argParser(parseWholeNumber).default(50))
    .addHelpText('after', '\nExample:\n  accord drift --cluster prod-eu-1 --since 24h');
  addOutputOption(command, ['json']).action((options: DriftOptions) => drift(context, options));
}

async function drift({ hub, terminal }: Context, { output, tail, cluster, policy, object, since }: DriftOptions): Promise<void> {
  const query = { limit: String(tail), cluster, policy, object, since };
  if (output === 'json') {
    terminal.print(renderJson((await hub().send('/v1/drift', { query })).body));
    return;
  }
  const { items, kept } = await hub().read('/v1/drift', driftsSchema, { query });
  if (items.length === 0)
    terminal.note(`Nothing drifted${kept.outcomesSince === undefined ? '' : `; what clusters did is kept since ${kept.outcomesSince}`}.`);
  if (items.length === 0) return;
  const rows = items
    .toReversed()
    .map((item) => [
      item.healedAt ?? item.seenAt ?? item.reportedAt,
      item.cluster,
      item.policy,
      renderObject(item.object),
      item.kind,
      item.cause || '-',
      [item.manager, item.operation].filter((text) => text !== '').join(' ') || '-',
      item.writtenAt ?? '-',
      item.fields.join(' ') || item.message,
    ]);
  terminal.print(...renderTable([['AT', 'CLUSTER', 'POLICY', 'OBJECT', 'WHAT', 'CAUSE', 'BY', 'WRITTEN', 'FIELDS'], ...rows]));
}
