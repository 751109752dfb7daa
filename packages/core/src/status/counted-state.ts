/** How rows are counted, and which of them need a person most. */
import type { SyncState } from '@accord/proto/sync-state';
import type { Connection } from '../view/presence.ts';
import type { PolicyState } from './states.ts';

/**
 * What a row is counted as, the worst first: what waits for a person, what a person should look at, what goes on by itself, what is well.
 * The order of every list that is sorted by it.
 */
export const countedStates = [
  'Stalled',
  'Failed',
  'Refused',
  'Blocked',
  'Drifted',
  'Stuck',
  'Offline',
  'Stopped',
  'Retrying',
  'Behind',
  'Removing',
  'Applying',
  'Received',
  'Pending',
  'Shadowed',
  'Removed',
  'Applied',
] as const satisfies readonly (PolicyState | 'Offline' | 'Behind' | 'Stuck')[];
export type CountedState = (typeof countedStates)[number];
export type StateCounts = Readonly<Partial<Record<CountedState, number>>>;

export interface CountedRow {
  readonly state: PolicyState;
  readonly connection: Connection['state'];
  readonly sync: SyncState;
}

/** What is not what the hub published last. */
export function isLagging(sync: SyncState): boolean {
  return sync === 'behind' || sync === 'stuck';
}

/** What an offline cluster last said, and what one that is behind has applied, may be over; to one that is stuck nothing gets. */
export function countedAs({ state, connection, sync }: CountedRow): CountedState {
  if (connection === 'offline') return 'Offline';
  if (sync === 'stuck' && (state === 'Applied' || state === 'Pending')) return 'Stuck';
  return sync === 'behind' && state === 'Applied' ? 'Behind' : state;
}

/** Place in `countedStates` of the worst that is counted; its length where nothing is. */
export function worstRank(counts: StateCounts): number {
  const rank = countedStates.findIndex((state) => (counts[state] ?? 0) > 0);
  return rank < 0 ? countedStates.length : rank;
}

/** Empty where nothing is counted. */
export function worstOf(counts: StateCounts): CountedState | '' {
  return countedStates[worstRank(counts)] ?? '';
}
