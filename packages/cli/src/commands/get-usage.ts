import { usagesSchema } from '@accord/proto/api';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { renderMachine } from '../render/machine-text.ts';
import { renderTable } from '../render/table.ts';
import type { Output } from './output-option.ts';

/** How full the quotas of policies are, on one cluster or on all. */
export async function getUsage(
  { hub, terminal }: Context,
  clusters: readonly string[],
  { output, min }: { readonly output?: Output | undefined; readonly min?: number | undefined },
): Promise<void> {
  const [cluster] = clusters;
  if (clusters.length > 1) throw new InvalidArgumentError('usage takes one cluster, or none for all.');
  if (output === 'name' || output === 'wide') throw new InvalidArgumentError(`usage has no output ${output}; use json or yaml.`);
  const path = cluster === undefined ? '/v1/usage' : `/v1/clusters/${encodeURIComponent(cluster)}/usage`;
  const query = { min: min === undefined ? undefined : String(min) };
  if (output !== undefined) {
    const { body } = await hub().send(path, { query });
    terminal.print(renderMachine(output, body));
    return;
  }
  const { items, total } = await hub().read(path, usagesSchema, { query });
  if (items.length === 0) terminal.note('No quota of a policy is used so far as clusters tell, which they do within a minute.');
  else terminal.print(...renderTable([['CLUSTER', 'NAMESPACE', 'RESOURCE', 'USED', 'HARD', '%'], ...items.map(rowOf)]));
  if (total > items.length) terminal.note(`and ${total - items.length} more that are less full`);
}

function rowOf({ cluster, namespace, resource, used, hard, percent }: (typeof usagesSchema)['_output']['items'][number]): string[] {
  return [cluster, namespace, resource, used, hard, String(percent)];
}
