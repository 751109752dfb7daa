import { rowOf, type PolicyRow } from '@accord/core/status/policy-rows';
import type { ChangeOnCluster } from '@accord/core/view/reported';
import { changeSchema, changesSchema, type ChangeTimeline } from '@accord/proto/api';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import { parseIntent } from '@accord/proto/subjects';
import { timeOf, type AcceptedChange } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { Refusal } from '../refusal.ts';
import { countOf, paramOf } from '../request-context.ts';
import type { ShownProjection } from '../views.ts';
import { rememberedSources } from '../row-body.ts';
import { operation, type AnyOperation } from './operation.ts';

const pageSize = { fallback: 100, max: 5_000 };

/** What was changed, and how far each change has come. */
export function changeOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const { views } = deps;
  return [
    operation({
      method: 'GET',
      path: '/v1/changes',
      summary: 'The most recent changes, newest first.',
      role: 'viewer',
      scope: 'limited',
      query: { limit: `How many, ${pageSize.fallback} by default.` },
      status: 200,
      answer: changesSchema,
      run: (request) => ({
        items: views
          .of(request)
          .history.changes()
          .slice(0, countOf(request, 'limit', pageSize))
          .map(changeBody),
      }),
    }),
    operation({
      method: 'GET',
      // A change of a cluster is called cluster/NAME@REVISION.
      path: '/v1/changes/*',
      summary: 'One change with its times on each cluster. Times of a spoke are by its clock.',
      role: 'viewer',
      scope: 'limited',
      status: 200,
      answer: changeSchema,
      run: (request) => {
        const id = paramOf(request, '*');
        const { history, projection } = views.of(request);
        const change = history.change(id);
        if (change === undefined)
          throw new Refusal('not-found', `there is no change "${id}"`, {
            help: 'See what there is: accord audit, or GET /v1/changes',
          });
        return { ...changeBody(change), clusters: clustersOf(projection, change) };
      },
    }),
  ];
}

function changeBody({ id, actor, reason, type, atMs, traceparent }: AcceptedChange): Omit<ChangeTimeline, 'clusters'> {
  return { id, actor, reason, type, acceptedAt: timeOf(atMs), traceparent };
}

function clustersOf(projection: ShownProjection, change: AcceptedChange): ChangeTimeline['clusters'] {
  const place = parseIntent(change.subject);
  if (place?.kind === 'policy') return ofPolicy(projection, change, place.id as PolicyName);
  if (place?.kind === 'cluster') return ofCluster(projection, change, place.id as ClusterId);
  return [];
}

/** Every cluster that has answered the change, and while it is the last one of its policy, every one that should. */
function ofPolicy(projection: ShownProjection, { id: change, atMs }: AcceptedChange, name: PolicyName): ChangeTimeline['clusters'] {
  const sources = rememberedSources(projection);
  const { registry, reported } = sources;
  const times = reported.changes.get(change);
  const policy = registry.policies.get(name);
  const isLast = policy?.change.id === change;
  return [...registry.clusters].flatMap(([id, { body }]) => {
    if (sources.shows?.(name, id) === false) return [];
    const seen = times?.get(id);
    const row = isLast ? rowOf(sources, policy, id) : undefined;
    if (seen === undefined && row === undefined) return [];
    return [
      {
        cluster: body.name,
        ...said(row, seen, `${change} was ${seen?.state.toLowerCase()} on ${body.name}.`),
        stamps: stampsOf(seen, atMs),
        foldedMs: seen?.foldedMs ?? 0,
      },
    ];
  });
}

function said(
  row: PolicyRow | undefined,
  seen: ChangeOnCluster | undefined,
  past: string,
): { readonly state: string; readonly sentence: string } {
  if (row !== undefined) return { state: row.state, sentence: row.sentence };
  return { state: seen?.state ?? 'Pending', sentence: past };
}

/** A cluster's own record has arrived once the cluster has all that was published for it. */
function ofCluster(projection: ShownProjection, { atMs }: AcceptedChange, id: ClusterId): ChangeTimeline['clusters'] {
  const cluster = projection.registry.clusters.get(id);
  if (cluster === undefined) return [];
  const { name } = cluster.body;
  const isCurrent = projection.syncOf(id) === 'current';
  const sentence = isCurrent
    ? `${name} has everything that was published for it.`
    : `${name} does not have everything yet; see: accord get cluster ${name}`;
  return [{ cluster: name, state: isCurrent ? 'Applied' : 'Pending', sentence, stamps: stampsOf(undefined, atMs), foldedMs: 0 }];
}

function stampsOf(seen: ChangeOnCluster | undefined, acceptedMs: number): ChangeTimeline['clusters'][number]['stamps'] {
  const { publishedMs = 0, receivedMs = 0, verifiedMs = 0, compiledMs = 0, appliedMs = 0, reportedMs = 0 } = seen?.stamps ?? {};
  return { acceptedMs: seen?.stamps.acceptedMs || acceptedMs, publishedMs, receivedMs, verifiedMs, compiledMs, appliedMs, reportedMs };
}
