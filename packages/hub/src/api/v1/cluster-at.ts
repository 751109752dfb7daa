import { anchorsOf } from '@accord/core/cluster/anchors-of';
import { matchSelector } from '@accord/core/labels/match-selector';
import { shownGuardrail } from '@accord/core/guard/told-guardrail';
import type { ClusterFact, PolicyFact } from '@accord/core/registry/facts';
import { clusterRecord } from '@accord/core/registry/registry';
import { clusterAtSchema, type ClusterAt } from '@accord/proto/api-history';
import { policyDoc } from '@accord/proto/subjects';
import type { Database } from '../../history/database.ts';
import { connectionAt, gapsOf, publishedAt, reportsAt } from '../../history/past-clusters.ts';
import { clusterAt, policiesAt, type PastFact } from '../../history/past-objects.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { keptBody, requireKept, timeFrom } from '../read-time.ts';
import { Refusal } from '../refusal.ts';
import { paramOf } from '../request-context.ts';
import type { SeenPast } from '../seen-past.ts';
import { operation, type AnyOperation } from './operation.ts';
import { requirePastCluster } from './unknown-past.ts';

/** A cluster as it was. */
export function clusterAtOperations({ past, views, clock }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/clusters/:name',
      summary: 'A cluster at a time: its labels, what it was told, and what it said to have.',
      role: 'viewer',
      scope: 'limited',
      query: { at: 'A time, or how long ago: 2026-11-24T15:00:00Z, 2h. Now by default.' },
      status: 200,
      refuses: [410],
      answer: clusterAtSchema,
      run: (request) => {
        const database = past.read();
        const nowMs = clock.now();
        const atMs = timeFrom(request, 'at', nowMs) ?? nowMs;
        const { past: seen, projection } = views.of(request);
        const cluster = requireClusterAt(database, seen, { name: paramOf(request, 'name'), atMs, nowMs });
        const guardrail = atMs === nowMs ? projection.reported.clusters.get(cluster.body.id)?.facts?.guardrail : undefined;
        return { ...describeAt(database, seen, { cluster, atMs }), ...(guardrail && { guardrail: shownGuardrail(guardrail) }) };
      },
    }),
  ];
}

function requireClusterAt(
  database: Database,
  seen: SeenPast,
  { name, atMs, nowMs }: { readonly name: string; readonly atMs: number; readonly nowMs: number },
): PastFact<ClusterFact> {
  requireKept(database, atMs);
  const now = requirePastCluster(database, seen, { name, atMs: nowMs });
  const found = clusterAt(database, name, atMs);
  if (found !== undefined && seen.object('cluster', found.body.id)) return found;
  throw new Refusal('not-found', `${name} had not joined by ${timeOf(atMs)}`, {
    help: `It joined at ${timeOf(now.body.createdAtMs)}: ask for a later time.`,
  });
}

interface ClusterThen {
  readonly cluster: PastFact<ClusterFact>;
  readonly atMs: number;
}

function describeAt(database: Database, seen: SeenPast, { cluster: { body }, atMs }: ClusterThen): ClusterAt {
  const record = clusterRecord(body);
  const anchors = anchorsOf(record);
  const told = policiesAt(database, atMs).filter(
    ({ body: policy }) =>
      policy.deletedAtMs === undefined &&
      matchSelector(policy.spec.clusterSelector, record.labels).matches &&
      seen.row(policy.name, body.id),
  );
  const had = reportsAt(database, body.id, atMs).filter(({ policy }) => seen.row(policy, body.id));
  return {
    ...{ cluster: body.name, id: body.id, at: timeOf(atMs), labels: { ...record.labels }, revision: body.revision },
    ...{ mode: body.spec.mode, paused: body.spec.paused ?? false, connection: connectionAt(database, body.id, atMs) },
    told: told.map((policy) => toldBody(database, policy, anchors, atMs)),
    had: had.map(({ atMs: reportedMs, ...report }) => ({
      ...{ policy: report.policy, revision: report.revision, state: report.state, reason: report.reason, message: report.message },
      ...{ desired: report.desired, applied: report.applied, reportedAt: timeOf(reportedMs) },
    })),
    gaps: gapsOf(database, body.id).map(({ boot, firstN, lastN, size, reason }) => ({ boot, firstN, lastN, size, reason })),
    kept: keptBody(database),
  };
}

function toldBody(
  database: Database,
  { body, change, atMs }: PastFact<PolicyFact>,
  anchors: readonly string[],
  untilMs: number,
): ClusterAt['told'][number] {
  const { name, revision, step } = body;
  const publishedMs = publishedAt(database, { doc: policyDoc(name), revision, anchors, untilMs });
  const published = publishedMs === undefined ? {} : { publishedAt: timeOf(publishedMs) };
  return { policy: name, revision, step, change, acceptedAt: timeOf(atMs), ...published };
}
