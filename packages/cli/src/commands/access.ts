import { accessSchema } from '@accord/proto/api-access';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { parseWholeNumber } from '../parse-whole-number.ts';
import { accessCells } from '../render/access.ts';
import { renderMachine } from '../render/machine-text.ts';
import { renderTable } from '../render/table.ts';
import { addOutputOption, type Output } from './output-option.ts';

interface AccessOptions {
  readonly user?: string;
  readonly group?: string;
  readonly serviceAccount?: string;
  readonly role?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly policy?: string;
  readonly limit: number;
  readonly output?: Output;
}

export function addAccess(program: Command, context: Context): void {
  const command = program
    .command('access')
    .summary('who may do what on the clusters')
    .description(
      'Lists who gets which role where by policies, and on how many of those clusters the policy is applied. What others have set up in a cluster is not known.',
    )
    .addOption(new Option('--user <name>', 'only what this user gets; not by groups').conflicts(['group', 'serviceAccount']))
    .addOption(new Option('--group <name>', 'only what this group gets').conflicts('serviceAccount'))
    .option('--service-account <namespace/name>', 'only what this service account gets')
    .option('--role <name>', 'only this role: view, or Role/view where a ClusterRole is called so as well')
    .option('--cluster <name>', 'only on this cluster')
    .option('-n, --namespace <name>', 'only what holds in this namespace, also because it holds in the whole cluster')
    .option('--policy <name>', 'only by this policy')
    .addOption(new Option('--limit <n>', 'so many rows at most').argParser(parseWholeNumber).default(500))
    .addHelpText('after', '\nExample:\n  accord access --group team-payments --cluster prod-eu-1');
  addOutputOption(command, ['wide', 'json', 'yaml']).action((options: AccessOptions) => access(context, options));
}

async function access(
  { hub, terminal }: Context,
  { output, limit, role, cluster, namespace, policy, ...who }: AccessOptions,
): Promise<void> {
  const query = { subject: subjectOf(who), role, namespace, cluster, policy, limit: String(limit) };
  if (output === 'json' || output === 'yaml') {
    const { body } = await hub().send('/v1/access', { query });
    terminal.print(renderMachine(output, body));
    return;
  }
  const { items, total } = await hub().read('/v1/access', accessSchema, { query });
  if (items.length === 0) terminal.note('No policy grants that.');
  else terminal.print(...renderTable(accessCells(items, { isWide: output === 'wide' })));
  if (total > items.length) terminal.note(`and ${total - items.length} more: ask for less, or for more with --limit`);
}

function subjectOf({ user, group, serviceAccount }: Pick<AccessOptions, 'user' | 'group' | 'serviceAccount'>): string | undefined {
  if (user !== undefined) return `User/${user}`;
  if (group !== undefined) return `Group/${group}`;
  return serviceAccount === undefined ? undefined : `ServiceAccount/${serviceAccount}`;
}
