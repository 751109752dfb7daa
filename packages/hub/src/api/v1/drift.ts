import { driftsSchema } from '@accord/proto/api-history';
import type { z } from 'zod';
import { nameOfCluster } from '../../history/past-objects.ts';
import { pastDrift, type DriftKey, type PastDrift } from '../../history/past-entries.ts';
import { timeIn, timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { keptBody, pageToken, readPageToken, timeFrom } from '../read-time.ts';
import { countOf, queryOf } from '../request-context.ts';
import { pageOfSeen } from '../seen-past.ts';
import { operation, type AnyOperation } from './operation.ts';
import { requirePastCluster, requirePastPolicy } from './unknown-past.ts';

const pageSize = { fallback: 200, max: 5_000 };

/** What was not as wanted, and who did it. */
export function driftOperations({ past, views, clock }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/drift',
      summary: 'Objects that were not as wanted, newest first: seen where policies are only compared, healed elsewhere.',
      role: 'viewer',
      scope: 'limited',
      query: {
        cluster: 'Only on this cluster.',
        policy: 'Only of this policy.',
        object: 'Only this object: Deployment/payments/api, or its whole key.',
        since: 'Only from this time on, or so long ago: 2h.',
        until: 'Only up to this time.',
        limit: `How many, ${pageSize.fallback} by default.`,
        continue: 'From the page before.',
      },
      status: 200,
      refuses: [404],
      answer: driftsSchema,
      run: (request) => {
        const database = past.read();
        const limit = countOf(request, 'limit', pageSize);
        const [cluster, policy, object] = ['cluster', 'policy', 'object'].map((name) => queryOf(request, name));
        const nowMs = clock.now();
        const [sinceMs, untilMs] = ['since', 'until'].map((name) => timeFrom(request, name, nowMs));
        const { past: seen } = views.of(request);
        const known = cluster === undefined ? undefined : requirePastCluster(database, seen, { name: cluster, atMs: nowMs });
        if (policy !== undefined) requirePastPolicy(database, seen, policy);
        const first = keyOf(readPageToken(request, ['number', 'string', 'number', 'number', 'number']));
        const filter = { cluster: known?.body.id, policy, object, sinceMs, untilMs };
        const { items, next } = pageOfSeen<PastDrift>(
          (after, count) => pastDrift(database, { ...filter, before: after ?? first, limit: count }),
          (drift) => seen.row(drift.policy, drift.cluster),
          limit,
        );
        const token = next && pageToken(next.atMs, next.cluster, next.boot, next.n, next.item);
        const names = new Map(items.map(({ cluster: id }) => [id, nameOfCluster(database, id)]));
        const page = token === undefined ? {} : { continue: token };
        return { items: items.map((drift) => driftBody(drift, names)), ...page, kept: keptBody(database) };
      },
    }),
  ];
}

function keyOf(token: readonly (string | number)[] | undefined): DriftKey | undefined {
  if (token === undefined) return undefined;
  const [atMs, cluster, boot, n, item] = token as readonly [number, string, number, number, number];
  return { atMs, cluster, boot, n, item };
}

function driftBody(drift: PastDrift, names: ReadonlyMap<string, string>): z.infer<typeof driftsSchema>['items'][number] {
  const { cluster, policy, object, kind, cause, manager, operation: done, fields, message, atMs } = drift;
  const [seenAt, healedAt, writtenAt] = [drift.seenMs, drift.healedMs, drift.writtenMs].map(timeIn);
  return {
    ...{ cluster: names.get(cluster) ?? cluster, policy, object, kind, cause, manager, operation: done, message },
    fields: JSON.parse(fields) as string[],
    ...(seenAt !== undefined && { seenAt }),
    ...(healedAt !== undefined && { healedAt }),
    ...(writtenAt !== undefined && { writtenAt }),
    reportedAt: timeOf(atMs),
  };
}
