import type { RowCounts } from '../convergence.ts';

/** `56/60 applied · 3 offline · 1 failed` */
export function renderCounts({ total, applied, offline, failed }: RowCounts, word = 'applied'): string {
  const parts = [`${applied}/${total} ${word}`];
  if (offline > 0) parts.push(`${offline} offline`);
  if (failed > 0) parts.push(`${failed} failed`);
  return parts.join(' · ');
}

/** Rows by state, the good ones first: `3 Applied · 1 Failed`. */
export function renderStates(counts: Readonly<Record<string, number>>): string {
  const states = Object.entries(counts).filter(([, count]) => count > 0);
  const sorted = states.toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return sorted.map(([state, count]) => `${count} ${state}`).join(' · ') || 'none';
}

const order = ['Applied', 'Shadowed', 'Removed', 'Pending', 'Applying', 'Removing', 'Retrying', 'Behind', 'Offline', 'Stuck'];

function rank(state: string): number {
  const place = order.indexOf(state);
  return place < 0 ? order.length : place;
}
