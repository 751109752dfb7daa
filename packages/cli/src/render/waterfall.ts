import type { ChangeTimeline } from '@accord/proto/api-history';
import type { Paint } from '../terminal.ts';
import { renderSection, renderTable } from './table.ts';

type OnCluster = ChangeTimeline['clusters'][number];

/** Each hop ends at its moment. */
const moments = ['published', 'received', 'verified', 'compiled', 'applied', 'reported', 'folded'] as const;
const barWidth = 30;

export interface Hop {
  readonly name: (typeof moments)[number];
  /** Since the last moment that was seen; negative where two clocks differ by more than the hop took. */
  readonly ms: number;
  /** Since the hub accepted the change. */
  readonly startMs: number;
}

/** `corrected` puts the spoke's moments on the clock of the hub; `raw` leaves them as each side read its own. */
export type WhichClock = 'corrected' | 'raw';

/** The hops of one change on one cluster; moments that were not seen are left out, and the next hop covers them. */
export function hopsOf({ stamps: raw, corrected, foldedMs }: OnCluster, clock: WhichClock = 'corrected'): readonly Hop[] {
  const stamps = clock === 'raw' ? raw : corrected;
  const at = {
    published: stamps.publishedMs,
    received: stamps.receivedMs,
    verified: stamps.verifiedMs,
    compiled: stamps.compiledMs,
    applied: stamps.appliedMs,
    reported: stamps.reportedMs,
    folded: foldedMs,
  };
  const hops: Hop[] = [];
  let before = stamps.acceptedMs;
  if (before === 0) return hops;
  for (const name of moments) {
    if (at[name] === 0) continue;
    hops.push({ name, ms: at[name] - before, startMs: before - stamps.acceptedMs });
    before = at[name];
  }
  return hops;
}

/** From the call to the hub's own view, per cluster: how long each hop took, and which was the slowest. */
export function renderWaterfall(change: ChangeTimeline, paint: Paint, clock: WhichClock = 'corrected'): readonly string[] {
  const { id, type, actor, reason, acceptedAt, clusters, supersededBy, traceUrl } = change;
  const title = `${paint('bold', id)}   ${type} by ${actor} at ${acceptedAt}${reason === '' ? '' : `: ${reason}`}`;
  const head = [
    title,
    ...(supersededBy === undefined ? [] : [`Since then: ${supersededBy}`]),
    ...(traceUrl === undefined ? [] : [`Trace: ${traceUrl}`]),
  ];
  if (clusters.length === 0) return [...head, 'It reaches no cluster, or none has answered yet.'];
  const measured = clusters.map((cluster) => ({ cluster, hops: hopsOf(cluster, clock) }));
  const totals = measured.map(({ hops }) => totalOf(hops));
  const slowest = totals.indexOf(Math.max(...totals));
  const scaleMs = Math.max(...totals, 0.001);
  const blocks = measured.flatMap(({ cluster, hops }, index) => [
    '',
    ...renderCluster(cluster, hops, { scaleMs, isSlowest: index === slowest && clusters.length > 1 }, paint),
  ]);
  return [
    ...head,
    ...renderHops(change),
    ...blocks,
    ...(clock === 'raw' ? rawNote(measured.flatMap(({ hops }) => hops)) : skewNote(clusters)),
  ];
}

function renderCluster(
  { cluster, state, sentence, steps }: OnCluster,
  hops: readonly Hop[],
  { scaleMs, isSlowest }: { readonly scaleMs: number; readonly isSlowest: boolean },
  paint: Paint,
): readonly string[] {
  if (hops.length === 0) return renderSection(`${paint('bold', cluster)}   ${state}`, [sentence]);
  const waits = steps.length > 1 ? steps.map(renderStep) : [];
  const total = totalOf(hops);
  const longest = Math.max(...hops.map(({ ms }) => ms));
  const rows = hops.map((hop) => {
    const share = total > 0 ? `${Math.round((hop.ms / total) * 100)} %` : '';
    const mark = hop.ms === longest ? paint('yellow', ' ◀ slowest hop') : '';
    return [hop.name, renderMs(hop.ms).padStart(10), share.padStart(5), `${renderBar(hop, scaleMs)}${mark}`];
  });
  const head = `${paint('bold', cluster)}   ${state}   ${renderMs(total)}${isSlowest ? paint('yellow', '   ◀ slowest cluster') : ''}`;
  return [...renderSection(head, renderTable(rows)), ...waits, ...(state === 'Applied' ? [] : [`  ${sentence}`])];
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

/** What it waited for on the way, or was refused by. */
function renderStep({ state, reason, message, fromMs, count }: OnCluster['steps'][number]): string {
  const because = [reason, message].filter((text) => text !== '').join(': ');
  const often = count > 1 ? ` ×${count}` : '';
  return `  ${new Date(fromMs).toISOString()}  ${state}${often}${because === '' ? '' : `  ${because}`}`;
}

/** A bar in its place on the time line that all clusters share. */
function renderBar({ startMs, ms }: Hop, scaleMs: number): string {
  const start = Math.min(barWidth - 1, Math.max(0, Math.floor((startMs / scaleMs) * barWidth)));
  const length = Math.min(barWidth - start, Math.max(1, Math.round((Math.max(0, ms) / scaleMs) * barWidth)));
  return `${' '.repeat(start)}${'█'.repeat(length)}${' '.repeat(barWidth - start - length)}`;
}

/** Below this the difference is that of a message on its way. */
const skewShownMs = 20;

function skewNote(clusters: readonly OnCluster[]): readonly string[] {
  const skewed = clusters.filter(({ skewMs }) => Math.abs(skewMs) >= skewShownMs);
  if (skewed.length === 0) return [];
  const each = skewed.map(({ cluster, skewMs }) => `${cluster} ${renderMs(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`);
  return ['', `Clocks differ: ${each.join(', ')}. Times are on the clock of the hub; as each side read its own: --raw`];
}

function rawNote(hops: readonly Hop[]): readonly string[] {
  const worst = Math.min(...hops.map(({ ms }) => ms), 0);
  if (worst === 0) return [];
  return [
    '',
    `A negative time means that the clocks of hub and spoke differ, here by at least ${renderMs(-worst)}. Totals are measured by the hub alone.`,
  ];
}

/** Of the hub's clock where the hub has folded it; else up to the last moment that was seen. */
function totalOf(hops: readonly Hop[]): number {
  return hops.reduce((sum, { ms }) => sum + ms, 0);
}

function renderMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}
