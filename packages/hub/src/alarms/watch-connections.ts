import type { ListedConnection } from '@accord/core/view/connections';
import { judgeFlood, type Flood } from '@accord/core/view/flood';
import type { ClusterFact } from '@accord/core/registry/facts';
import type { Registry } from '@accord/core/registry/registry';
import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Connections } from '../connections/connections.ts';
import type { Listing, ServerMonitor } from '../connections/server-monitor.ts';
import type { History } from '../history/history.ts';
import type { Quarantine } from '../revoke/quarantine.ts';
import type { AlarmBook } from './alarm-book.ts';

export interface WatchConnectionsDeps {
  readonly registry: Registry;
  readonly monitor: Pick<ServerMonitor, 'busiest' | 'kick'>;
  readonly connections: Connections;
  readonly quarantine: Quarantine;
  readonly alarms: AlarmBook;
  /** Hears from where each cluster connects. */
  readonly past?: Pick<History, 'see'>;
  /** How many keys the claims revoke, and how many they can. */
  readonly revocations: () => { readonly count: number; readonly max: number };
  readonly clock: Clock;
  readonly log: Log;
}

const everyMs = 10_000;
/** Part of what the claims can hold from which on a person should know. */
const manyRevocations = 0.2;

/** Looks for keys in two hands, for floods, and for revoked keys that knock. Runs until `signal` aborts. */
export async function watchConnections(deps: WatchConnectionsDeps, signal: AbortSignal): Promise<void> {
  const { connections, clock, log } = deps;
  const clusterOf = indexByKey(deps.registry);
  connections.onEvent((event) => {
    if (event.type === 'connected') tellAddress(deps, clusterOf(event.connection.key), event.connection);
    if (event.type === 'refused') tellRevoked(deps, clusterOf(event.key), event.address);
    else if (event.type === 'connected' && clusterOf(event.connection.key)?.revokedAtMs !== undefined)
      void cutAgain(deps, event.connection);
  }, signal);
  let last: Listing | undefined;
  while (!signal.aborted) {
    await clock.sleep(everyMs, signal);
    if (signal.aborted) return;
    tellDoubled(deps, clusterOf);
    tellGrowth(deps);
    try {
      const listing = await deps.monitor.busiest();
      const floods = judgeFlood(last, listing);
      last = listing;
      // Events may have been lost, and this costs nothing more.
      if (listing.connections.length >= listing.total) connections.adopt(listing);
      for (const flood of floods) cutOff(deps, clusterOf(flood.key), flood);
    } catch (error) {
      if (!isCoded(error)) throw error;
      if (!signal.aborted) log.warn('the traffic of the spokes was not looked at', { code: error.code, error });
    }
  }
}

type FindCluster = (key: string) => ClusterFact | undefined;

function tellAddress({ past }: WatchConnectionsDeps, cluster: ClusterFact | undefined, { key, address }: ListedConnection): void {
  if (cluster === undefined) return;
  past?.see({ actor: `cluster:${cluster.name}`, action: 'Connected', object: `cluster.${cluster.id}`, address, detail: `, key ${key}` });
}

function tellRevoked({ alarms }: WatchConnectionsDeps, cluster: ClusterFact | undefined, address: string): void {
  if (cluster?.revokedAtMs === undefined) return;
  const text = `somebody at ${address} tries to log in with its revoked key; if its spoke still runs, stop it there: kubectl -n accord-system scale deploy/accord-spoke --replicas=0`;
  alarms.raise('RevokedLogin', cluster.id, text);
}

/** Until the claims are at the server a revoked key is let in again: for as long as it takes the hub to hear of it. */
async function cutAgain({ monitor, log }: WatchConnectionsDeps, connection: ListedConnection): Promise<void> {
  try {
    await monitor.kick(connection);
  } catch (error) {
    if (!isCoded(error)) throw error;
    log.warn('a revoked cluster was not cut again at once', { code: error.code, error });
  }
}

function tellDoubled({ registry, connections, alarms }: WatchConnectionsDeps, clusterOf: FindCluster): void {
  const doubled = new Set(connections.doubled());
  for (const key of doubled) {
    const cluster = clusterOf(key);
    if (cluster === undefined) continue;
    const addresses = [...new Set(connections.openOf(key).map(({ address }) => address))].toSorted().join(', ');
    const text = `its key is in use twice at once, from ${addresses}; run one spoke there, and if the other is not yours: accord cluster revoke ${cluster.name}`;
    alarms.raise('SecondConnection', cluster.id, text);
  }
  for (const { body } of registry.clusters.values()) if (!doubled.has(body.publicKey)) alarms.clear('SecondConnection', body.id);
}

function tellGrowth({ alarms, revocations }: WatchConnectionsDeps): void {
  const { count, max } = revocations();
  if (count < max * manyRevocations) return alarms.clear('ManyRevocations', undefined);
  alarms.raise(
    'ManyRevocations',
    undefined,
    `the claims of the spokes revoke many keys, and can hold ${max}; an entry leaves them after 25 hours. See docs/reference/revocation.md`,
  );
}

function cutOff({ quarantine, alarms }: WatchConnectionsDeps, cluster: ClusterFact | undefined, { key, because }: Flood): void {
  const text = `it flooded the bus (${because}) and is cut off for ten minutes; look at its spoke, and if its key was stolen: accord cluster revoke ${cluster?.name ?? 'NAME'}`;
  alarms.raise('Flood', cluster?.id, text);
  quarantine.put(key, because);
}

/** By public key. Anybody may knock at any rate, so it is made anew only when a fact has come. */
function indexByKey(registry: Registry): FindCluster {
  let seq = -1;
  let clusters = new Map<string, ClusterFact>();
  return (key) => {
    if (seq !== registry.seq) clusters = new Map([...registry.clusters.values()].map(({ body }) => [body.publicKey, body]));
    seq = registry.seq;
    return clusters.get(key);
  };
}
