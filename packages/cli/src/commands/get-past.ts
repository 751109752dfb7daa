import { clusterAtSchema, revisionsSchema, type ClusterAt } from '@accord/proto/api-history';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { renderMachine } from '../render/machine-text.ts';
import { renderLabels } from '../render/selector.ts';
import { renderTable } from '../render/table.ts';
import type { Output } from './output-option.ts';

/** Every revision of a policy: when, by whom and why. */
export async function getRevisions({ hub, terminal }: Context, policies: readonly string[], output: Output | undefined): Promise<void> {
  const [policy] = policies;
  if (policy === undefined || policies.length > 1)
    throw new InvalidArgumentError('Name one policy, for example: accord get revisions NAME');
  if (output === 'name' || output === 'wide') throw new InvalidArgumentError(`revisions has no output ${output}; use json or yaml.`);
  const path = `/v1/policies/${encodeURIComponent(policy)}/revisions`;
  if (output !== undefined) {
    const { body } = await hub().send(path);
    terminal.print(renderMachine(output, body));
    return;
  }
  const { items } = await hub().read(path, revisionsSchema);
  const rows = items.map(({ revision, at, actor, type, reason, source }) => [
    `${policy}@${revision}`,
    at,
    actor,
    type,
    [reason, source].filter((text) => text !== '').join('; ') || '-',
  ]);
  terminal.print(...renderTable([['REVISION', 'AT', 'ACTOR', 'WHAT', 'REASON'], ...rows]));
}

/** A cluster as it was: what it was told, and what it had. */
export async function getClusterAt(
  { hub, terminal }: Context,
  name: string,
  { at, output }: { readonly at: string; readonly output: Output | undefined },
): Promise<void> {
  if (output === 'name' || output === 'wide') throw new InvalidArgumentError(`--at has no output ${output}; use json or yaml.`);
  const path = `/v1/clusters/${encodeURIComponent(name)}`;
  const query = { at };
  if (output !== undefined) {
    const { body } = await hub().send(path, { query });
    terminal.print(renderMachine(output, body));
    return;
  }
  terminal.print(...renderClusterAt(await hub().read(path, clusterAtSchema, { query })));
}

function renderClusterAt(cluster: ClusterAt): readonly string[] {
  const { told, had, gaps, kept } = cluster;
  const state = [cluster.connection, cluster.mode, ...(cluster.paused ? ['paused'] : [])].join(', ');
  const policies = [...new Set([...told, ...had].map(({ policy }) => policy))].toSorted();
  const rows = policies.map((policy) => {
    const wanted = told.find((one) => one.policy === policy);
    const report = had.find((one) => one.policy === policy);
    const because = [report?.reason ?? '', report?.message ?? ''].filter((text) => text !== '').join(': ');
    return [
      policy,
      wanted === undefined ? '-' : `@${wanted.revision}`,
      report === undefined ? '-' : `@${report.revision}`,
      report?.state ?? 'not heard of',
      report?.reportedAt ?? '-',
      because || '-',
    ];
  });
  const missing = gaps.reduce((sum, { size }) => sum + size, 0);
  return [
    `${cluster.cluster} at ${cluster.at}: ${state}; ${renderLabels(cluster.labels)}`,
    ...(rows.length === 0 ? ['It was told nothing.'] : renderTable([['POLICY', 'TOLD', 'HAD', 'STATE', 'REPORTED', 'REASON'], ...rows])),
    ...(missing === 0 ? [] : [`${missing} of its reports never came; what they said is not in here.`]),
    ...(kept.outcomesSince !== undefined && cluster.at < kept.outcomesSince
      ? [`What clusters did is kept since ${kept.outcomesSince} only.`]
      : []),
  ];
}
