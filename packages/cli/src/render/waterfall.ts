import type { Hop } from '@accord/core/history/hops-of';
import { isSettled } from '@accord/core/status/states';
import type { ChangeTimeline } from '@accord/proto/api-history';
import { groupBlockers } from '../status/group-blockers.ts';
import type { Paint } from '../terminal.ts';
import { renderClusterWaterfall } from './cluster-waterfall.ts';
import { renderStates } from './counts.ts';
import { hopsOf, renderMs, totalOf, type OnCluster, type WhichClock } from './hops.ts';
import { renderTable } from './table.ts';
import { wrapText } from './wrap-text.ts';

/** Beyond these the slowest are shown, and of what has not applied each kind once. */
const shownMax = 5;
const skewNamedMax = 5;

export interface TraceView {
  readonly clock?: WhichClock;
  /** Every cluster, however many there are. */
  readonly isAll?: boolean;
  /** Of what is drawn. */
  readonly width?: number;
  /** Where sentences are broken. */
  readonly sentenceWidth?: number;
}

/** From the call to the hub's own view: how long each hop took over all clusters, which were the slowest, and what the others wait for. */
export function renderWaterfall(change: ChangeTimeline, paint: Paint, view: TraceView = {}): readonly string[] {
  const { id, type, actor, reason, acceptedAt, clusters, supersededBy, traceUrl } = change;
  const { clock = 'corrected', sentenceWidth = Infinity } = view;
  const title = `${paint('bold', id)}   ${type} by ${actor} at ${acceptedAt}${reason === '' ? '' : `: ${reason}`}`;
  const head = [
    title,
    ...(supersededBy === undefined ? [] : [`Since then: ${supersededBy}   (accord trace ${supersededBy})`]),
    ...(traceUrl === undefined ? [] : [`Trace: ${traceUrl}`]),
  ];
  if (clusters.length === 0) return [...head, 'It reaches no cluster, or none has answered yet.'];
  const applied = clusters.filter(({ state }) => isSettled(state));
  const others = clusters.filter(({ state }) => !isSettled(state));
  return [
    ...head,
    ...summary(change),
    ...renderHops(change),
    ...renderOthers(change, others, view).flatMap((line) => wrapText(line, sentenceWidth)),
    ...renderApplied(applied, view, paint),
    ...(clock === 'raw' ? rawNote(clusters.flatMap((cluster) => hopsOf(cluster, 'raw'))) : skewNote(clusters)),
  ];
}

function summary({ clusters, notSelected }: ChangeTimeline): readonly string[] {
  if (clusters.length < 2) return [];
  const counts = Object.fromEntries([...Map.groupBy(clusters, ({ state }) => state)].map(([state, those]) => [state, those.length]));
  return [`${clusters.length} clusters: ${renderStates(counts)}${notSelected.total === 0 ? '' : `   (${notSelected.total} not selected)`}`];
}

/** Of many clusters the waterfalls do not say at a glance what is usual. */
function renderHops({ hops, clusters }: ChangeTimeline): readonly string[] {
  if (clusters.length < 3 || hops.length === 0) return [];
  const rows = hops.map(({ hop, p50Ms, p95Ms, maxMs, slowest }) => [
    hop,
    ...[p50Ms, p95Ms, maxMs].map((ms) => renderMs(ms).padStart(10)),
    slowest,
  ]);
  return ['', ...renderTable([['HOP', '       P50', '       P95', '       MAX', 'SLOWEST'], ...rows])];
}

/** Where each cluster stands that has not applied it; of many, each kind of sentence once, with how many say so. */
function renderOthers({ object, id }: ChangeTimeline, others: readonly OnCluster[], { isAll }: TraceView): readonly string[] {
  if (others.length === 0) return [];
  const heading = ['', `Not applied (${others.length})`];
  if (isAll || others.length <= shownMax) return [...heading, ...others.map(({ state, sentence }) => `  ${state}  ${sentence}`)];
  const policy = object.startsWith('policy/') ? object.slice('policy/'.length) : '';
  const groups = groupBlockers(others.map(({ cluster, state, sentence }) => ({ policy, cluster, state, sentence })));
  const lines = groups.slice(0, shownMax).map(({ rows, state, example }) => `  ${rows}× ${state}  ${example.sentence}`);
  return [...heading, ...lines, `  Each of them: accord trace ${id} --all`];
}

function renderApplied(applied: readonly OnCluster[], { clock, isAll, width = 80 }: TraceView, paint: Paint): readonly string[] {
  const measured = applied.map((cluster) => ({ cluster, hops: hopsOf(cluster, clock) })).filter(({ hops }) => hops.length > 0);
  const bySlowness = measured.toSorted((a, b) => totalOf(b.hops) - totalOf(a.hops));
  const isCut = !isAll && measured.length > shownMax;
  const scaleMs = Math.max(totalOf(bySlowness[0]?.hops ?? []), 0.001);
  const blocks = (isCut ? bySlowness.slice(0, shownMax) : measured).flatMap(({ cluster, hops }) => {
    const isSlowest = measured.length > 1 && cluster === bySlowness[0]?.cluster;
    return ['', ...renderClusterWaterfall(cluster, hops, { scaleMs, width, isSlowest }, paint)];
  });
  return isCut ? ['', `The slowest ${shownMax} of ${measured.length} clusters; all of them: --all`, ...blocks] : blocks;
}

/** Below this the difference is that of a message on its way. */
const skewShownMs = 20;

function skewNote(clusters: readonly OnCluster[]): readonly string[] {
  const skewed = clusters
    .filter(({ skewMs }) => Math.abs(skewMs) >= skewShownMs)
    .toSorted((a, b) => Math.abs(b.skewMs) - Math.abs(a.skewMs));
  if (skewed.length === 0) return [];
  const each = skewed
    .slice(0, skewNamedMax)
    .map(({ cluster, skewMs }) => `${cluster} ${renderMs(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`);
  const more = skewed.length > skewNamedMax ? ` and ${skewed.length - skewNamedMax} more` : '';
  return ['', `Clocks differ: ${each.join(', ')}${more}. Times are on the clock of the hub; as each side read its own: --raw`];
}

function rawNote(hops: readonly Hop[]): readonly string[] {
  const worst = Math.min(...hops.map(({ ms }) => ms), 0);
  if (worst === 0) return [];
  return [
    '',
    `A negative time means that the clocks of hub and spoke differed, here by at least ${renderMs(-worst)}. Totals are measured by the hub alone.`,
  ];
}
