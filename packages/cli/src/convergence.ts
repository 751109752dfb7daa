import type { Row } from '@accord/proto/api';

/** What a wait has come to. `moving`: it may still end well by itself. */
export type Convergence = 'converged' | 'offline' | 'held-up' | 'moving';

export interface RowCounts {
  readonly total: number;
  readonly applied: number;
  readonly offline: number;
  /** States that do not end by themselves. */
  readonly failed: number;
  readonly moving: number;
}

const heldUpStates = new Set(['Failed', 'Refused', 'Stalled']);
/** What is only compared has been, whatever came of it: nothing more will happen by itself. */
const settledStates = new Set(['Applied', 'Drifted', 'Shadowed']);

type Kind = 'applied' | 'offline' | 'failed' | 'moving';

/**
 * How far one row is with `revision`. Offline comes first: what an offline cluster said last may be over. A report about
 * an older revision says nothing about this one; one about this revision is the cluster's own word, even while its next
 * beat (2 s) is still to show that it has everything else too.
 */
export function progressOf(row: Row, revision: number): Kind {
  if (row.connection === 'offline') return 'offline';
  if (row.revision < revision || row.reportedRevision < revision) return 'moving';
  // Whoever suspends a policy has what was wanted when it is stopped; a stop of somebody else holds it up.
  if (row.state === 'Stopped') return row.reason === 'Suspended' ? 'applied' : 'failed';
  // A dependency may still come in; what waits for a person does not end by itself.
  if (row.state === 'Blocked') return row.reason === 'DependencyNotApplied' ? 'moving' : 'failed';
  if (heldUpStates.has(row.state)) return 'failed';
  return settledStates.has(row.state) ? 'applied' : 'moving';
}

/**
 * How far a policy that has to leave is on one cluster that may still have it. A failure may be what the cluster said
 * before it had to leave, and a removal that fails is tried again; only the brake says for sure that it needs a person.
 */
export function removalOf(row: Row): Kind {
  if (row.connection === 'offline') return 'offline';
  if (row.state === 'Removed') return 'applied';
  return (row.state === 'Stalled' || row.state === 'Stopped') && row.reportedRevision >= row.revision ? 'failed' : 'moving';
}

export function countProgress(kinds: readonly Kind[]): RowCounts {
  const count = (kind: Kind): number => kinds.filter((candidate) => candidate === kind).length;
  return { total: kinds.length, applied: count('applied'), offline: count('offline'), failed: count('failed'), moving: count('moving') };
}

/** A failure is told only when nothing else moves any more, so that one wait shows all of them. */
export function convergenceOf({ moving, failed, offline }: RowCounts): Convergence {
  if (moving > 0) return 'moving';
  if (failed > 0) return 'held-up';
  return offline > 0 ? 'offline' : 'converged';
}
