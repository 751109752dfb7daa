import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import { parseLabelChanges } from '../parse-labels.ts';
import { patchObject } from '../put-object.ts';
import { waitForCluster } from '../wait.ts';
import { addClusterAdd } from './cluster-add.ts';
import { addClusterJoin } from './cluster-join.ts';
import { addLeave } from './leave.ts';
import { addRepin } from './repin.ts';
import { addRevoke } from './revoke.ts';
import { addRotateKey } from './rotate-key.ts';
import { addClusterStops } from './stops.ts';
import { addWaitOptions, waitingOf, type WaitOptions } from './wait-options.ts';

export function addCluster(program: Command, context: Context): void {
  const cluster = program
    .command('cluster')
    .summary('bring clusters in, label and pause them, let them go')
    .description('Brings clusters into the fleet, labels and pauses them, and lets them go.');
  cluster.addHelpText('after', '\nExample:\n  accord cluster add prod-eu-2 -l env=prod,region=eu | kubectl apply -f -');
  addClusterAdd(cluster, context);
  const label = cluster
    .command('label')
    .description('Sets (KEY=VALUE) and removes (KEY-) labels. Policies then arrive and leave as their selectors say.')
    .argument('<name>', 'name of the cluster')
    .argument('<labels...>', 'KEY=VALUE or KEY-')
    .addHelpText('after', '\nExample:\n  accord cluster label dev-eu-1 env=prod tier- --wait');
  addWaitOptions(label).action(async (name: string, words: readonly string[], options: WaitOptions) =>
    context.finish(await relabel(context, { name, words, options })),
  );
  addClusterStops(cluster, context);
  addClusterJoin(cluster, context);
  addRevoke(cluster, context);
  addRotateKey(cluster, context);
  addRepin(cluster, context);
  addLeave(cluster, context);
}

async function relabel(
  context: Context,
  { name, words, options }: { readonly name: string; readonly words: readonly string[]; readonly options: WaitOptions },
): Promise<ExitCode> {
  const labels = parseLabelChanges(words);
  const { change } = await patchObject(context.hub(), { kind: 'Cluster', name }, { metadata: { labels } });
  context.terminal.print(`${objectName('Cluster', name)} labeled${change === '' ? '' : ` (${change})`}`);
  return options.wait ? waitForCluster(context, name, waitingOf(options, context.now())) : exitCodes.done;
}
