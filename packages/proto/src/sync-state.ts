/**
 * Whether a cluster has what the hub published for it, by the digest in its last beat. `behind`: not yet. `stuck`: it is
 * live, was asked to look again, and takes nothing all the same. `unknown`: it was not heard.
 */
export const syncStates = ['current', 'behind', 'stuck', 'unknown'] as const;
export type SyncState = (typeof syncStates)[number];
