import { auditSchema } from '@accord/proto/api';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { parseWholeNumber } from '../parse-whole-number.ts';
import { renderJson } from '../render/machine-text.ts';
import { renderTable } from '../render/table.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface AuditOptions {
  readonly output?: Output;
  readonly tail: number;
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly result?: string;
  readonly since?: string;
}

export function addAudit(program: Command, context: Context): void {
  const command = program
    .command('audit')
    .summary('who did what, and what was refused')
    .description('Lists writes and refusals, the latest last.')
    .addOption(new Option('--tail <n>', 'so many of the latest').argParser(parseWholeNumber).default(50))
    .option('--actor <name>', 'only of this one, for example token/ci')
    .option('--action <word>', 'only this, for example PolicyChanged or TokenMinted')
    .option('--object <name>', 'only about this, for example policy.team-payments')
    .option('--result <word>', 'only stored, refused, done or lost')
    .option('--since <time>', 'from this time on, or so long ago: 2h')
    .addHelpText('after', '\nExample:\n  accord audit --tail 20 --result refused --since 24h');
  addOutputOption(command, ['json']).action((options: AuditOptions) => audit(context, options));
}

async function audit({ hub, terminal }: Context, { output, tail, ...filter }: AuditOptions): Promise<void> {
  const query = { limit: String(tail), ...filter };
  if (output === 'json') {
    terminal.print(renderJson((await hub().send('/v1/audit', { query })).body));
    return;
  }
  const { items } = await hub().read('/v1/audit', auditSchema, { query });
  const latest = items.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const rows = latest.map(({ at, actor, action, object, change, result, reason, source, detail, count }) => [
    at,
    actor,
    action,
    object,
    change || '-',
    result,
    [reason, source, detail, count > 1 ? `${count} times` : ''].filter((text) => text !== '').join('; '),
  ]);
  terminal.print(...renderTable([['AT', 'ACTOR', 'ACTION', 'OBJECT', 'CHANGE', 'RESULT', 'DETAIL'], ...rows]));
}
