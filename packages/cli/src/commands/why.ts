import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { HubClient } from '../hub-client.ts';
import { objectPath } from '../objects/kinds.ts';
import { previewStored } from '../preview-stored.ts';
import { renderNotSelected, renderSelected } from '../render/placement.ts';
import { clusterSchema, policySchema, type ClusterResource, type PolicyResource } from '../resources.ts';
import { readRows } from '../wait.ts';

export function addWhy(program: Command, context: Context): void {
  program
    .command('why')
    .summary('why a policy is, or is not, on a cluster')
    .description('Says whether the policy selects the cluster and because of what, and what state it has there.')
    .argument('<policy>', 'name of the policy')
    .argument('<cluster>', 'name of the cluster; the two may stand in either order')
    .addHelpText('after', '\nExample:\n  accord why team-payments prod-eu-1')
    .action((first: string, second: string) => why(context, first, second));
}

async function why({ hub, terminal }: Context, first: string, second: string): Promise<void> {
  const { policy, cluster } = (await findPair(hub(), first, second)) ?? (await findPair(hub(), second, first)) ?? noPair(first, second);
  const { name } = policy.metadata;
  const rows = await readRows(hub(), name);
  const row = rows.find((candidate) => candidate.cluster === cluster.metadata.name);
  if (row?.selected) {
    terminal.print(renderSelected(policy, cluster), row.sentence);
    return;
  }
  if (row !== undefined) terminal.print(row.sentence);
  if (policy.metadata.deletionTimestamp !== undefined) {
    terminal.print(`${name} is being deleted, so it selects no cluster any more.`);
    return;
  }
  const { notSelected } = await previewStored(hub(), name, [cluster.metadata.name]);
  const because = notSelected.find((entry) => entry.cluster === cluster.metadata.name)?.because ?? 'the hub gives no reason';
  terminal.print(renderNotSelected(policy, cluster.metadata.name, because));
}

async function findPair(
  hub: HubClient,
  policyName: string,
  clusterName: string,
): Promise<{ readonly policy: PolicyResource; readonly cluster: ClusterResource } | undefined> {
  const [policy, cluster] = await Promise.all([
    hub.find(objectPath('ClusterPolicy', policyName), policySchema),
    hub.find(objectPath('Cluster', clusterName), clusterSchema),
  ]);
  return policy === undefined || cluster === undefined ? undefined : { policy, cluster };
}

function noPair(first: string, second: string): never {
  throw new CodedError('not-found', `There are no policy and cluster called ${first} and ${second}`, {
    help: 'See what there is: accord get clusters,policies',
  });
}
