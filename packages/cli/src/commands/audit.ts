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
}

export function addAudit(program: Command, context: Context): void {
  const command = program
    .command('audit')
    .summary('who did what, and what was refused')
    .description('Lists writes and refusals, the latest last.')
    .addOption(new Option('--tail <n>', 'so many of the latest').argParser(parseWholeNumber).default(50))
    .addHelpText('after', '\nExample:\n  accord audit --tail 20');
  addOutputOption(command, ['json']).action((options: AuditOptions) => audit(context, options));
}

async function audit({ hub, terminal }: Context, { output, tail }: AuditOptions): Promise<void> {
  const query = { limit: String(tail) };
  if (output === 'json') {
    terminal.print(renderJson((await hub().send('/v1/audit', { query })).body));
    return;
  }
  const { items } = await hub().read('/v1/audit', auditSchema, { query });
  const latest = items.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const rows = latest.map(({ at, actor, action, object, change, result, reason, source, detail }) => [
    at,
    actor,
    action,
    object,
    change || '-',
    result,
    [reason, source, detail].filter((text) => text !== '').join('; '),
  ]);
  terminal.print(...renderTable([['AT', 'ACTOR', 'ACTION', 'OBJECT', 'CHANGE', 'RESULT', 'DETAIL'], ...rows]));
}
