import type { Hop } from '@accord/core/history/hops-of';
import type { Paint } from '../terminal.ts';
import { renderMs, totalOf, type OnCluster } from './hops.ts';
import { renderStep } from './steps.ts';
import { renderSection, renderTable } from './table.ts';

/** What the columns before the bar take, with the share of each hop and without; and the mark behind it, in words and without. */
const beforeBar = { withShare: 35, alone: 27 };
const afterBar = { inWords: 15, alone: 3 };
const barWidths = { min: 8, max: 60 };

export interface Frame {
  /** What the whole width of a bar stands for; the same for all clusters, so that they can be compared. */
  readonly scaleMs: number;
  readonly width: number;
  readonly isSlowest: boolean;
}

/** The hops of one cluster below each other, each in its place on the time line. */
export function renderClusterWaterfall(
  { cluster, state, steps }: OnCluster,
  hops: readonly Hop[],
  frame: Frame,
  paint: Paint,
): readonly string[] {
  const total = totalOf(hops);
  const longest = Math.max(...hops.map(({ ms }) => ms));
  const layout = layoutFor(frame.width);
  const rows = hops.map((hop) => {
    const share = total > 0 ? `${Math.round((hop.ms / total) * 100)} %` : '';
    const mark = hop.ms === longest ? paint('yellow', layout.mark) : '';
    const bar = `${renderBar(hop, frame.scaleMs, layout.barWidth)}${mark}`;
    return [hop.hop, renderMs(hop.ms).padStart(10), ...(layout.hasShare ? [share.padStart(5)] : []), bar];
  });
  const head = `${paint('bold', cluster)}   ${state}   ${renderMs(total)}${frame.isSlowest ? paint('yellow', '   ◀ slowest cluster') : ''}`;
  // One step says nothing that the head does not.
  return [...renderSection(head, renderTable(rows)), ...(steps.length > 1 ? steps.map((step) => `  ${renderStep(step)}`) : [])];
}

function layoutFor(width: number): { readonly barWidth: number; readonly hasShare: boolean; readonly mark: string } {
  const hasShare = width >= beforeBar.withShare + afterBar.alone + barWidths.min;
  const before = hasShare ? beforeBar.withShare : beforeBar.alone;
  const inWords = width >= before + afterBar.inWords + 2 * barWidths.min;
  const room = width - before - (inWords ? afterBar.inWords : afterBar.alone);
  const barWidth = Math.min(barWidths.max, Math.max(barWidths.min, room));
  return { barWidth, hasShare, mark: inWords ? ' ◀ slowest hop' : ' ◀' };
}

function renderBar({ startMs, ms }: Hop, scaleMs: number, barWidth: number): string {
  const start = Math.min(barWidth - 1, Math.max(0, Math.floor((startMs / scaleMs) * barWidth)));
  const length = Math.min(barWidth - start, Math.max(1, Math.round((Math.max(0, ms) / scaleMs) * barWidth)));
  return `${' '.repeat(start)}${'█'.repeat(length)}${' '.repeat(barWidth - start - length)}`;
}
