import type { ChangeTimeline } from '@accord/proto/api';
import type { Paint } from '../terminal.ts';
import { renderSection, renderTable } from './table.ts';

type OnCluster = ChangeTimeline['clusters'][number];

/** Each hop ends at its moment; hub and spoke each read their own clock. */
const moments = ['published', 'received', 'verified', 'compiled', 'applied', 'reported', 'folded'] as const;
const barWidth = 30;

export interface Hop {
  readonly name: (typeof moments)[number];
  /** Since the last moment that was seen; negative where two clocks differ by more than the hop took. */
  readonly ms: number;
  /** Since the hub accepted the change. */
  readonly startMs: number;
}

/** The hops of one change on one cluster; moments that were not seen are left out, and the next hop covers them. */
export function hopsOf({ stamps, foldedMs }: OnCluster): readonly Hop[] {
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
export function renderWaterfall(change: ChangeTimeline, paint: Paint): readonly string[] {
  const { id, type, actor, reason, acceptedAt, clusters } = change;
  const head = `${paint('bold', id)}   ${type} by ${actor} at ${acceptedAt}${reason === '' ? '' : `: ${reason}`}`;
  if (clusters.length === 0) return [head, 'It reaches no cluster, or none has answered yet.'];
  const measured = clusters.map((cluster) => ({ cluster, hops: hopsOf(cluster) }));
  const totals = measured.map(({ hops }) => totalOf(hops));
  const slowest = totals.indexOf(Math.max(...totals));
  const scaleMs = Math.max(...totals, 0.001);
  const blocks = measured.flatMap(({ cluster, hops }, index) => [
    '',
    ...renderCluster(cluster, hops, { scaleMs, isSlowest: index === slowest && clusters.length > 1 }, paint),
  ]);
  return [head, ...blocks, ...skewNote(measured.flatMap(({ hops }) => hops))];
}

function renderCluster(
  { cluster, state, sentence }: OnCluster,
  hops: readonly Hop[],
  { scaleMs, isSlowest }: { readonly scaleMs: number; readonly isSlowest: boolean },
  paint: Paint,
): readonly string[] {
  if (hops.length === 0) return renderSection(`${paint('bold', cluster)}   ${state}`, [sentence]);
  const total = totalOf(hops);
  const longest = Math.max(...hops.map(({ ms }) => ms));
  const rows = hops.map((hop) => {
    const share = total > 0 ? `${Math.round((hop.ms / total) * 100)} %` : '';
    const mark = hop.ms === longest ? paint('yellow', ' ◀ slowest hop') : '';
    return [hop.name, renderMs(hop.ms).padStart(10), share.padStart(5), `${renderBar(hop, scaleMs)}${mark}`];
  });
  const head = `${paint('bold', cluster)}   ${state}   ${renderMs(total)}${isSlowest ? paint('yellow', '   ◀ slowest cluster') : ''}`;
  return [...renderSection(head, renderTable(rows)), ...(state === 'Applied' ? [] : [`  ${sentence}`])];
}

/** A bar in its place on the time line that all clusters share. */
function renderBar({ startMs, ms }: Hop, scaleMs: number): string {
  const start = Math.min(barWidth - 1, Math.max(0, Math.floor((startMs / scaleMs) * barWidth)));
  const length = Math.min(barWidth - start, Math.max(1, Math.round((Math.max(0, ms) / scaleMs) * barWidth)));
  return `${' '.repeat(start)}${'█'.repeat(length)}${' '.repeat(barWidth - start - length)}`;
}

function skewNote(hops: readonly Hop[]): readonly string[] {
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
