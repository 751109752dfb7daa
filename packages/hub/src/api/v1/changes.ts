import { hopTimes } from '@accord/core/history/hop-times';
import { changeSchema, changesSchema, type ChangeTimeline } from '@accord/proto/api-history';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { pastChanges, publicationsOfChange, supersederOf, type PastChange } from '../../history/past-changes.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { keptBody, pageToken, readPageToken, timeFrom } from '../read-time.ts';
import { countOf, paramOf, queryOf } from '../request-context.ts';
import { pageOfSeen } from '../seen-past.ts';
import type { View } from '../views.ts';
import { traceUrlOf } from './change-trace.ts';
import { clustersOfChange } from './change-on-clusters.ts';
import { operation, type AnyOperation } from './operation.ts';
import { requirePastChange, requirePastCluster, requirePastPolicy } from './unknown-past.ts';

const pageSize = { fallback: 100, max: 5_000 };

const query = {
  policy: 'Only of this policy.',
  cluster: 'Only those that this cluster answered, and its own.',
  actor: 'Only of this actor.',
  since: 'Only from this time on, or so long ago: 2h.',
  until: 'Only up to this time.',
  limit: `How many, ${pageSize.fallback} by default.`,
  continue: 'From the page before.',
};

/** What was changed, and how far each change has come. */
export function changeOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const { views } = deps;
  return [
    operation({
      method: 'GET',
      path: '/v1/changes',
      summary: 'Changes, newest first.',
      role: 'viewer',
      scope: 'limited',
      query,
      status: 200,
      refuses: [404],
      answer: changesSchema,
      run: (request) => listChanges(deps, request),
    }),
    operation({
      method: 'GET',
      // A change of a cluster is called cluster/NAME@REVISION.
      path: '/v1/changes/*',
      summary: 'One change with its times on each cluster, as each side read its clock and on that of the hub.',
      role: 'viewer',
      scope: 'limited',
      status: 200,
      answer: changeSchema,
      run: (request) => describeChange(deps, views.of(request), paramOf(request, '*')),
    }),
  ];
}

function listChanges({ past, views, clock }: ResourceDeps, request: FastifyRequest): z.input<typeof changesSchema> {
  const database = past.read();
  const { past: seen } = views.of(request);
  const limit = countOf(request, 'limit', pageSize);
  const nowMs = clock.now();
  const [policy, name, actor] = ['policy', 'cluster', 'actor'].map((parameter) => queryOf(request, parameter));
  const [sinceMs, untilMs] = ['since', 'until'].map((parameter) => timeFrom(request, parameter, nowMs));
  const cluster = name === undefined ? undefined : requirePastCluster(database, seen, { name, atMs: nowMs }).body;
  if (policy !== undefined) requirePastPolicy(database, seen, policy);
  const [firstSeq] = (readPageToken(request, ['number']) ?? []) as readonly number[];
  const filter = { policy, cluster, actor, sinceMs, untilMs };
  const { items, next } = pageOfSeen<PastChange>(
    (after, count) => pastChanges(database, { ...filter, beforeSeq: after?.seq ?? firstSeq, limit: count }),
    ({ kind, object }) => seen.object(kind, object),
    limit,
  );
  return { items: items.map(changeHead), ...(next !== undefined && { continue: pageToken(next.seq) }), kept: keptBody(database) };
}

function describeChange(deps: ResourceDeps, view: View, id: string): z.input<typeof changeSchema> {
  const database = deps.past.read();
  const change = requirePastChange(database, view.past, id);
  const traceUrl = traceUrlOf(deps, change);
  const superseder = supersederOf(database, change);
  const [first] = publicationsOfChange(database, id);
  const placed = clustersOfChange(database, view, { change, superseder });
  return {
    ...changeHead(change),
    ...(traceUrl !== undefined && { traceUrl }),
    ...(superseder !== undefined && { supersededBy: superseder.id }),
    ...(first !== undefined && { publishedAt: timeOf(first.atMs) }),
    ...placed,
    hops: [...hopTimes(placed.clusters.filter(({ state }) => state === 'Applied'))],
  };
}

function changeHead({
  id,
  kind,
  name,
  revision,
  actor,
  reason,
  source,
  type,
  atMs,
  traceparent,
}: PastChange): Omit<ChangeTimeline, 'clusters' | 'hops' | 'notSelected'> {
  return { id, object: `${kind}/${name}`, revision, actor, reason, source, type, acceptedAt: timeOf(atMs), traceparent };
}
