/** States, connections and syncStates as the numbers that stand in arrays. */
import { countedAs, countedStates } from '@accord/core/status/counted-state';
import { states, type PolicyState } from '@accord/core/status/states';
import type { Connection } from '@accord/core/view/presence';
import { syncStates, type SyncState } from '@accord/proto/sync-state';

export const noRow = 0;

const stateNames = Object.keys(states) as PolicyState[];
const stateNumbers = new Map(stateNames.map((state, n) => [state, n + 1]));
const connections: readonly Connection['state'][] = ['live', 'offline', 'unknown'];

export function stateNumber(state: PolicyState): number {
  return stateNumbers.get(state) ?? noRow;
}

export function stateOfNumber(number: number): PolicyState | undefined {
  return stateNames[number - 1];
}

/** Of a cluster. Takes the sync also from a number that was made before. */
export function standingNumber(connection: Connection['state'], sync: SyncState | number): number {
  const ofSync = typeof sync === 'number' ? sync % syncStates.length : syncStates.indexOf(sync);
  return connections.indexOf(connection) * syncStates.length + ofSync;
}

export function connectionOfNumber(standing: number): Connection['state'] {
  return connections[Math.floor(standing / syncStates.length)] ?? 'unknown';
}

export function syncOfNumber(standing: number): SyncState {
  return syncStates[standing % syncStates.length] ?? 'unknown';
}

/** States have less than 16 numbers, so a standing and a state are one index. */
const ranks = Uint8Array.from(
  connections
    .flatMap((connection) => syncStates.map((sync) => ({ connection, sync })))
    .flatMap(({ connection, sync }) =>
      Array.from({ length: 16 }, (_, number) => {
        const state = stateOfNumber(number);
        return state === undefined ? 0 : countedStates.indexOf(countedAs({ state, connection, sync }));
      }),
    ),
);

/** Place in `countedStates` of a row with this state on a cluster that stands like that. */
export function rankOf(state: number, standing: number): number {
  return ranks[standing * 16 + state] ?? 0;
}

/** The same array while it is long enough. Grows by half, so that each cluster that joins costs little. */
export function grown(array: Uint8Array, size: number): Uint8Array {
  if (array.length >= size) return array;
  const longer = new Uint8Array(Math.max(size, Math.ceil(array.length * 1.5)));
  longer.set(array);
  return longer;
}
