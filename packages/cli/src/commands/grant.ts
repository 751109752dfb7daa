import { randomBytes } from 'node:crypto';
import { CodedError } from '@accord/proto/coded-error';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import { parseDuration } from '../parse-duration.ts';
import { parseLabels } from '../parse-labels.ts';
import { createObject } from '../put-object.ts';
import { waitForApply } from '../wait.ts';
import { collect } from './collect.ts';
import { addWaitOptions, waitingOf, type WaitOptions } from './wait-options.ts';

interface GrantOptions extends WaitOptions {
  readonly user?: readonly string[];
  readonly group?: readonly string[];
  readonly namespace?: readonly string[];
  readonly label: readonly string[];
  readonly for: number;
  readonly reason: string;
  readonly name?: string;
}

export function addGrant(program: Command, context: Context): void {
  const command = program
    .command('grant')
    .summary('bind a role for a while')
    .description('Binds a ClusterRole to people for some time. Each cluster takes the grant away then by itself, also without hub and bus.')
    .argument('<clusterRole>', 'such as view, edit, or one that a policy defines')
    .option('--user <name>', 'who gets it; may be repeated', collect)
    .option('--group <name>', 'a group that gets it; may be repeated', collect)
    .option('-n, --namespace <name>', 'where; may be repeated. Without it the role is bound for whole clusters', collect)
    .requiredOption('-l, --label <key=value>', 'on the clusters with these labels; may be repeated, or several with commas', collect)
    .addOption(new Option('--for <duration>', 'how long').argParser(parsePositive).makeOptionMandatory())
    .requiredOption('--reason <text>', 'why; stands in the policy and in the audit')
    .option('--name <name>', 'name of the policy (default: grant-ROLE-WHO and eight letters)')
    .addHelpText('after', '\nExample:\n  accord grant edit --user carol -n payments -l env=prod --for 2h --reason INC-4711 --wait');
  addWaitOptions(command).action(async (role: string, options: GrantOptions) => context.finish(await grant(context, role, options)));
}

async function grant(context: Context, role: string, options: GrantOptions): Promise<ExitCode> {
  const { user = [], group = [], namespace = [], reason } = options;
  if (user.length + group.length === 0)
    throw new CodedError('invalid', 'A grant is for somebody', { help: 'Name them with --user or --group. See: accord grant --help' });
  const until = new Date(context.now() + options.for).toISOString();
  const who = { ...(user.length > 0 && { users: user }), ...(group.length > 0 && { groups: group }) };
  const binding = { clusterRole: role, ...who, until };
  const name = options.name ?? `grant-${slug(role, 20)}-${slug(user[0] ?? group[0] ?? '', 20)}-${randomBytes(4).toString('hex')}`;
  const body = {
    apiVersion: 'accord.dev/v1alpha1',
    kind: 'ClusterPolicy',
    metadata: { name },
    spec: {
      description: reason,
      clusterSelector: { matchLabels: parseLabels(options.label) },
      ...(namespace.length === 0
        ? { clusterBindings: [binding] }
        : { namespaces: namespace.map((of) => ({ name: of, bindings: [binding] })) }),
    },
  };
  const { change, revision, warnings } = await createObject(context.hub(), { kind: 'ClusterPolicy', body }, reason);
  context.terminal.note(...warnings.map((text) => `warning: ${text}`));
  context.terminal.print(`${objectName('ClusterPolicy', name)} created${change === '' ? '' : ` (${change})`}, until ${until}`);
  context.terminal.note(`End it earlier with: accord delete policy ${name}`);
  return options.wait ? waitForApply(context, { name, revision }, waitingOf(options, context.now())) : exitCodes.done;
}

function parsePositive(text: string): number {
  const ms = parseDuration(text);
  if (ms <= 0) throw new InvalidArgumentError('Write a time that is not over at once, such as 2h.');
  return ms;
}

/** The part of a text that may stand in the name of a policy. */
function slug(text: string, max: number): string {
  const plain = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, max).replaceAll(/^-+|-+$/g, '') || 'x';
}
