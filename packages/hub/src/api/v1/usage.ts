import { byPercent } from '@accord/core/usage/quota-usage';
import { seesNamespace } from '@accord/core/access/access';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterRecord } from '@accord/core/registry/registry';
import { usagesSchema, type Usage } from '@accord/proto/api';
import type { FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { ResourceDeps } from '../kube/resources.ts';
import { requireCluster } from '../kube/write-cluster.ts';
import { countOf, paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 500, max: 5_000 };
const query = { min: 'Only what is used up to so many percent or more.', limit: `So many at most, ${pageSize.fallback} by default.` };

/** How full the quotas of policies are: what clusters last told, which is coarse and up to a minute old. */
export function usageOperations({ projection, views }: ResourceDeps): readonly AnyOperation[] {
  const of = (request: FastifyRequest, cluster: ClusterFact): readonly Usage[] => {
    const { access } = views.of(request);
    const { labels } = clusterRecord(cluster);
    return (projection.reported.clusters.get(cluster.id)?.usage ?? [])
      .filter(({ namespace }) => seesNamespace(access, namespace, labels))
      .map((usage) => ({ cluster: cluster.name, ...usage }));
  };
  return [
    operation({
      method: 'GET',
      path: '/v1/clusters/:name/usage',
      summary: 'How full the quotas of policies on a cluster are. The fullest first.',
      role: 'viewer',
      scope: 'cluster',
      query,
      status: 200,
      answer: usagesSchema,
      run: (request) => fullest(request, of(request, requireCluster(views.of(request).projection.registry, paramOf(request, 'name')).body)),
    }),
    operation({
      method: 'GET',
      path: '/v1/usage',
      summary: 'How full the quotas of policies are on all clusters. The fullest first.',
      role: 'viewer',
      scope: 'limited',
      query,
      status: 200,
      answer: usagesSchema,
      run: (request) =>
        fullest(
          request,
          [...views.of(request).projection.registry.clusters.values()].flatMap(({ body }) => of(request, body)),
        ),
    }),
  ];
}

function fullest(request: FastifyRequest, all: readonly Usage[]): z.input<typeof usagesSchema> {
  const min = countOf(request, 'min', { fallback: 0, max: 999 });
  const items = all
    .filter(({ percent }) => percent >= min)
    .toSorted((a, b) => b.percent - a.percent || (a.cluster === b.cluster ? byPercent(a, b) : a.cluster < b.cluster ? -1 : 1));
  return { items: items.slice(0, countOf(request, 'limit', pageSize)), total: items.length };
}
