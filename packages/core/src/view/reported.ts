/** What spokes reported, folded: the last word of each cluster on each policy, and the times of recent changes. */
import { compareFences } from '@accord/proto/document';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { AnchorPosition, Facts, Heal, Outcome, PolicyReport, QuotaUsage, Stamps, Summary } from '@accord/proto/messages';
import { boundGuardrail } from '../guard/told-guardrail.ts';
import { isProgress } from '../status/states.ts';
import { compactReport } from './compact-report.ts';
import { usageMax } from '../usage/quota-usage.ts';
import { compareNumbers, type ReportNumber } from '@accord/proto/signed-report';

export interface ReportedPolicy {
  readonly report: PolicyReport;
  readonly number: ReportNumber;
  readonly observedAtMs: number;
}

export interface ReportedCluster {
  readonly policies: Map<PolicyName, ReportedPolicy>;
  /** Of the newest outcome that the newest summary includes: older words say nothing beyond it. */
  summarized: ReportNumber;
  facts: Facts | undefined;
  anchors: readonly AnchorPosition[];
  alarms: readonly string[];
  /** The fullest first. */
  usage: readonly QuotaUsage[];
  /** Told to leave, it has let go of everything. */
  hasLetGo: boolean;
  observedAtMs: number;
}

/** Times of one change on one cluster. */
export interface ChangeOnCluster {
  readonly policy: PolicyName;
  readonly revision: number;
  readonly state: string;
  /** Of the outcome that told it. */
  readonly number: ReportNumber;
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
  /** Times in all of `changes` together. */
  timesKept: number;
  /** The most recent heals, in the order in which they happened. Bounded. */
  readonly heals: HealSeen[];
}

export const changesKeptMax = 5_000;
/** About 400 bytes each. A change that reaches 10,000 clusters has as many times, so the number of changes alone is no bound. */
export const timesKeptMax = 200_000;
/** Above what a cluster may have. Whoever sends outcomes of ever new names gets no more rows. */
export const policiesPerClusterMax = 2_000;
export const healsKeptMax = 1_000;

export function emptyReported(): Reported {
  return { clusters: new Map(), changes: new Map(), timesKept: 0, heals: [] };
}

/**
 * A row is the newest summary plus the outcomes after it.
 *
 * Summaries and outcomes come on streams without an order between them, late and twice, so each word counts only by its number.
 *
 * Returns the policies of which it said something new: its outcome may come later, or was lost.
 */
export function foldSummary(reported: Reported, id: ClusterId, summary: Summary, atMs: number): ReadonlySet<PolicyName> {
  const cluster = clusterOf(reported, id);
  cluster.observedAtMs = Math.max(cluster.observedAtMs, atMs);
  const number: ReportNumber = { boot: summary.lastBoot, n: summary.lastN };
  const news = new Set<PolicyName>();
  if (compareNumbers(number, cluster.summarized) < 0) return news;
  const named = new Set<PolicyName>();
  for (const report of summary.policies) {
    const policy = report.policy as PolicyName;
    named.add(policy);
    const before = cluster.policies.get(policy);
    if (before !== undefined && (compareNumbers(number, before.number) < 0 || isOvertaken(report, before.report))) continue;
    if (before === undefined || !isSameWord(before.report, report)) news.add(policy);
    cluster.policies.set(policy, { report: compactReport(report), number, observedAtMs: atMs });
  }
  for (const [policy, { number: last }] of cluster.policies) {
    if (named.has(policy) || compareNumbers(number, last) < 0) continue;
    cluster.policies.delete(policy);
    news.add(policy);
  }
  const { facts, anchors, alarms, left: hasLetGo } = summary;
  // Whoever tells more than that gets no more memory.
  const usage = summary.usage.slice(0, usageMax);
  Object.assign(cluster, { summarized: number, facts: facts === null ? undefined : boundFacts(facts), anchors, alarms, usage, hasLetGo });
  return news;
}

/**
 * Progress on what an outcome is known of: a spoke that has lost its state does again what it did before. Of a policy that has left
 * since, the outcome is about that.
 */
function isOvertaken(report: PolicyReport, before: PolicyReport): boolean {
  const isOutcome = !isProgress(before.state) && before.state !== 'Removed' && !before.leaving;
  return isProgress(report.state) && isOutcome && compareFences(before, report) >= 0;
}

/** The Guardrail is shown and judged by. What the spoke sends may be anything. */
function boundFacts(facts: Facts): Facts {
  return { ...facts, guardrail: facts.guardrail && boundGuardrail(facts.guardrail) };
}

