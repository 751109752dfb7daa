import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import { patchObject } from '../put-object.ts';
import { waitForApply, waitForCluster } from '../wait.ts';
import { addWaitOptions, waitingOf, type WaitOptions } from './wait-options.ts';

interface Stopping {
  readonly spec: Readonly<Record<string, boolean | string | null>>;
  readonly done: string;
}

const suspend: Stopping = { spec: { suspended: true }, done: 'suspended' };
const resumePolicy: Stopping = { spec: { suspended: null }, done: 'resumed' };
const pause: Stopping = { spec: { paused: true }, done: 'paused' };
const enforce: Stopping = { spec: { mode: 'Enforce' }, done: 'enforced' };
const inform: Stopping = { spec: { mode: 'Inform' }, done: 'only compared' };
const resumeCluster: Stopping = { spec: { paused: null }, done: 'resumed' };

/** `suspend` and `resume` for policies. */
export function addStops(program: Command, context: Context): void {
  stopping(context, program.command('suspend'), { kind: 'ClusterPolicy', stop: suspend })
    .summary('hold a policy on all clusters')
    .description(
      'Nothing is applied, healed or removed for the policy until it is resumed; what differs is still told. It deletes nothing.',
    )
    .addHelpText('after', '\nExample:\n  accord suspend team-payments && accord get policy team-payments');
  stopping(context, program.command('resume'), { kind: 'ClusterPolicy', stop: resumePolicy })
    .summary('let a suspended policy go on')
    .description('Applies the policy again wherever it belongs.')
    .addHelpText('after', '\nExample:\n  accord resume team-payments --wait');
}

/** `cluster pause` and `resume`, `inform` and `enforce`. */
export function addClusterStops(cluster: Command, context: Context): void {
  stopping(context, cluster.command('pause'), { kind: 'Cluster', stop: pause })
    .description('Holds all policies on one cluster: nothing is applied, healed or removed there until it is resumed.')
    .addHelpText('after', '\nExample:\n  accord cluster pause prod-eu-1');
  stopping(context, cluster.command('resume'), { kind: 'Cluster', stop: resumeCluster })
    .description('Lets a paused cluster go on.')
    .addHelpText('after', '\nExample:\n  accord cluster resume prod-eu-1 --wait');
  stopping(context, cluster.command('inform'), { kind: 'Cluster', stop: inform })
    .description('Has policies only compared on one cluster: what differs is told, and nothing is written there.')
    .addHelpText('after', '\nExample:\n  accord cluster inform prod-eu-1 && accord get cluster prod-eu-1');
  stopping(context, cluster.command('enforce'), { kind: 'Cluster', stop: enforce })
    .description('Lets policies be applied and healed on a cluster that only compared them.')
    .addHelpText('after', '\nExample:\n  accord cluster enforce prod-eu-1 --wait');
}

interface Subject {
  readonly kind: 'Cluster' | 'ClusterPolicy';
  readonly stop: Stopping;
}

function stopping(context: Context, command: Command, subject: Subject): Command {
  const of = subject.kind === 'Cluster' ? 'cluster' : 'policy';
  return addWaitOptions(command.argument('<name>', `name of the ${of}`)).action(async (name: string, options: WaitOptions) =>
    context.finish(await write(context, name, { ...subject, options })),
  );
}

async function write(
  context: Context,
  name: string,
  { kind, stop, options }: Subject & { readonly options: WaitOptions },
): Promise<ExitCode> {
  const { change, revision } = await patchObject(context.hub(), { kind, name }, { spec: stop.spec });
  context.terminal.print(`${objectName(kind, name)} ${stop.done}${change === '' ? '' : ` (${change})`}`);
  if (!options.wait) return 0;
  const waiting = waitingOf(options, context.now());
  return kind === 'Cluster' ? waitForCluster(context, name, waiting) : waitForApply(context, { name, revision }, waiting);
}
