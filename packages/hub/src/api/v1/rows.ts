import { countedAs, countedStates } from '@accord/core/status/counted-state';
import { rowOf, rowsOfCluster } from '@accord/core/status/policy-rows';
import { states, type PolicyState } from '@accord/core/status/states';
import { rowSchema, rowsSchema, type Rows } from '@accord/proto/api';
import type { FastifyRequest } from 'fastify';
import type { PolicyName } from '@accord/proto/ids';
import { policyKind } from '@accord/proto/kube-api';
import { notFound, type ResourceDeps } from '../kube/resources.ts';
import { requireCluster } from '../kube/write-cluster.ts';
import { choiceOf, pageOfEntries, searchOf } from '../list-page.ts';
import { paramOf } from '../request-context.ts';
import { rememberedSources, rowBody, settledSources } from '../row-body.ts';
import { tallyOne } from '../tally.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 500, max: 1_000 };
const { connection: connections, sync: syncs } = rowSchema.shape;
/** A state, or what a row is counted as instead of it. */
const rowStates = [...new Set([...(Object.keys(states) as PolicyState[]), ...countedStates])];

const queryOfRows = (other: 'cluster' | 'policy') => ({
  q: `Only those whose ${other} has this text in its name.`,
  state: `Only rows in this state, or counted as this: ${rowStates.join(', ')}.`,
  connection: `Only ${connections.options.join(', ')}.`,
  sync: `Only ${syncs.options.join(', ')}.`,
  sort: `${other}, which is the default, or worst: what needs a person most comes first.`,
  limit: `Size of a page, ${pageSize.fallback} by default, ${pageSize.max} at most.`,
  continue: 'From the page before.',
});

/** How policies stand on clusters. Counts and total are those of all rows that the filters let through, not of the page. */
export function rowOperations({ views }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/policies/:name/clusters',
      summary: 'How a policy stands on each cluster that should have it or may still have it.',
      role: 'viewer',
      scope: 'policy',
      query: queryOfRows('cluster'),
      status: 200,
      answer: rowsSchema,
      run: async (request) => {
        const { rows, projection } = views.of(request);
        const name = paramOf(request, 'name') as PolicyName;
        const choice = readChoice(request, 'cluster');
        await rows.settled();
        const policy = projection.registry.policies.get(name);
        const column = rows.columnOf(name);
        if (policy === undefined || (policy.body.deletedAtMs !== undefined && column.slots.length === 0)) throw notFound(policyKind, name);
        const { page, ...rest } = pageOfRows(request, column.slots, choice, {
          ...column,
          nameOf: (slot) => rows.clusterAt(slot).name,
          connectionOf: (slot) => rows.connectionAt(slot),
          syncOf: (slot) => rows.syncAt(slot),
        });
        const sources = settledSources(projection, rows);
        const items = page.flatMap((slot) => rowOf(sources, policy, rows.clusterAt(slot).id) ?? []);
        return { items: items.map(rowBody), ...rest };
      },
    }),
    operation({
      method: 'GET',
      path: '/v1/clusters/:name/policies',
      summary: 'How each policy stands on a cluster.',
      role: 'viewer',
      scope: 'cluster',
      query: queryOfRows('policy'),
      status: 200,
      answer: rowsSchema,
      run: (request) => {
        const { projection } = views.of(request);
        const { body } = requireCluster(projection.registry, paramOf(request, 'name'));
        const rows = rowsOfCluster(rememberedSources(projection), body.id);
        const { page, ...rest } = pageOfRows(request, rows, readChoice(request, 'policy'), {
          nameOf: ({ policy }) => policy,
          stateOf: ({ state }) => state,
          connectionOf: ({ connection }) => connection,
          syncOf: (row) => row.sync,
          rankOf: (row) => countedStates.indexOf(countedAs(row)),
        });
        return { items: page.map(rowBody), ...rest };
      },
    }),
  ];
}

function readChoice(request: FastifyRequest, other: 'cluster' | 'policy') {
  return {
    q: searchOf(request),
    state: choiceOf(request, 'state', rowStates),
    connection: choiceOf(request, 'connection', connections.options),
    sync: choiceOf(request, 'sync', syncs.options),
    sort: choiceOf(request, 'sort', [other, 'worst']),
  };
}

/** What is asked of a row before it is shown, however it is kept. */
interface Judging<Kept> {
  readonly nameOf: (row: Kept) => string;
  readonly stateOf: (row: Kept) => string | undefined;
  readonly connectionOf: (row: Kept) => string;
  readonly syncOf: (row: Kept) => string;
  /** Place in `countedStates` of what it is counted as. */
  readonly rankOf: (row: Kept) => number;
}

function pageOfRows<Kept>(
  request: FastifyRequest,
  all: readonly Kept[],
  { q, state, connection, sync, sort }: ReturnType<typeof readChoice>,
  { nameOf, stateOf, connectionOf, syncOf, rankOf }: Judging<Kept>,
): { readonly page: readonly Kept[] } & Omit<Rows, 'items'> {
  const wanted = all.filter(
    (row) =>
      (state === undefined || stateOf(row) === state || countedStates[rankOf(row)] === state) &&
      (connection === undefined || connectionOf(row) === connection) &&
      (sync === undefined || syncOf(row) === sync) &&
      (q === '' || nameOf(row).includes(q)),
  );
  const sorting = { nameOf, pageSize, ...(sort === 'worst' && { rankOf }) };
  const counts = tallyOne((tally) => {
    for (const row of wanted) tally[rankOf(row)] = (tally[rankOf(row)] ?? 0) + 1;
  });
  return { ...pageOfEntries(request, wanted, sorting), counts };
}
