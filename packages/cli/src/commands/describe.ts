import { isCoded } from '@accord/proto/coded-error';
import type { Preview } from '@accord/proto/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { objectPath } from '../objects/kinds.ts';
import { outlookOf } from '../outlook.ts';
import { parseNamed, type Target } from '../parse-targets.ts';
import { previewStored } from '../preview-stored.ts';
import { describeCluster, describePolicy } from '../render/describe.ts';
import { clusterSchema, policySchema, type PolicyResource } from '../resources.ts';
import type { HubClient } from '../hub-client.ts';
import { readPages, readRows } from '../wait.ts';

export function addDescribe(program: Command, context: Context): void {
  program
    .command('describe')
    .summary('one policy or cluster in full')
    .description('Shows what an object says, where it goes and where not and why, and how it stands there, in sentences.')
    .argument('<names...>', '"policy NAME", cluster/NAME')
    .addHelpText('after', '\nExample:\n  accord describe policy team-payments')
    .action((words: readonly string[]) => describe(context, words));
}

async function describe(context: Context, words: readonly string[]): Promise<void> {
  for (const [index, target] of parseNamed(words).entries()) {
    if (index > 0) context.terminal.print('');
    context.terminal.print(...(await linesOf(context, target)));
  }
}

async function linesOf({ hub, terminal, now }: Context, { kind, name }: Target): Promise<readonly string[]> {
  switch (kind) {
    case 'ClusterPolicy': {
      const policy = await hub().read(objectPath(kind, name), policySchema);
      const [rows, preview] = await Promise.all([readRows(hub(), name), previewIfAllowed(hub(), policy)]);
      return describePolicy({ policy, rows, preview, nowMs: now() }, terminal.paint);
    }
    case 'Cluster': {
      const [cluster, rows] = await Promise.all([
        hub().read(objectPath(kind, name), clusterSchema),
        readPages(hub(), `/v1/clusters/${encodeURIComponent(name)}/policies`),
      ]);
      const outlook = cluster.spec.mode === 'Inform' ? await outlookOf(hub(), name, rows) : undefined;
      return describeCluster({ cluster, rows, outlook, nowMs: now() }, terminal.paint);
    }
  }
}

/** Placement of a policy that goes away says nothing, and who may only read may not be allowed to ask. */
async function previewIfAllowed(hub: HubClient, { metadata }: PolicyResource): Promise<Preview | undefined> {
  if (metadata.deletionTimestamp !== undefined) return undefined;
  try {
    return await previewStored(hub, metadata.name);
  } catch (error) {
    if (isCoded(error, 'forbidden')) return undefined;
    throw error;
  }
}
