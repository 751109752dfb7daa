/** Where one change was on each cluster, and when: a fold of what the hub published and of what clusters told about it. */
import type { ClusterId } from '@accord/proto/ids';
import type { Stamps, StageTimes } from '@accord/proto/messages';
import { compareNumbers, type ReportNumber } from '@accord/proto/signed-report';
import { correctedStamps, skewOf } from './clock-skew.ts';
import { correctedStages } from './stage-times.ts';

/** A document of the change as it was published under one anchor. */
export interface PublishedSeen {
  readonly anchor: string;
  readonly epoch: number;
  readonly version: number;
  readonly atMs: number;
}

/** What one outcome said of the change. */
export interface OutcomeSeen {
  readonly cluster: ClusterId;
  readonly number: ReportNumber;
  /** When the hub read it. */
  readonly atMs: number;
  /** How far the cluster's clock was ahead by its last beat, see `skewOf`. */
  readonly skewMs: number;
  readonly revision: number;
  readonly state: string;
  readonly reason: string;
  readonly message: string;
  readonly created: number;
  readonly changed: number;
  readonly removed: number;
  readonly stamps: Stamps;
  /** Of its pass, where that wrote something; on the clock of the cluster. */
  readonly stages: readonly StageTimes[];
}

/** A state in which the change stood on the cluster, told `count` times in a row: waits, retries, stops and refusals are such steps. */
export interface TimelineStep {
  readonly state: string;
  readonly reason: string;
  readonly message: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly created: number;
  readonly changed: number;
  readonly removed: number;
}

export interface ClusterTimeline {
  readonly cluster: ClusterId;
  /** The last word. */
  readonly state: string;
  readonly reason: string;
  readonly message: string;
  /** Of the outcome that tells the times: the first that says Applied, else the last. */
  readonly stamps: Stamps;
  readonly corrected: Stamps;
  /** Of the same outcome, corrected as well. */
  readonly stages: readonly StageTimes[];
  readonly skewMs: number;
  readonly foldedMs: number;
  readonly isApplied: boolean;
  readonly steps: readonly TimelineStep[];
}

/** Any order, and each message as often as it comes, gives the same. One entry per cluster that answered, by id. */
export function timelineOf(outcomes: readonly OutcomeSeen[]): readonly ClusterTimeline[] {
  const byCluster = Map.groupBy(outcomes, ({ cluster }) => cluster);
  return [...byCluster]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([cluster, told]) => {
      const inOrder = distinct(told.toSorted((a, b) => compareNumbers(a.number, b.number) || a.atMs - b.atMs));
      const last = inOrder.at(-1);
      return last === undefined ? [] : [onCluster(cluster, inOrder, last)];
    });
}

/** When the change was first published where a cluster with these anchors reads it; undefined while it was not. */
export function publishedFor(published: readonly PublishedSeen[], anchors: ReadonlySet<string>): number | undefined {
  const times = published.filter(({ anchor }) => anchors.has(anchor)).map(({ atMs }) => atMs);
  return times.length === 0 ? undefined : Math.min(...times);
}

function onCluster(cluster: ClusterId, told: readonly OutcomeSeen[], last: OutcomeSeen): ClusterTimeline {
  const teller = told.find(({ state }) => state === 'Applied') ?? last;
  const skewMs = skewOf(teller.stamps, teller.atMs, teller.skewMs);
  return {
    cluster,
    state: last.state,
    reason: last.reason,
    message: last.message,
    stamps: teller.stamps,
    corrected: correctedStamps(teller.stamps, skewMs),
    stages: correctedStages(teller.stages, skewMs),
    skewMs,
    foldedMs: teller.atMs,
    isApplied: told.some(({ state }) => state === 'Applied'),
    steps: stepsOf(told),
  };
}

/** The same number twice is the same outcome, read again; the first reading counts. */
function distinct(inOrder: readonly OutcomeSeen[]): readonly OutcomeSeen[] {
  return inOrder.filter(({ number }, at) => {
    const before = inOrder[at - 1];
    return before === undefined || compareNumbers(before.number, number) !== 0;
  });
}

function stepsOf(told: readonly OutcomeSeen[]): readonly TimelineStep[] {
  const steps: TimelineStep[] = [];
  for (const { state, reason, message, atMs, created, changed, removed } of told) {
    const before = steps.at(-1);
    const isSame = before !== undefined && before.state === state && before.reason === reason && before.message === message;
    if (!isSame) {
      steps.push({ state, reason, message, fromMs: atMs, toMs: atMs, count: 1, created, changed, removed });
      continue;
    }
    const sums = { created: before.created + created, changed: before.changed + changed, removed: before.removed + removed };
    steps[steps.length - 1] = { ...before, ...sums, toMs: Math.max(before.toMs, atMs), count: before.count + 1 };
  }
  return steps;
}
