import { countRows, rowsOfCluster, rowsOfPolicy, type PolicyRow } from '@accord/core/status/policy-rows';
import { rowsSchema, type Rows } from '@accord/proto/api';
import type { FastifyRequest } from 'fastify';
import type { PolicyName } from '@accord/proto/ids';
import { policyKind } from '@accord/proto/kube-api';
import { notFound, type ResourceDeps } from '../kube/resources.ts';
import { requireCluster } from '../kube/write-cluster.ts';
import { Refusal } from '../refusal.ts';
import { countOf, paramOf, queryOf } from '../request-context.ts';
import { rememberedSources, rowBody } from '../row-body.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 500, max: 5_000 };
const query = {
  state: 'Only rows in this state, for example Failed.',
  connection: 'Only live, offline or unknown.',
  sync: 'Only current, behind or unknown.',
  limit: `Size of a page, ${pageSize.fallback} by default.`,
  continue: 'From the page before.',
};

/** How policies stand on clusters. Counts and total are those of all rows that the filters let through, not of the page. */
export function rowOperations({ views }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/policies/:name/clusters',
      summary: 'How a policy stands on each cluster that should have it or may still have it. Sorted by cluster.',
      role: 'viewer',
      scope: 'policy',
      query,
      status: 200,
      answer: rowsSchema,
      run: (request) => {
        const { projection, feeds } = views.of(request);
        const name = paramOf(request, 'name');
        const policy = projection.registry.policies.get(name as PolicyName);
        if (policy === undefined || feeds.ClusterPolicy.get(name) === undefined) throw notFound(policyKind, name);
        return pageOfRows(request, rowsOfPolicy(rememberedSources(projection), policy), ({ cluster }) => cluster);
      },
    }),
    operation({
      method: 'GET',
      path: '/v1/clusters/:name/policies',
      summary: 'How each policy stands on a cluster. Sorted by policy.',
      role: 'viewer',
      scope: 'cluster',
      query,
      status: 200,
      answer: rowsSchema,
      run: (request) => {
        const { projection } = views.of(request);
        const { body } = requireCluster(projection.registry, paramOf(request, 'name'));
        return pageOfRows(request, rowsOfCluster(rememberedSources(projection), body.id), ({ policy }) => policy);
      },
    }),
  ];
}

/** A page starts after a key, so rows that come and go move nothing. */
function pageOfRows(request: FastifyRequest, all: readonly PolicyRow[], keyOf: (row: PolicyRow) => string): Rows {
  const [state, connection, sync] = ['state', 'connection', 'sync'].map((name) => queryOf(request, name));
  const rows = all.filter(
    (row) => (state ?? row.state) === row.state && (connection ?? row.connection) === row.connection && (sync ?? row.sync) === row.sync,
  );
  const after = afterOf(queryOf(request, 'continue'));
  const rest = after === undefined ? rows : rows.filter((row) => keyOf(row) > after);
  const items = rest.slice(0, countOf(request, 'limit', pageSize));
  const last = items.at(-1);
  const next =
    items.length < rest.length && last !== undefined ? { continue: Buffer.from(`after:${keyOf(last)}`).toString('base64url') } : {};
  return { items: items.map(rowBody), counts: countRows(rows), total: rows.length, ...next };
}

function afterOf(token: string | undefined): string | undefined {
  if (token === undefined || token === '') return undefined;
  const [, key] = /^after:(.*)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (key === undefined)
    throw new Refusal('invalid', 'continue: this hub never gave that token', { status: 400, help: 'List again from the start.' });
  return key;
}
