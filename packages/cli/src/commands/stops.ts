import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import { patchObject } from '../put-object.ts';
import { waitForApply, waitForCluster } from '../wait.ts';
import { addWaitOptions, waitingOf, type WaitOptions } from './wait-options.ts';

/** A verb that sets one field of an object. */
interface Stop {
  readonly verb: string;
  readonly spec: Readonly<Record<string, boolean | string | null>>;
  /** What is printed of the object then. */
  readonly done: string;
  readonly summary?: string;
  readonly description: string;
  readonly example: string;
}

const ofPolicies: readonly Stop[] = [
  {
    verb: 'suspend',
    spec: { suspended: true },
    done: 'suspended',
    summary: 'hold a policy on all clusters',
    description:
      'Nothing is applied, healed or removed for the policy until it is resumed; what differs is still told. It deletes nothing.',
    example: 'accord suspend team-payments && accord get policy team-payments',
  },
  {
    verb: 'resume',
    spec: { suspended: null },
    done: 'resumed',
    summary: 'let a suspended policy go on',
    description: 'Applies the policy again wherever it belongs.',
    example: 'accord resume team-payments --wait',
  },
];

const ofClusters: readonly Stop[] = [
  {
    verb: 'pause',
    spec: { paused: true },
    done: 'paused',
    description: 'Holds all policies on one cluster: nothing is applied, healed or removed there until it is resumed.',
    example: 'accord cluster pause prod-eu-1',
  },
  {
    verb: 'resume',
    spec: { paused: null },
    done: 'resumed',
    description: 'Lets a paused cluster go on.',
    example: 'accord cluster resume prod-eu-1 --wait',
  },
  {
    verb: 'inform',
    spec: { mode: 'Inform' },
    done: 'only compared',
    description: 'Has policies only compared on one cluster: what differs is told, and nothing is written there.',
    example: 'accord cluster inform prod-eu-1 && accord get cluster prod-eu-1',
  },
  {
    verb: 'enforce',
    spec: { mode: 'Enforce' },
    done: 'enforced',
    description: 'Lets policies be applied and healed on a cluster that only compared them.',
    example: 'accord cluster enforce prod-eu-1 --wait',
  },
];

/** `suspend` and `resume` for policies. */
export function addStops(program: Command, context: Context): void {
  for (const stop of ofPolicies) addStop(program, context, { kind: 'ClusterPolicy', stop });
}

/** `cluster pause` and `resume`, `inform` and `enforce`. */
export function addClusterStops(cluster: Command, context: Context): void {
  for (const stop of ofClusters) addStop(cluster, context, { kind: 'Cluster', stop });
}

interface Subject {
  readonly kind: 'Cluster' | 'ClusterPolicy';
  readonly stop: Stop;
}

function addStop(parent: Command, context: Context, subject: Subject): void {
  const { verb, summary = '', description, example } = subject.stop;
  const command = parent
    .command(verb)
    .summary(summary)
    .description(description)
    .argument('<name>', `name of the ${subject.kind === 'Cluster' ? 'cluster' : 'policy'}`)
    .addHelpText('after', `\nExample:\n  ${example}`);
  addWaitOptions(command).action(async (name: string, options: WaitOptions) =>
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
