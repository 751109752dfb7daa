import { join } from 'node:path';
import type { ConnectNatsBusOptions } from '@accord/bus/nats/connect-options';
import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { CodedError } from '@accord/proto/coded-error';
import { setsOf } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { FactHistory } from './api/fact-history.ts';
import type { HubConfig } from './config.ts';
import { natsMonitor } from './connections/nats-monitor.ts';
import { Database } from './history/database.ts';
import { HistoryStore } from './history/history-store.ts';
import { DiskWatch } from './identity/embedded/disk-watch.ts';
import type { KeyRotations } from './identity/key-rotations.ts';
import type { Identity } from './identity/open-identity.ts';
import { revocationsMax, type SpokesClaims } from './identity/spokes-claims.ts';
import { HighWaterFile } from './intent/high-water.ts';
import type { HubIdentity } from './join/hub-identity.ts';
import { runHub, type Hub } from './run-hub.ts';
import type { LogContext } from './tracing/log-context.ts';
import { Tracing } from './tracing/tracing.ts';

interface OpenDeps {
  readonly config: HubConfig;
  readonly context: LogContext;
  readonly clock: Clock;
  readonly log: Log;
}

/** The hub with the adapters that it runs on. */
export interface HubParts {
  readonly identity: Identity;
  /** What the hub itself uses of the identity. */
  readonly port: HubIdentity;
  readonly bus: NatsBus;
  readonly system: NatsBus;
  readonly hub: Hub;
  readonly history: FactHistory;
  readonly claims: SpokesClaims;
  readonly rotations: KeyRotations;
  readonly disk: DiskWatch;
  readonly tracing: Tracing;
  /** After the signal: waits until everything is written down. */
  close(): Promise<void>;
}

/** Builds the adapters and replays what is stored. Resolves when everything that was stored is known. */
export async function openParts(identity: Identity, { config, context, clock, log }: OpenDeps, running: AbortSignal): Promise<HubParts> {
  const { dataDir } = config;
  const disk = new DiskWatch({ server: identity.nats, clock, log });
  const onSilent = (sinceMs: number): void => disk.suspect(sinceMs);
  const [bus, system] = await Promise.all([
    connectAs('hub', identity, { log, onSilent }, running),
    connectAs('sys', identity, { log }, running),
  ]);
  await ensureStreams(bus, { replicas: 1, historyBytesMax: config.historyBytesMax });
  const started: { hub?: Hub } = {};
  const claims = identity.spokesClaims(system, () => started.hub?.connections.count ?? 0);
  const rotations = identity.keyRotations({ spokesClaims: claims, buses: { hub: bus, sys: system }, signal: running });
  const monitor = natsMonitor(system, identity.accounts.SPOKES);
  const highWater = new HighWaterFile(dataDir, (error) => log.warn('the high-water mark was not written; the next one will be', { error }));
  await highWater.load();
  const history = new FactHistory();
  const keys = identity.desiredKeys.verifiers;
  const historyStore = new HistoryStore(new Database(join(dataDir, 'history.sqlite')), { keys, log });
  const tracing = await Tracing.open({ config: config.tracing, context, clock, log });
  const port = identityPort(identity, claims, clock);
  const hub = await runHub(
    {
      ...{ bus, monitor, identity: port, busPlace: identity.nats.advertised, highWater, historyStore, clock, log },
      onFact: (fact) => {
        history.add(fact);
        // What is read at a start was stored long ago.
        if (started.hub !== undefined) tracing.moments.learn(fact.recorded.change.id, { appendedMs: clock.now() });
      },
      onStored: ({ documents }) => tracing.planned(documents),
      storeRefusal: () => disk.refusal,
      isRotating: () => rotations.scope.isBegun || identity.desiredKeys.isBegun,
      revocations: () => ({ count: claims.count, max: revocationsMax }),
    },
    running,
  );
  started.hub = hub;
  const close = async (): Promise<void> => {
    await hub.done;
    await tracing.stop();
    await highWater.flush();
    historyStore.close();
    await Promise.all([bus.close(), system.close()]);
  };
  return { identity, port, bus, system, hub, history, claims, rotations, disk, tracing, close };
}

async function connectAs(
  role: 'hub' | 'sys',
  identity: Identity,
  { log, ...told }: { readonly log: Log } & Pick<ConnectNatsBusOptions, 'onSilent'>,
  signal: AbortSignal,
): Promise<NatsBus> {
  try {
    return await connectNatsBus({
      ...{ place: () => identity.nats.place, role: 'hub', name: `accord-${role}`, inboxPrefix: '_INBOX', signal },
      credential: identity.credentials[role].current,
      onError: (error) => log.warn('the bus complains', { error }),
      ...told,
    });
  } catch (cause) {
    // It tries for as long as the signal lets it.
    throw new CodedError('unavailable', `connect to the bus as ${role}: stopped before it was there`, { cause });
  }
}

function identityPort(identity: Identity, claims: SpokesClaims, clock: Clock): HubIdentity {
  const { desired, desiredKeys, mint } = identity;
  return {
    desired,
    get desiredPublicKey() {
      return desiredKeys.publicKey;
    },
    get hubKey() {
      return desiredKeys.current;
    },
    trust: desiredKeys,
    mint: ({ id, publicKey, labels, iatMin }) =>
      mint.mintSpokeToken({ id, publicKey, labels, sets: setsOf(labels), nowMs: clock.now(), iatFloor: iatMin - 1 }),
    lastIat: (publicKey) => mint.lastIat(publicKey),
    revoke: (publicKey, until) => claims.revoke({ [publicKey]: until }),
  };
}