/** Cheap, as it is asked of every policy of every summary: what is told anew has a time of its own. */
function isSameWord(a: PolicyReport, b: PolicyReport): boolean {
  return a.sinceMs === b.sinceMs && a.state === b.state && a.reason === b.reason && a.revision === b.revision;
}

export interface OutcomeHeard {
  readonly number: ReportNumber;
  readonly outcome: Outcome;
  readonly atMs: number;
  /** False for a change that was not made for this cluster: it says nothing of when that came. */
  readonly isOfChange?: (change: string, policy: PolicyName) => boolean;
}

/** An outcome comes twice (live and stored), or late; a row never goes back. True when it was news. */
export function foldOutcome(reported: Reported, id: ClusterId, { number, outcome, atMs, isOfChange = () => true }: OutcomeHeard): boolean {
  const cluster = clusterOf(reported, id);
  cluster.observedAtMs = Math.max(cluster.observedAtMs, atMs);
  const isIncluded = compareNumbers(number, cluster.summarized) <= 0;
  let isNews = false;
  for (const { report, change, stamps } of outcome.policies) {
    if (report === null) continue;
    const policy = report.policy as PolicyName;
    // The times of a change are told by outcomes alone, so a row that needs no word of this one does not stand in their way.
    const times = { policy, revision: report.revision, state: report.state, number, foldedMs: atMs };
    const isTimed = change !== null && stamps !== null && isOfChange(change.id, policy);
    if (isTimed && foldChange(reported, change.id, id, { ...times, stamps })) isNews = true;
    const before = cluster.policies.get(policy);
    if (isIncluded || (before !== undefined && (compareNumbers(number, before.number) <= 0 || isOvertaken(report, before.report))))
      continue;
    if (before === undefined && cluster.policies.size >= policiesPerClusterMax) continue;
    isNews = true;
    cluster.policies.set(policy, { report: compactReport(report), number, observedAtMs: atMs });
  }
  for (const heal of outcome.heals) if (foldHeal(reported, { ...heal, cluster: id, reportedMs: atMs })) isNews = true;
  return isNews;
}

/**
 * The first outcome that says Applied tells the times of a change; later passes over the same revision are repairs. Until then the last
 * word. True when it was news.
 */
function foldChange(reported: Reported, change: string, id: ClusterId, times: ChangeOnCluster): boolean {
  const ofChange = reported.changes.get(change) ?? new Map<ClusterId, ChangeOnCluster>();
  const before = ofChange.get(id);
  if (before === undefined) reported.timesKept += 1;
  const isNews = before === undefined || tellsBetter(times, before);
  if (isNews) ofChange.set(id, times);
  reported.changes.set(change, ofChange);
  for (const [oldest, { size }] of reported.changes) {
    if (reported.changes.size <= changesKeptMax && reported.timesKept <= timesKeptMax) break;
    reported.changes.delete(oldest);
    reported.timesKept -= size;
  }
  return isNews;
}

function tellsBetter(a: ChangeOnCluster, b: ChangeOnCluster): boolean {
  if ((a.state === 'Applied') !== (b.state === 'Applied')) return a.state === 'Applied';
  const order = compareNumbers(a.number, b.number);
  return a.state === 'Applied' ? order < 0 : order > 0;
}

function foldHeal(reported: Reported, heal: HealSeen): boolean {
  const isSame = ({ cluster, object, seenMs }: HealSeen): boolean =>
    cluster === heal.cluster && object === heal.object && seenMs === heal.seenMs;
  if (reported.heals.some(isSame)) return false;
  const name = ({ cluster, object }: HealSeen): string => `${cluster} ${object}`;
  const isEarlier = (other: HealSeen): boolean =>
    other.healedMs < heal.healedMs || (other.healedMs === heal.healedMs && name(other) < name(heal));
  reported.heals.splice(reported.heals.findLastIndex(isEarlier) + 1, 0, heal);
  if (reported.heals.length > healsKeptMax) reported.heals.shift();
  return true;
}

function clusterOf(reported: Reported, id: ClusterId): ReportedCluster {
  const found = reported.clusters.get(id);
  if (found !== undefined) return found;
  const made: ReportedCluster = {
    policies: new Map(),
    summarized: { boot: 0, n: 0 },
    facts: undefined,
    anchors: [],
    alarms: [],
    usage: [],
    hasLetGo: false,
    observedAtMs: 0,
  };
  reported.clusters.set(id, made);
  return made;
}
