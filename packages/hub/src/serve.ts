import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import type { ConnectNatsBusOptions } from '@accord/bus/nats/connect-options';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { setsOf } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { noAccessFile, parseAccessFile, type AccessFile } from './api/access-file.ts';
import { buildApi } from './api/server.ts';
import { natsMonitor } from './connections/nats-monitor.ts';
import { FactHistory } from './api/fact-history.ts';
import { People } from './api/people.ts';
import { Database } from './history/database.ts';
import { HistoryStore } from './history/history-store.ts';
import type { HubConfig } from './config.ts';
import { ensureAdminToken } from './identity/admin-token.ts';
import { ensureServingCertificate } from './identity/serving-certificate.ts';
import { DiskWatch } from './identity/embedded/disk-watch.ts';
import { openIdentity, type Identity } from './identity/open-identity.ts';
import type { KeyRotations } from './identity/key-rotations.ts';
import { revocationsMax, type SpokesClaims } from './identity/spokes-claims.ts';
import { HighWaterFile } from './intent/high-water.ts';
import type { HubIdentity } from './join/hub-identity.ts';
import { keyPorts } from './key-ports.ts';
import { runHub, type Hub } from './run-hub.ts';

export interface ServeDeps {
  readonly config: HubConfig;
  readonly clock: Clock;
  readonly log: Log;
}

/** The composition root of the hub: the only place that builds adapters. Resolves after an orderly stop. */
export async function serve(deps: ServeDeps, signal: AbortSignal): Promise<void> {
  const { config, clock, log } = deps;
  // Before anything is started: a hub that takes nobody's word for who he is must not come up.
  const access = await readAccess(config.accessFile);
  const nats = { program: config.natsServer, listen: { host: config.natsHost, port: config.natsPort } };
  const identity = await openIdentity({ dataDir: config.dataDir, nats, clock, log });
  const stop = new AbortController();
  try {
    await serveWith(identity, { ...deps, access }, AbortSignal.any([signal, stop.signal]), stop);
  } catch (error) {
    // A start that is stopped half-way fails wherever it was, and that is no failure.
    if (!signal.aborted || !isCoded(error)) throw error;
  } finally {
    stop.abort();
    await identity.nats.stop();
    identity.close();
  }
}

async function serveWith(
  identity: Identity,
  { config, clock, log, access }: ServeDeps & { readonly access: AccessFile },
  running: AbortSignal,
  stop: AbortController,
): Promise<void> {
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
  const port = identityPort(identity, claims, clock);
  const servers = [identity.nats.url];
  const hub = await runHub(
    {
      ...{ bus, monitor, identity: port, servers, highWater, historyStore, clock, log },
      onFact: (fact) => history.add(fact),
      storeRefusal: () => disk.refusal,
      isRotating: () => rotations.scope.isBegun || identity.desiredKeys.isBegun,
      revocations: () => ({ count: claims.count, max: revocationsMax }),
    },
    running,
  );
  started.hub = hub;
  let isAnnounced = false;
  const certificate = await ensureServingCertificate(dataDir, clock.now());
  const api = buildApi({
    ...{ certificate, history, past: hub.history, clock, log, allowedHosts: config.allowedHosts, signal: running },
    hubKey: () => identity.hubKey,
    ...{ projection: hub.projection, intent: hub.intent, join: hub.join, garbage: hub.spokes.garbage },
    ...{ revoker: hub.revoker, alarms: hub.alarms, keys: keyPorts({ desiredKeys: identity.desiredKeys, clock }, rotations, hub, port) },
    adminTokenHash: ensureAdminToken(dataDir),
    ...{ declaredLabels: access.labels, requestsPerMinute: config.requestsPerMinute },
    ...(access.oidc !== undefined && { people: new People(access.oidc, clock) }),
    readiness: () => readiness(hub.halted(), isAnnounced),
    crds: await readFile(new URL('../../../deploy/spoke/crds.yaml', import.meta.url), 'utf8'),
  });
  const url = await listen(api, config);
  const tell = (): Promise<void> => announce(dataDir, url, certificate.cert, identity);
  await tell();
  isAnnounced = true;
  identity.nats.onRestart(() => {
    hub.projection.busStarted();
    void tell();
  });
  log.info('the hub serves', { url, natsUrl: identity.nats.url });
  const stopped = new Promise<void>((resolve) => running.addEventListener('abort', () => resolve(), { once: true }));
  resumeRotations(rotations, log);
  await Promise.race([
    stopped,
    hub.done,
    identity.nats.run(running),
    disk.run(running),
    claims.run(running),
    rotations.run(running),
    identity.credentials.hub.keepAlive(() => bus.reconnect(), running),
    identity.credentials.sys.keepAlive(() => system.reconnect(), running),
  ]);
  stop.abort();
  await api.close();
  await hub.done;
  await highWater.flush();
  historyStore.close();
  await Promise.all([bus.close(), system.close()]);
}

async function readAccess(path: string | undefined): Promise<AccessFile> {
  if (path === undefined) return noAccessFile;
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CodedError('not-found', `--access ${path} cannot be read: ${(cause as Error).message}`, {
      cause,
      help: 'See docs/reference/access.md',
    });
  });
  return parseAccessFile(text, `--access ${path}`);
}

/** Whoever waits until it is ready reads where it serves next. */
function readiness(halted: string | undefined, isAnnounced: boolean): { readonly ready: boolean; readonly because: string } {
  const because = halted ?? (isAnnounced ? '' : 'it has just begun to listen');
  return { ready: because === '', because };
}

async function connectAs(
  role: 'hub' | 'sys',
  identity: Identity,
  { log, ...told }: { readonly log: Log } & Pick<ConnectNatsBusOptions, 'onSilent'>,
  signal: AbortSignal,
): Promise<NatsBus> {
  try {
    return await connectNatsBus({
      ...{ servers: [identity.nats.url], role: 'hub', name: `accord-${role}`, inboxPrefix: '_INBOX', signal },
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

function resumeRotations(rotations: KeyRotations, log: Log): void {
  rotations.resume().catch((error: unknown) => {
    if (!isCoded(error)) throw error;
    log.warn('the rotation of a key goes on at the next start', { code: error.code, error });
  });
}

async function listen(api: ReturnType<typeof buildApi>, { host, port }: HubConfig): Promise<string> {
  try {
    return await api.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new CodedError('port-in-use', `${host}:${port} is in use`, {
      cause,
      help: `Stop what listens there, or choose another with --listen ${host}:PORT`,
    });
  }
}

/** Where this hub can be reached, for tools on the same machine. */
async function announce(dataDir: string, url: string, ca: string, { nats }: Identity): Promise<void> {
  const path = join(dataDir, 'hub.json');
  await writeFile(`${path}.new`, `${JSON.stringify({ url, natsUrl: nats.url, pid: process.pid, natsPid: nats.pid, ca })}\n`);
  await rename(`${path}.new`, path);
}
