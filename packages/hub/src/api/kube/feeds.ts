import { clusterByName } from '@accord/core/registry/registry';
import { rowsOfCluster, rowsOfPolicy, type RowSources } from '@accord/core/status/policy-rows';
import type { PolicyName } from '@accord/proto/ids';
import type { Kind } from '@accord/proto/kube-api';
import type { ShownProjection } from '../views.ts';
import type { Clock } from '@accord/runtime/clock';
import type { ApiDeps } from '../deps.ts';
import { rememberedSources } from '../row-body.ts';
import { clusterObject, type ClusterSources } from './cluster-object.ts';
import { policyObject } from './policy-object.ts';
import { ResourceFeed, type Rendered } from './resource-feed.ts';
import type { KubeObject } from '@accord/proto/kube-api';

export type Feeds = Readonly<Record<Kind['kind'], ResourceFeed>>;

interface FeedDeps {
  readonly projection: ShownProjection;
  readonly alarms: ApiDeps['alarms'];
  readonly clock: Clock;
}

/** What is shown of both kinds. It is rendered anew at each read, from the projection. */
export function createFeeds({ projection, alarms, clock }: FeedDeps): Feeds {
  const { presence } = projection;
  // What one read asks of a cluster it asks once, whatever the number of policies on it.
  let sources = rememberedSources(projection);
  const begin = (): void => void (sources = rememberedSources(projection));
  const common = { begin, intentSeq: () => projection.registry.seq, startMs: presence.startedAtMs };
  return {
    ClusterPolicy: new ResourceFeed({
      ...common,
      names: () => sources.registry.policies.keys(),
      render: (name, before) => renderPolicy(sources, name, before, clock.now()),
    }),
    Cluster: new ResourceFeed({
      ...common,
      names: () => [...sources.registry.clusters.values()].map(({ body }) => body.name),
      render: (name, before) =>
        renderCluster(
          { ...sources, lastSeenMs: (id) => presence.beats.get(id)?.atMs, alarmsOf: (id) => alarms.of(id), nowMs: clock.now() },
          name,
          before,
        ),
    }),
  };
}

/** A buried policy is there until the last cluster has removed it. */
function renderPolicy(sources: RowSources, name: string, before: KubeObject | undefined, nowMs: number): Rendered | undefined {
  const policy = sources.registry.policies.get(name as PolicyName);
  if (policy === undefined) return undefined;
  const rows = rowsOfPolicy(sources, policy);
  if (policy.body.deletedAtMs !== undefined && rows.length === 0) return undefined;
  return { object: policyObject(policy, rows, before, nowMs), seq: policy.seq };
}

function renderCluster(sources: ClusterSources, name: string, before: KubeObject | undefined): Rendered | undefined {
  const cluster = clusterByName(sources.registry, name);
  if (cluster === undefined) return undefined;
  return { object: clusterObject(cluster.body, rowsOfCluster(sources, cluster.body.id), sources, before), seq: cluster.seq };
}

/** Several notices of one moment are one look. */
const coalesceMs = 20;
/** What no notice tells, such as a cluster that fell behind, is seen within this time. */
const everythingMsMin = 1_000;
/** At most a tenth of the time goes into looking. */
const restFactor = 9;

/** Looks at the objects of watched kinds after each notice, so that watches hear of it; costs nothing while nobody watches. */
export async function followChanges({ projection, clock }: FeedDeps, feeds: Feeds, signal: AbortSignal): Promise<void> {
  const policies = new Set<string>();
  const clusters = new Set<string>();
  let wake = new AbortController();
  projection.onNotice((notice) => {
    if (notice.type === 'policy') policies.add(notice.policy);
    if (notice.type === 'row') policies.add(notice.policy);
    const id = notice.type === 'row' || notice.type === 'cluster' ? notice.id : undefined;
    const name = id === undefined ? undefined : projection.registry.clusters.get(id)?.body.name;
    if (name !== undefined) clusters.add(name);
    wake.abort();
  }, signal);
  let everythingAtMs = clock.now();
  while (!signal.aborted) {
    await clock.sleep(Math.max(1, everythingAtMs - clock.now()), AbortSignal.any([signal, wake.signal]));
    if (wake.signal.aborted) await clock.sleep(coalesceMs, signal);
    wake = new AbortController();
    const startMs = clock.now();
    const isEverything = startMs >= everythingAtMs;
    look(feeds.ClusterPolicy, policies, isEverything);
    look(feeds.Cluster, clusters, isEverything);
    if (isEverything) everythingAtMs = clock.now() + Math.max(everythingMsMin, (clock.now() - startMs) * restFactor);
  }
}

function look(feed: ResourceFeed, names: Set<string>, isEverything: boolean): void {
  if (feed.isWatched && isEverything) feed.list();
  else if (feed.isWatched) for (const name of names) feed.get(name);
  names.clear();
}
