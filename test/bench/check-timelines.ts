import type { ChangeTimeline } from '@accord/proto/api-history';
import { benchCluster } from './bench-fleet.ts';
import { winners, type SentChange } from './change-ledger.ts';
import type { RestClient } from './rest-client.ts';

/** Less than the 5,000 that a hub remembers, and enough to hold the last change of every policy. */
const checkedMax = 4_000;

/**
 * The changes that nobody can account for: of which the hub never showed that they or later ones of their policy are in, or whose own
 * timelines do not say so. The hub remembers timelines of the newest changes alone, so only those are read.
 */
export async function unaccountedChanges(hub: RestClient, changes: readonly SentChange[]): Promise<readonly SentChange[]> {
  const unsettled = changes.filter(({ fate }) => fate === 'open');
  const newest = changes.slice(-checkedMax).filter(({ revision }) => revision !== undefined);
  const applied = new Set<SentChange>();
  for (const change of newest) if (await isApplied(hub, change)) applied.add(change);
  const last = winners(changes);
  const untold = newest.filter((change) => {
    const winner = last.get(change.policy);
    return change.fate !== 'open' && !applied.has(change) && (winner === undefined || winner === change || !applied.has(winner));
  });
  return [...unsettled, ...untold];
}

async function isApplied(hub: RestClient, { policy, revision }: SentChange): Promise<boolean> {
  const path = `/v1/changes/${encodeURIComponent(`${policy}@${revision}`)}`;
  const { clusters } = (await hub.require({ method: 'GET', path })) as ChangeTimeline;
  return clusters.some(({ cluster, state }) => cluster === benchCluster && state === 'Applied');
}
