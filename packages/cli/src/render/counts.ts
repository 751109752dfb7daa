import type { Row } from '@accord/proto/api';
import type { RowCounts } from '../convergence.ts';
import { ageOf } from './age.ts';

/** `56/60 applied · 3 offline · 1 failed`; with `known`, what the offline ones last said stands behind their number. */
export function renderCounts({ total, applied, offline, failed }: RowCounts, word = 'applied', known = ''): string {
  const parts = [`${applied}/${total} ${word}`];
  if (offline > 0) parts.push(`${offline} offline${known === '' ? '' : ` (last known: ${known})`}`);
  if (failed > 0) parts.push(`${failed} failed`);
  return parts.join(' · ');
}

/** How far clusters are that take long: ` · 120 of 500 objects are in`. Empty where none says so. */
export function renderProgress(rows: readonly Row[]): string {
  const applying = rows.filter(({ state, connection }) => state === 'Applying' && connection !== 'offline');
  const sum = (of: 'applied' | 'desired'): number => applying.reduce((all, row) => all + row[of], 0);
  return sum('applied') < sum('desired') ? ` · ${sum('applied')} of ${sum('desired')} objects are in` : '';
}

/** What offline clusters last said, and when the first of them was heard last: `2 applied, 1 failed, 17m ago`. Empty where none is offline. */
export function renderLastKnown(rows: readonly Row[], nowMs: number): string {
  const offline = rows.filter(({ connection }) => connection === 'offline');
  const groups = [...Map.groupBy(offline, ({ state }) => state)].toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const states = groups.map(([state, { length }]) => `${groups.length === 1 ? '' : `${length} `}${state.toLowerCase()}`);
  const [since] = offline.flatMap(({ offlineSince }) => offlineSince ?? []).toSorted();
  return [...states, ...(since === undefined ? [] : [`${ageOf(since, nowMs)} ago`])].join(', ');
}

/** Rows by state, the good ones first: `3 Applied · 1 Failed`. */
export function renderStates(counts: Readonly<Record<string, number>>): string {
  const states = Object.entries(counts).filter(([, count]) => count > 0);
  const sorted = states.toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return sorted.map(([state, count]) => `${count} ${state}`).join(' · ') || 'none';
}

const order = ['Applied', 'Shadowed', 'Removed', 'Pending', 'Received', 'Applying', 'Removing', 'Retrying', 'Behind', 'Offline', 'Stuck'];

function rank(state: string): number {
  const place = order.indexOf(state);
  return place < 0 ? order.length : place;
}
