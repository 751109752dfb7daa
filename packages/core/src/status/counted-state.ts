/** How rows are counted, and which of them need a person most. */
import type { Connection } from '../view/presence.ts';
import type { PolicyState } from './states.ts';

export type Sync = 'current' | 'behind' | 'unknown';

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
  'Offline',
  'Stopped',
  'Retrying',
  'Behind',
  'Removing',
  'Applying',
  'Pending',
  'Shadowed',
  'Removed',
  'Applied',
] as const satisfies readonly (PolicyState | 'Offline' | 'Behind')[];
export type CountedState = (typeof countedStates)[number];
export type StateCounts = Readonly<Partial<Record<CountedState, number>>>;

export interface CountedRow {
  readonly state: PolicyState;
  readonly connection: Connection['state'];
  readonly sync: Sync;
}

/** What an offline cluster last said, and what one that is behind has applied, may be over. */
export function countedAs({ state, connection, sync }: CountedRow): CountedState {
  if (connection === 'offline') return 'Offline';
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
