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
  const { policy, cluster } = await findPair(hub(), first, second);
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

/** Either order is understood. Rejects with `not-found`, and names the one that there is not when the other one is known. */
async function findPair(hub: HubClient, first: string, second: string): Promise<Pair> {
  const straight = await findNamed(hub, first, second);
  if (isPair(straight)) return straight;
  const crossed = await findNamed(hub, second, first);
  if (isPair(crossed)) return crossed;
  throw new CodedError('not-found', `There ${missing(first, second, straight, crossed)}`, {
    help: 'See what there is: accord get clusters,policies',
  });
}

interface Pair {
  readonly policy: PolicyResource;
  readonly cluster: ClusterResource;
}

type Found = { readonly [K in keyof Pair]: Pair[K] | undefined };

async function findNamed(hub: HubClient, policyName: string, clusterName: string): Promise<Found> {
  const [policy, cluster] = await Promise.all([
    hub.find(objectPath('ClusterPolicy', policyName), policySchema),
    hub.find(objectPath('Cluster', clusterName), clusterSchema),
  ]);
  return { policy, cluster };
}

function isPair(found: Found): found is Pair {
  return found.policy !== undefined && found.cluster !== undefined;
}

function missing(first: string, second: string, straight: Found, crossed: Found): string {
  if (straight.cluster !== undefined) return `is no policy called ${first}`;
  if (crossed.cluster !== undefined) return `is no policy called ${second}`;
  if (straight.policy !== undefined) return `is no cluster called ${second}`;
  if (crossed.policy !== undefined) return `is no cluster called ${first}`;
  return `are no policy and cluster called ${first} and ${second}`;
}
