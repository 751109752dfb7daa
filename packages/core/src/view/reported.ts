/** What spokes reported, folded: the last word of each cluster on each policy, and the times of recent changes. */
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { AnchorPosition, Facts, Heal, Outcome, PolicyReport, Stamps, Summary } from '@accord/proto/messages';
import { compareNumbers, type ReportNumber } from '@accord/proto/signed-report';

export interface ReportedPolicy {
  readonly report: PolicyReport;
  readonly number: ReportNumber;
  readonly observedAtMs: number;
}

export interface ReportedCluster {
  readonly policies: Map<PolicyName, ReportedPolicy>;
  /** Of the newest message that was folded. */
  number: ReportNumber;
  facts: Facts | undefined;
  anchors: readonly AnchorPosition[];
  alarms: readonly string[];
  observedAtMs: number;
}

/** Times of one change on one cluster. */
export interface ChangeOnCluster {
  readonly policy: PolicyName;
  readonly revision: number;
  readonly state: string;
  readonly stamps: Stamps;
  /** When the outcome was folded at the hub. */
  readonly foldedMs: number;
}

export interface HealSeen extends Heal {
  readonly cluster: ClusterId;
  readonly reportedMs: number;
}

export interface Reported {
  readonly clusters: Map<ClusterId, ReportedCluster>;
  /** change → cluster → times. Bounded; the oldest changes leave first. */
  readonly changes: Map<string, Map<ClusterId, ChangeOnCluster>>;
  /** The most recent heals, oldest first. Bounded. */
  heals: HealSeen[];
}

export const changesKeptMax = 5_000;
export const healsKeptMax = 1_000;

export function emptyReported(): Reported {
  return { clusters: new Map(), changes: new Map(), heals: [] };
}

/**
 * A summary replaces everything that is not newer than the outcome that it includes.
 *
 * Summaries and outcomes come on streams without an order between them, so each policy keeps the number of its last word.
 */
export function foldSummary(reported: Reported, id: ClusterId, summary: Summary, atMs: number): void {
  const cluster = clusterOf(reported, id);
  const number: ReportNumber = { boot: summary.lastBoot, n: summary.lastN };
  const named = new Set<PolicyName>();
  for (const report of summary.policies) {
    const policy = report.policy as PolicyName;
    named.add(policy);
    const before = cluster.policies.get(policy);
    if (before === undefined || compareNumbers(number, before.number) >= 0) cluster.policies.set(policy, { report, number, observedAtMs: atMs });
  }
  for (const [policy, { number: last }] of cluster.policies) if (!named.has(policy) && compareNumbers(number, last) >= 0) cluster.policies.delete(policy);
  if (compareNumbers(number, cluster.number) >= 0) Object.assign(cluster, { number, facts: summary.facts ?? undefined, anchors: summary.anchors, alarms: summary.alarms });
  cluster.observedAtMs = Math.max(cluster.observedAtMs, atMs);
}

/** An outcome comes twice (live and stored), or late; a row never goes back. True when it was news. */
export function foldOutcome(reported: Reported, id: ClusterId, number: ReportNumber, outcome: Outcome, atMs: number): boolean {
  const cluster = clusterOf(reported, id);
  let isNews = false;
  for (const { report, change, stamps } of outcome.policies) {
    if (report === null) continue;
    const policy = report.policy as PolicyName;
    const before = cluster.policies.get(policy);
    if (before !== undefined && compareNumbers(number, before.number) <= 0) continue;
    isNews = true;
    cluster.policies.set(policy, { report, number, observedAtMs: atMs });
    if (change !== null && stamps !== null) foldChange(reported, change.id, id, { policy, revision: report.revision, state: report.state, stamps, foldedMs: atMs });
  }
  if (compareNumbers(number, cluster.number) > 0) {
    isNews = true;
    cluster.number = number;
    for (const heal of outcome.heals) reported.heals.push({ ...heal, cluster: id, reportedMs: atMs });
    if (reported.heals.length > healsKeptMax) reported.heals = reported.heals.slice(-healsKeptMax);
  }
  cluster.observedAtMs = Math.max(cluster.observedAtMs, atMs);
  return isNews;
}

/** The first word on a change tells its times; later passes over the same revision are repairs, not the change. */
function foldChange(reported: Reported, change: string, id: ClusterId, times: ChangeOnCluster): void {
  const ofChange = reported.changes.get(change) ?? new Map<ClusterId, ChangeOnCluster>();
  const before = ofChange.get(id);
  if (before === undefined || before.state !== 'Applied') ofChange.set(id, times);
  reported.changes.set(change, ofChange);
  for (const oldest of reported.changes.keys()) {
    if (reported.changes.size <= changesKeptMax) break;
    reported.changes.delete(oldest);
  }
}

function clusterOf(reported: Reported, id: ClusterId): ReportedCluster {
  const found = reported.clusters.get(id);
  if (found !== undefined) return found;
  const made: ReportedCluster = { policies: new Map(), number: { boot: 0, n: 0 }, facts: undefined, anchors: [], alarms: [], observedAtMs: 0 };
  reported.clusters.set(id, made);
  return made;
}
