import { X509Certificate } from 'node:crypto';
import { access as reach, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import type { ConnectNatsBusOptions } from '@accord/bus/nats/connect-options';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { readStreamSizes } from '@accord/bus/nats/stream-sizes';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { setsOf } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { noAccessFile, parseAccessFile, type AccessFile } from './api/access-file.ts';
import type { ApiDeps } from './api/deps.ts';
import type { ServingCertificate } from './api/one-port.ts';
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
import type { ScopeRotation } from './identity/scope-rotation.ts';
import { revocationsMax, type SpokesClaims } from './identity/spokes-claims.ts';
import { HighWaterFile } from './intent/high-water.ts';
import type { HubIdentity } from './join/hub-identity.ts';
import { HubReader } from './metrics/read-hub.ts';
import { keyPorts } from './key-ports.ts';
import { runHub, type Hub } from './run-hub.ts';
import type { LogContext } from './tracing/log-context.ts';
import { Tracing } from './tracing/tracing.ts';

export interface ServeDeps {
  readonly config: HubConfig;
  /** Says in the log which span a line belongs to. */
  readonly context: LogContext;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where `npm run build` leaves the console. */
const builtConsole = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** The composition root of the hub: the only place that builds adapters. Resolves after an orderly stop. */
export async function serve(deps: ServeDeps, signal: AbortSignal): Promise<void> {
  const { config, clock, log } = deps;
  // Before anything is started: a hub that takes nobody's word for who he is must not come up.
  const access = await readAccess(config.accessFile);
  if (config.consoleDir !== undefined) await requireConsole(config.consoleDir);
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
  { config, context, clock, log, access }: ServeDeps & { readonly access: AccessFile },
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
  const rotation = identity.scopeRotation(claims);
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
      ...{ bus, monitor, identity: port, servers: [identity.nats.url], highWater, historyStore, clock, log },
      onFact: (fact) => {
        history.add(fact);
        // What is read at a start was stored long ago.
        if (started.hub !== undefined) tracing.moments.learn(fact.recorded.change.id, { appendedMs: clock.now() });
      },
      onStored: ({ documents }) => tracing.planned(documents),
      storeRefusal: () => disk.refusal,
      isRotating: () => rotation.isBegun || identity.desiredKeys.isBegun,
      revocations: () => ({ count: claims.count, max: revocationsMax }),
    },
    running,
  );
  started.hub = hub;
  let isAnnounced = false;
  const certificate = await ensureServingCertificate(dataDir, clock.now());
  const api = buildApi({
    ...{ certificate, history, past: hub.history, tracing, clock, log, allowedHosts: config.allowedHosts, signal: running },
    ...{ consoleDir: config.consoleDir ?? builtConsole, adminTokenHash: ensureAdminToken(dataDir) },
    hubKey: () => identity.hubKey,
    meters: metersOf(hub, { identity, bus, disk, claims, certificate, clock }),
    ...{ projection: hub.projection, intent: hub.intent, join: hub.join, garbage: hub.spokes.garbage },
    ...{ revoker: hub.revoker, alarms: hub.alarms, keys: keyPorts({ desiredKeys: identity.desiredKeys, clock }, rotation, hub, port) },
    ...{ declaredLabels: access.labels, requestsPerMinute: config.requestsPerMinute },
    ...(access.oidc !== undefined && { people: new People(access.oidc, clock) }),
    readiness: () => readiness(hub.halted(), isAnnounced),
    crds: await readFile(new URL('../../../deploy/spoke/crds.yaml', import.meta.url), 'utf8'),
  });
  const url = await listen(api, config);
  const tell = (): Promise<void> => announce(dataDir, url, certificate.cert, identity);
  await tell();
  isAnnounced = true;
  identity.nats.onRestart(() => void tell());
  log.info('the hub serves', { url, natsUrl: identity.nats.url });
  const stopped = new Promise<void>((resolve) => running.addEventListener('abort', () => resolve(), { once: true }));
  resumeRotation(rotation, log);
  await Promise.race([
    stopped,
    hub.done,
    identity.nats.run(running),
    disk.run(running),
    tracing.run(() => hub.history.read(), running),
    claims.run(running),
    identity.credentials.hub.keepAlive(() => bus.reconnect(), running),
    identity.credentials.sys.keepAlive(() => system.reconnect(), running),
  ]);
  stop.abort();
  await api.close();
  await hub.done;
  await tracing.stop();
  await highWater.flush();
  historyStore.close();
  await Promise.all([bus.close(), system.close()]);
}

interface MeterSources {
  readonly identity: Identity;
  readonly bus: NatsBus;
  readonly disk: DiskWatch;
  readonly claims: SpokesClaims;
  readonly certificate: ServingCertificate;
  readonly clock: Clock;
}

function metersOf(hub: Hub, { identity: { credentials }, bus, disk, claims, certificate, clock }: MeterSources): ApiDeps['meters'] {
  const certificateEndsMs = new X509Certificate(certificate.cert).validToDate.getTime();
  const reader = new HubReader({
    ...hub,
    revocations: () => ({ count: claims.count, max: revocationsMax }),
    isBusConnected: () => bus.link.isConnected,
    streams: () => readStreamSizes(bus),
    diskFreeBytes: () => disk.freeBytes,
    ends: () => ({
      'serving-certificate': certificateEndsMs,
      'hub-login': credentials.hub.endsAtMs,
      'system-login': credentials.sys.endsAtMs,
    }),
    clock,
  });
  return { meter: hub.meter, readings: () => reader.read() };
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

async function requireConsole(dir: string): Promise<void> {
  await reach(join(dir, 'index.html')).catch((cause: unknown) => {
    throw new CodedError('not-found', `--console ${dir} holds no index.html: ${(cause as Error).message}`, {
      cause,
      help: 'Build it with: npm run build --workspace @accord/console',
    });
  });
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

/** Until the servers are known to have both keys, the old one signs. */
function resumeRotation(rotation: ScopeRotation, log: Log): void {
  rotation.resume().catch((error: unknown) => {
    if (!isCoded(error)) throw error;
    log.warn('the rotation of the scope key goes on at the next start', { code: error.code, error });
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
