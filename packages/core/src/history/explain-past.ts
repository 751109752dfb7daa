import { humanDuration } from '@accord/proto/human-duration';

/** How a change ended on a cluster, once a later one of its policy holds. */
export interface PastRow {
  readonly change: string;
  readonly cluster: string;
  readonly state: string;
  readonly reason: string;
  readonly message: string;
  readonly isApplied: boolean;
  readonly tookMs: number;
  /** The change that came after it, empty when none did. */
  readonly supersededBy: string;
}

/** One sentence, as for a row that holds, but of what is over: there is nothing to be done about it. */
export function explainPast({ change, cluster, state, reason, message, isApplied, tookMs, supersededBy }: PastRow): string {
  const after = supersededBy === '' ? '' : `; then came ${supersededBy}`;
  if (isApplied) return `${change} was applied on ${cluster}${tookMs > 0 ? ` after ${shortly(tookMs)}` : ''}${after}.`;
  if (state === '') return `${cluster} said nothing about ${change}${supersededBy === '' ? '' : ` before ${supersededBy} came`}.`;
  const because = [reason, message].filter((text) => text !== '').join(': ');
  return `${change} was never applied on ${cluster}: it was last ${state}${because === '' ? '' : ` (${because})`}${after}.`;
}

function shortly(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : humanDuration(ms);
}
