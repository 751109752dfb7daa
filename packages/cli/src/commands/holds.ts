import { holdAnswerSchema } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { checkedDuration } from '../parse-duration.ts';
import { collect } from './collect.ts';

interface Until {
  readonly for?: string;
  readonly until?: string;
  readonly reason: string;
}

interface OfObject {
  readonly object?: string;
}

interface OfLabels {
  readonly label: readonly string[];
}

const perPolicy = (policy: string): string => `/v1/policies/${encodeURIComponent(policy)}/holds`;
const fleet = '/v1/fleet/holds';

/** `hold` and `unhold` for a policy on a cluster, `freeze` and `unfreeze` for everything on many. */
export function addHolds(program: Command, context: Context): void {
  const hold = onCluster(program.command('hold'))
    .summary('keep a policy on a cluster as it is for a while')
    .description(
      'Nothing of the policy, or of one object of it, is applied, healed or removed on that cluster until a time; what differs is told.',
    )
    .addHelpText('after', '\nExample:\n  accord hold team-payments prod-eu-1 --for 2h --reason INC-4711');
  addUntil(hold).action(async (policy: string, cluster: string, { object, ...until }: Until & OfObject) =>
    set(context, perPolicy(policy), { ...until, object, clusters: [cluster] }, object === undefined ? policy : `${object} of ${policy}`),
  );
  onCluster(program.command('unhold'))
    .summary('let a policy that is held go on')
    .description('Lifts every hold of the policy on that cluster, or the one of an object.')
    .addHelpText('after', '\nExample:\n  accord unhold team-payments prod-eu-1')
    .action(async (policy: string, cluster: string, { object }: OfObject) =>
      lift(context, perPolicy(policy), { clusters: cluster, object }, policy),
    );
  const freeze = onLabels(program.command('freeze'))
    .summary('keep everything on clusters as it is for a while')
    .description('No policy is applied, healed or removed on the clusters with these labels until a time. Grants end all the same.')
    .addHelpText('after', '\nExample:\n  accord freeze -l env=prod --for 2h --reason INC-4711');
  addUntil(freeze).action(async ({ label, ...until }: Until & OfLabels) =>
    set(context, fleet, { ...until, selector: label.join(',') }, 'everything'),
  );
  onLabels(program.command('unfreeze'))
    .summary('let everything on clusters go on')
    .description('Ends a freeze earlier. What is held of single policies stays held.')
    .addHelpText('after', '\nExample:\n  accord unfreeze -l env=prod')
    .action(async ({ label }: OfLabels) => lift(context, fleet, { selector: label.join(',') }, 'everything'));
}

function onCluster(command: Command): Command {
  return command
    .argument('<policy>', 'name of the policy')
    .argument('<cluster>', 'name of the cluster')
    .option('--object <kind/namespace/name>', 'only this object, such as ConfigMap/payments/settings');
}

function onLabels(command: Command): Command {
  return command.requiredOption(
    '-l, --label <selector>',
    'the clusters with these labels; may be repeated, or several with commas',
    collect,
  );
}

function addUntil(command: Command): Command {
  return command
    .option('--for <duration>', 'how long, such as 2h', checkedDuration)
    .option('--until <time>', 'until when, such as 2026-11-24T18:00:00Z')
    .requiredOption('--reason <text>', 'why; stands in the rows and in the audit');
}

async function set({ hub, terminal }: Context, path: string, body: Until & Readonly<Record<string, unknown>>, what: string): Promise<void> {
  if ((body.for === undefined) === (body.until === undefined))
    throw new CodedError('invalid', 'What is held has one end', { help: 'Say when with --for or --until, such as --for 2h' });
  const { change, clusters, until } = await hub().read(path, holdAnswerSchema, { method: 'POST', body, reason: body.reason });
  terminal.print(`${what} held on ${clusters.join(', ')} until ${until ?? ''}${change === '' ? '' : ` (${change})`}`);
}

async function lift(
  { hub, terminal }: Context,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  what: string,
): Promise<void> {
  const { change, clusters } = await hub().read(path, holdAnswerSchema, { method: 'DELETE', query });
  if (clusters.length === 0) terminal.print(`${what} is not held there`);
  else terminal.print(`${what} goes on on ${clusters.join(', ')}${change === '' ? '' : ` (${change})`}`);
}
