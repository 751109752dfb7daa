import { acceptedSchema, leaveAnswerSchema, type Row } from '@accord/proto/api';
import type { LeaveMode } from '@accord/proto/member';
import { Option, type Command } from 'commander';
import { askYes } from '../ask-yes.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { objectName } from '../objects/kinds.ts';
import { readPages, waitForLeave } from '../wait.ts';
import { addWaitOptions, waitingOf, type WaitOptions } from './wait-options.ts';

interface LeaveOptions extends WaitOptions {
  readonly retain?: true;
  readonly purge?: true;
  readonly force?: true;
  readonly yes?: true;
}

/** `cluster leave` and `cluster stay`. */
export function addLeave(cluster: Command, context: Context): void {
  const leave = cluster
    .command('leave')
    .description(
      'Lets a cluster leave the fleet. What policies hold there is given back as it is, or removed; then its credential is dead and its name free.',
    )
    .argument('<name>', 'name of the cluster')
    .addOption(new Option('--retain', 'give back what policies hold there: every value stays (default)').conflicts('purge'))
    .addOption(new Option('--purge', 'remove what policies made there; what was adopted, and namespaces, are given back'))
    .addOption(new Option('--force', 'do not ask the cluster, which is gone for good: what is there stays').conflicts(['purge', 'wait']))
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  accord cluster leave prod-eu-1 --purge --wait');
  addWaitOptions(leave).action(async (name: string, options: LeaveOptions) => context.finish(await letLeave(context, name, options)));
  cluster
    .command('stay')
    .description('Takes a leave back, as long as the cluster has not let go of everything: policies are applied there again.')
    .argument('<name>', 'name of the cluster')
    .addHelpText('after', '\nExample:\n  accord cluster stay prod-eu-1')
    .action((name: string) => stay(context, name));
}

async function letLeave(context: Context, name: string, options: LeaveOptions): Promise<ExitCode> {
  const { force = false, purge, yes } = options;
  const mode: LeaveMode = purge ? 'Purge' : 'Retain';
  const path = pathOf(name);
  const rows = await readPages(context.hub(), `${path}/policies`);
  context.terminal.note(...rows.filter(({ reportedRevision }) => reportedRevision > 0).map((row) => fateOf(row, { force, mode })));
  await askYes(context, { question: questionOf(name, { force, mode }), yes });
  const body = force ? { force } : { mode };
  const { change, behind } = await context.hub().read(`${path}/leave`, leaveAnswerSchema, { method: 'POST', body });
  if (!force) {
    context.terminal.print(`${objectName('Cluster', name)} leaving (${change})`);
    return options.wait ? waitForLeave(context, name, waitingOf(options, context.now())) : exitCodes.done;
  }
  context.terminal.print(`${objectName('Cluster', name)} left (${change}); its credential is revoked`);
  context.terminal.print(...behind.map(({ policy, objects }) => `stays on ${name}: ${countOf(objects)} of ${policy}`));
  if (behind.length > 0) context.terminal.note('Should that cluster ever come back, see docs/runbooks/cluster-gone.md');
  return exitCodes.done;
}

async function stay({ hub, terminal }: Context, name: string): Promise<void> {
  const { change } = await hub().read(`${pathOf(name)}/leave`, acceptedSchema, { method: 'DELETE' });
  terminal.print(`${objectName('Cluster', name)} stays (${change})`);
}

interface Way {
  readonly force: boolean;
  readonly mode: LeaveMode;
}

function fateOf({ policy, applied }: Row, { force, mode }: Way): string {
  const fate = force
    ? 'stay as they are, and nobody heals them'
    : mode === 'Retain'
      ? 'are given back'
      : 'are removed, or given back if it did not make them';
  return `${policy}: ${countOf(applied)} ${fate}`;
}

function questionOf(name: string, { force, mode }: Way): string {
  if (force) return `Take ${name} out of the fleet without asking it?`;
  return mode === 'Retain'
    ? `Let ${name} leave the fleet and keep what is there?`
    : `Let ${name} leave the fleet and remove what policies made there?`;
}

function countOf(objects: number): string {
  return objects === 1 ? '1 object' : `${objects} objects`;
}

function pathOf(name: string): string {
  return `/v1/clusters/${encodeURIComponent(name)}`;
}
