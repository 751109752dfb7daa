import { anchorsOf } from '@accord/core/cluster/anchors-of';
import { explainPast } from '@accord/core/history/explain-past';
import { publishedFor, timelineOf, type ClusterTimeline, type OutcomeSeen } from '@accord/core/history/timeline';
import { matchSelector } from '@accord/core/labels/match-selector';
import type { PolicyFact } from '@accord/core/registry/facts';
import { clusterRecord } from '@accord/core/registry/registry';
import { rowOf, type PolicyRow } from '@accord/core/status/policy-rows';
import type { ChangeOnCluster } from '@accord/core/view/reported';
import type { ChangeTimeline } from '@accord/proto/api-history';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { Stamps } from '@accord/proto/messages';
import { compareNumbers, type ReportNumber } from '@accord/proto/signed-report';
import type { Database } from '../../history/database.ts';
import { clustersAt, nameOfCluster, revisionOf } from '../../history/past-objects.ts';
import { outcomesOfChange, publicationsOfChange, type PastChange } from '../../history/past-changes.ts';
import { wasSelectedBy } from '../../history/was-selected.ts';
import { rememberedSources } from '../row-body.ts';
import type { ShownProjection, View } from '../views.ts';

type OnCluster = ChangeTimeline['clusters'][number];
type Placed = Pick<ChangeTimeline, 'clusters' | 'notSelected'>;

export interface ToldChange {
  readonly change: PastChange;
  readonly superseder: PastChange | undefined;
}

const nowhere: Placed['notSelected'] = { total: 0, items: [] };
const none: Stamps = { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 };
/** Why a change is not on ten thousand clusters is told of the first of them. */
const notSelectedMax = 100;

/** Every cluster that should have the change, while it is the last of its policy or was when the next one came, and every one that answered and was selected at some time. */
export function clustersOfChange(database: Database, view: View, told: ToldChange): Placed {
  const { change } = told;
  if (change.kind === 'policy') return ofPolicy(database, view, told);
  if (change.kind === 'cluster') return { clusters: [...ofCluster(database, view, change)], notSelected: nowhere };
  return { clusters: [], notSelected: nowhere };
}

function ofPolicy(database: Database, { projection, past: seen }: View, { change, superseder }: ToldChange): Placed {
  const { registry } = projection;
  const outcomes = withLive(outcomesOfChange(database, change.id), projection, change.id);
  const timelines = new Map(timelineOf(outcomes).map((timeline) => [timeline.cluster, timeline]));
  const published = publicationsOfChange(database, change.id);
  const current = registry.policies.get(change.object as PolicyName);
  const policy = superseder === undefined && current?.body.revision === change.revision ? current : undefined;
  const content = policy?.body ?? revisionOf(database, change.object, change.revision)?.body;
  const sources = rememberedSources(projection);
  const clusters: OnCluster[] = [];
  const notSelected: { cluster: string; because: string }[] = [];
  // Relabels come after the change as well.
  const wasSelected = wasSelectedBy(database, change.object, policy === undefined ? (superseder?.seq ?? change.seq) : registry.seq);
  const then = policy === undefined ? clustersAt(database, superseder?.seq ?? change.seq) : [...registry.clusters.values()];
  for (const { body } of then) {
    if (!seen.object('cluster', body.id) || !seen.row(change.object, body.id)) continue;
    const record = clusterRecord(body);
    const match = placementOf(content, record.labels);
    const timeline = timelines.get(body.id);
    timelines.delete(body.id);
    const row = policy === undefined ? undefined : rowOf(sources, policy, body.id);
    const hasAnswered = timeline !== undefined || row !== undefined;
    if (!match.isSelected && !(hasAnswered && wasSelected(body.id))) {
      notSelected.push({ cluster: body.name, because: match.because });
      continue;
    }
    const publishedMs = publishedFor(published, new Set(anchorsOf(record))) ?? 0;
    clusters.push(onCluster({ change, superseder, name: body.name, because: match.because, timeline, row, publishedMs }));
  }
  for (const timeline of timelines.values()) {
    if (!seen.row(change.object, timeline.cluster) || !wasSelected(timeline.cluster)) continue;
    const name = nameOfCluster(database, timeline.cluster);
    clusters.push(onCluster({ change, superseder, name, because: 'it was a member then', timeline, row: undefined, publishedMs: 0 }));
  }
  const byName = clusters.toSorted((a, b) => (a.cluster < b.cluster ? -1 : 1));
  return { clusters: byName, notSelected: { total: notSelected.length, items: notSelected.slice(0, notSelectedMax) } };
}

