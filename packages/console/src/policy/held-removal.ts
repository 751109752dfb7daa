import type { Row } from '@accord/proto/api';

/** The largest count of one cluster is what has to be confirmed, for each cluster compares with its own. */
export function heldRemoval(rows: readonly Row[]): { readonly revision: number; readonly count: number } | undefined {
  const held = rows.filter((row) => row.state === 'Stalled' && row.reason !== 'EpochChanged' && row.held > 0);
  if (held.length === 0) return undefined;
  return { revision: Math.max(...held.map((row) => row.revision)), count: Math.max(...held.map((row) => row.held)) };
}
