/** Rows of policies on clusters: what should hold there, what the cluster last said, and how fresh that is. */
import type { ClusterId, ClusterName, PolicyName } from '@accord/proto/ids';
import type { PolicyReport, Problem } from '@accord/proto/messages';
import type { SyncState } from '@accord/proto/sync-state';
import { matchSelector } from '../labels/match-selector.ts';
import type { ClusterFact, PolicyFact } from '../registry/facts.ts';
import { clusterRecord, type Recorded, type Registry } from '../registry/registry.ts';
import type { Connection } from '../view/presence.ts';
import type { Reported } from '../view/reported.ts';
import { explainRevoked, explainRow } from './explain-row.ts';
import { countedAs, type CountedState, type StateCounts } from './counted-state.ts';
import { isPolicyState, type PolicyState } from './states.ts';

/** One policy on one cluster. Connection and sync stand beside the state and are never mixed into it. */
export interface PolicyRow {
  readonly policy: PolicyName;
  readonly cluster: ClusterName;
  readonly clusterId: ClusterId;
  readonly state: PolicyState;
  readonly reason: string;
  readonly message: string;
  /** One sentence with the blocker that ends in what to run, if anything is to be done. */
  readonly sentence: string;
  readonly selected: boolean;
  /** What should hold. */
  readonly revision: number;
  /** What the cluster last spoke of; 0 when it never did. */
  readonly reportedRevision: number;
  readonly desired: number;
  readonly applied: number;
  readonly held: number;
  readonly heals: number;
  readonly problems: readonly Problem[];
  readonly retained: readonly string[];
  readonly connection: Connection['state'];
  readonly offlineSinceMs: number | undefined;
  readonly sync: SyncState;
  readonly observedAtMs: number;
}

export interface RowSources {
  readonly registry: Registry;
  readonly reported: Reported;
  readonly connectionOf: (id: ClusterId) => Connection;
  readonly syncOf: (id: ClusterId) => SyncState;
  /** False for a row that whoever asks may not see, although he sees its policy and its cluster. Absent: every row is shown. */
  readonly shows?: (policy: PolicyName, id: ClusterId) => boolean;
}

/** Every cluster that should have the policy or may still have it, from the moment of the write. Sorted by cluster. */
export function rowsOfPolicy(sources: RowSources, policy: Recorded<PolicyFact>): readonly PolicyRow[] {
  const rows = [...sources.registry.clusters.keys()].flatMap((id) => rowOf(sources, policy, id) ?? []);
  return rows.toSorted((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

/** Every policy that should be on a cluster or still is, by name. */
export function rowsOfCluster(sources: RowSources, id: ClusterId): readonly PolicyRow[] {
  const rows = [...sources.registry.policies.values()].flatMap((policy) => rowOf(sources, policy, id) ?? []);
  return rows.toSorted((a, b) => (a.policy < b.policy ? -1 : 1));
}

/** Undefined where the policy neither should be nor is. */
export function rowOf(
  { registry, reported, connectionOf, syncOf, shows }: RowSources,
  { body: policy }: Recorded<PolicyFact>,
  id: ClusterId,
): PolicyRow | undefined {
  const cluster = registry.clusters.get(id);
  if (cluster === undefined || shows?.(policy.name, id) === false) return undefined;
  const record = clusterRecord(cluster.body);
  const { leaving } = cluster.body;
  const matches = matchSelector(policy.spec.clusterSelector, record.labels).matches;
  const last = reported.clusters.get(id)?.policies.get(policy.name);
  const standing = standingOf(policy, { matches, leaving, report: last?.report });
  if (standing === undefined) return undefined;
  const { selected, state, reason, message } = standing;
  const connection = connectionOf(id);
  const row: Omit<PolicyRow, 'sentence'> = {
    policy: policy.name,
    cluster: record.name,
    clusterId: id,
    state,
    reason,
    message,
    selected,
    revision: policy.revision,
    reportedRevision: last?.report.revision ?? 0,
    desired: last?.report.desired ?? 0,
    applied: last?.report.applied ?? 0,
    held: last?.report.held ?? 0,
    heals: last?.report.heals ?? 0,
    problems: last?.report.problems ?? [],
    retained: last?.report.retained ?? [],
    connection: connection.state,
    offlineSinceMs: connection.state === 'offline' ? connection.sinceMs : undefined,
    sync: syncOf(id),
    observedAtMs: last?.observedAtMs ?? 0,
  };
  const { revokedAtMs } = cluster.body;
  return {
    ...row,
    sentence: revokedAtMs === undefined ? explainRow({ ...row, hold: last?.report.hold ?? null }) : explainRevoked(row, revokedAtMs),
  };
}

type Stated = Pick<PolicyRow, 'state' | 'reason' | 'message'>;
export type Standing = Stated & Pick<PolicyRow, 'selected'>;

export interface StandingInput {
  /** Whether the labels of the cluster match the selector of the policy. */
  readonly matches: boolean;
  readonly leaving: ClusterFact['leaving'];
  readonly report: Said | undefined;
}

/** What a row says, without what it takes to show it. Undefined where the policy neither should be nor is. */
export function standingOf(policy: PolicyFact, { matches, leaving, report }: StandingInput): Standing | undefined {
  // Of a cluster that leaves nothing is wanted any more.
  const selected = matches && policy.deletedAtMs === undefined && leaving === undefined;
  const isGone = report === undefined || report.state === 'Removed';
  if (!selected && isGone) return undefined;
  const stated = leaving === undefined ? stateOf(policy, selected, report) : stateOfLeaving(leaving, report);
  return { selected, ...stated };
}

type Said = Pick<PolicyReport, 'state' | 'reason' | 'message' | 'revision' | 'step' | 'leaving'>;

/** A report about an older revision says nothing about the wanted one, and a report about a stay says nothing about leaving. */
function stateOf(policy: PolicyFact, selected: boolean, report: Said | undefined): Stated {
  if (report === undefined) return { state: 'Pending', reason: 'NotReported', message: '' };
  const { leaving } = report;
  const said = stateOfReport(report);
  if (!selected) return leaving ? said : { state: 'Removing', reason: 'Leaving', message: '' };
  const isOld = report.revision < policy.revision || (report.revision === policy.revision && report.step < policy.step);
  return isOld || leaving ? { state: 'Pending', reason: 'NotReported', message: '' } : said;
}

function stateOfReport({ state, reason, message }: Said): Stated {
  return { state: isPolicyState(state) ? state : 'Pending', reason, message };
}

/** Until the cluster speaks of its leaving, what it said is about a stay. */
function stateOfLeaving({ mode }: NonNullable<ClusterFact['leaving']>, report: Said | undefined): Stated {
  if (report?.leaving === true) return stateOfReport(report);
  const message = mode === 'Retain' ? 'the cluster leaves the fleet and keeps what is there' : 'the cluster leaves the fleet';
  return { state: 'Removing', reason: 'ClusterLeaves', message };
}

/** A row that is offline, behind or stuck is never counted as applied: what it last said may be over. */
export function countRows(rows: readonly PolicyRow[]): StateCounts {
  const counts: Partial<Record<CountedState, number>> = {};
  for (const row of rows) {
    const as = countedAs(row);
    counts[as] = (counts[as] ?? 0) + 1;
  }
  return counts;
}