function placementOf(
  policy: PolicyFact | undefined,
  labels: Readonly<Record<string, string>>,
): { readonly isSelected: boolean; readonly because: string } {
  if (policy === undefined || policy.deletedAtMs !== undefined) return { isSelected: false, because: 'the policy is deleted' };
  const match = matchSelector(policy.spec.clusterSelector, labels);
  return match.matches ? { isSelected: true, because: 'its labels match' } : { isSelected: false, because: match.because };
}

interface ToldOnCluster {
  readonly change: PastChange;
  readonly superseder: PastChange | undefined;
  readonly name: string;
  readonly because: string;
  readonly timeline: ClusterTimeline | undefined;
  readonly row: PolicyRow | undefined;
  readonly publishedMs: number;
}

function onCluster({ change, superseder, name, because, timeline, row, publishedMs }: ToldOnCluster): OnCluster {
  const stamps = stampsOf(timeline?.stamps, change.atMs, publishedMs);
  const corrected = stampsOf(timeline?.corrected, change.atMs, publishedMs);
  const times = { stamps, corrected, skewMs: timeline?.skewMs ?? 0, foldedMs: timeline?.foldedMs ?? 0 };
  const steps = (timeline?.steps ?? []).map((step) => ({ ...step }));
  const stages = (timeline?.stages ?? []).map((stage) => ({ ...stage }));
  if (row !== undefined) return { cluster: name, state: row.state, sentence: row.sentence, because, ...times, steps, stages };
  const { state = '', reason = '', message = '', isApplied = false } = timeline ?? {};
  const tookMs = corrected.appliedMs === 0 ? 0 : corrected.appliedMs - corrected.acceptedMs;
  const ended = { change: change.id, cluster: name, state, reason, message, isApplied, tookMs, supersededBy: superseder?.id ?? '' };
  const shown = isApplied ? 'Applied' : state === '' ? 'Pending' : state;
  return { cluster: name, state: shown, sentence: explainPast(ended), because, ...times, steps, stages };
}

/** The view hears of an outcome a little before it is recorded, and says better when. */
function withLive(recorded: readonly OutcomeSeen[], projection: ShownProjection, change: string): readonly OutcomeSeen[] {
  const live = projection.reported.changes.get(change) ?? new Map<ClusterId, ChangeOnCluster>();
  const told = recorded.map((outcome) => {
    const seen = live.get(outcome.cluster);
    const isSame = seen !== undefined && compareNumbers(seen.number, outcome.number) === 0;
    return isSame ? { ...outcome, atMs: Math.min(seen.foldedMs, outcome.atMs) } : outcome;
  });
  const known = new Set(recorded.map(({ cluster, number }) => keyOf(cluster, number)));
  for (const [cluster, { number, foldedMs, revision, state, stamps }] of live) {
    if (known.has(keyOf(cluster, number))) continue;
    const rest = { reason: '', message: '', created: 0, changed: 0, removed: 0, skewMs: 0, stages: [] };
    told.push({ ...rest, cluster, number, atMs: foldedMs, revision, state, stamps });
  }
  return told;
}

function keyOf(cluster: ClusterId, { boot, n }: ReportNumber): string {
  return `${cluster} ${boot} ${n}`;
}

/** A cluster's own record has arrived once the cluster has all that was published for it. */
function ofCluster(database: Database, { projection }: View, change: PastChange): readonly OnCluster[] {
  const id = change.object as ClusterId;
  const cluster = projection.registry.clusters.get(id);
  if (cluster === undefined) return [];
  const { name } = cluster.body;
  const isCurrent = projection.syncOf(id) === 'current';
  const sentence = isCurrent
    ? `${name} has everything that was published for it.`
    : `${name} does not have everything yet; see: accord get cluster ${name}`;
  const [published] = publicationsOfChange(database, change.id);
  const stamps = stampsOf(undefined, change.atMs, published?.atMs ?? 0);
  const times = { stamps, corrected: stamps, skewMs: 0, foldedMs: 0 };
  return [
    {
      cluster: name,
      state: isCurrent ? 'Applied' : 'Pending',
      sentence,
      because: 'it is about this cluster',
      ...times,
      steps: [],
      stages: [],
    },
  ];
}

function stampsOf(seen: Stamps | undefined, acceptedMs: number, publishedMs: number): OnCluster['stamps'] {
  const told = seen ?? none;
  return { ...told, acceptedMs: told.acceptedMs || acceptedMs, publishedMs: told.publishedMs || publishedMs };
}
