import { countedStates, worstOf } from '@accord/core/status/counted-state';
import { clusterSummariesSchema, clusterSummarySchema, type ClusterSummary } from '@accord/proto/api-fleet';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { choiceOf, labelsFilter, pageOfEntries, searchOf } from '../list-page.ts';
import type { Tally } from '../tally.ts';
import type { View } from '../views.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 100, max: 1_000 };
const { connection: connections, sync: syncs } = clusterSummarySchema.shape;

const query = {
  q: 'Only those that have this text in their name or in a label (key=value).',
  labelSelector: 'Only those with these labels, as kubectl -l has them.',
  connection: `Only ${connections.options.join(', ')}.`,
  sync: `Only ${syncs.options.join(', ')}.`,
  state: `Only those with a row that is counted as this: ${countedStates.join(', ')}.`,
  sort: 'name, which is the default, or worst: who needs a person most comes first.',
  limit: `Size of a page, ${pageSize.fallback} by default, ${pageSize.max} at most.`,
  continue: 'From the page before.',
};

export function clusterListOperations({ views }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/clusters',
      summary: 'Every cluster in short, with its rows by state.',
      role: 'viewer',
      scope: 'limited',
      query,
      status: 200,
      answer: clusterSummariesSchema,
      run: async (request) => {
        const view = views.of(request);
        const choice = readChoice(request);
        await view.rows.settled();
        return listClusters(request, view, choice);
      },
    }),
  ];
}

type Choice = ReturnType<typeof readChoice>;

function readChoice(request: FastifyRequest) {
  return {
    q: searchOf(request),
    hasLabels: labelsFilter(request),
    connection: choiceOf(request, 'connection', connections.options),
    sync: choiceOf(request, 'sync', syncs.options),
    state: choiceOf(request, 'state', countedStates),
    sort: choiceOf(request, 'sort', ['name', 'worst']),
  };
}

function listClusters(
  request: FastifyRequest,
  { rows, projection }: View,
  { q, hasLabels, connection, sync, state, sort }: Choice,
): z.input<typeof clusterSummariesSchema> {
  const policies = [...projection.registry.policies.keys()];
  const tally = state === undefined && sort !== 'worst' ? undefined : rows.tally(policies);
  const isWanted = (slot: number): boolean => {
    const { text, labels } = rows.clusterAt(slot);
    return (
      (q === '' || text.includes(q)) &&
      (connection === undefined || rows.connectionAt(slot) === connection) &&
      (sync === undefined || rows.syncAt(slot) === sync) &&
      (state === undefined || tally?.has(slot, state) === true) &&
      hasLabels(labels)
    );
  };
  const nameOf = (slot: number): string => rows.clusterAt(slot).name;
  const rankOf = sort === 'worst' ? (slot: number): number => tally?.worstRankAt(slot) ?? 0 : undefined;
  const { page, ...rest } = pageOfEntries(request, rows.clusters().filter(isWanted), { nameOf, rankOf, pageSize });
  const ofPage = tally ?? rows.tally(policies, page);
  return { items: page.map((slot) => summaryOf(slot, { rows, projection }, ofPage)), ...rest };
}

function summaryOf(slot: number, { rows, projection }: Pick<View, 'rows' | 'projection'>, tally: Tally): ClusterSummary {
  const { registry, reported, connectionOf } = projection;
  const { id, name, labels } = rows.clusterAt(slot);
  const connection = connectionOf(id);
  const counts = tally.countsAt(slot);
  const spec = registry.clusters.get(id)?.body.spec;
  return {
    ...{ name, id, labels: { ...labels } },
    connection: connection.state,
    ...(connection.state === 'offline' && { offlineSince: timeOf(connection.sinceMs) }),
    sync: rows.syncAt(slot),
    ...{ mode: spec?.mode ?? '', paused: spec?.paused ?? false },
    kubernetesVersion: reported.clusters.get(id)?.facts?.kubernetesVersion ?? '',
    rows: { ...counts },
    worst: worstOf(counts),
  };
}
