import { X509Certificate } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readStreamSizes } from '@accord/bus/nats/stream-sizes';
import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { AccessFile } from './api/access-file.ts';
import type { ApiDeps } from './api/deps.ts';
import type { ServingCertificate } from './api/one-port.ts';
import { People } from './api/people.ts';
import { buildApi } from './api/server.ts';
import type { HubConfig } from './config.ts';
import { ensureAdminToken } from './identity/admin-token.ts';
import type { Identity } from './identity/open-identity.ts';
import { revocationsMax } from './identity/spokes-claims.ts';
import { keyPorts } from './key-ports.ts';
import { HubReader } from './metrics/read-hub.ts';
import type { HubParts } from './open-parts.ts';

interface ServeApiDeps {
  readonly config: HubConfig;
  readonly access: AccessFile;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where `npm run build` leaves the console. */
const builtConsole = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** Listens, and writes down where. Whoever calls closes. */
export async function serveApi(
  parts: HubParts,
  { config, access, clock, log }: ServeApiDeps,
  signal: AbortSignal,
): Promise<ReturnType<typeof buildApi>> {
  const { identity, port, hub, history, rotations, tracing } = parts;
  const { dataDir } = config;
  let isAnnounced = false;
  const certificate = identity.serving;
  const api = buildApi({
    ...{ certificate, history, past: hub.history, tracing, clock, log, allowedHosts: config.allowedHosts, signal },
    trustedProxies: config.trustedProxies,
    ...{ consoleDir: config.consoleDir ?? builtConsole, adminTokenHash: ensureAdminToken(dataDir) },
    hubKey: () => identity.hubKey,
    installation: { ...config.spoke, ...caBundleOf(identity) },
    busServers: identity.nats.advertised.servers,
    meters: metersOf(parts, certificate, clock),
    ...{ projection: hub.projection, intent: hub.intent, join: hub.join, garbage: hub.spokes.garbage },
    ...{ revoker: hub.revoker, alarms: hub.alarms, keys: keyPorts({ desiredKeys: identity.desiredKeys, clock }, rotations, hub, port) },
    ...{ declaredLabels: access.labels, requestsPerMinute: config.requestsPerMinute },
    ...(access.oidc !== undefined && { people: new People(access.oidc, clock) }),
    readiness: () => readiness(hub.halted(), isAnnounced),
    crds: await readFile(new URL('../../../deploy/spoke/crds.yaml', import.meta.url), 'utf8'),
  });
  const url = await listen(api, config);
  const tell = (): Promise<void> => announce(dataDir, url, identity);
  await tell();
  isAnnounced = true;
  identity.nats.onEnd(() => hub.projection.busEnded());
  identity.nats.onRestart(() => {
    hub.projection.busStarted();
    void tell();
  });
  log.info('the hub serves', { url, natsUrl: identity.nats.url, servers: identity.nats.advertised.servers });
  return api;
}

function caBundleOf({ serving: { ca } }: Identity): { readonly caBundle?: string } {
  return ca === undefined ? {} : { caBundle: Buffer.from(ca).toString('base64') };
}

function metersOf(
  { identity: { credentials }, hub, bus, disk, claims }: HubParts,
  certificate: ServingCertificate,
  clock: Clock,
): ApiDeps['meters'] {
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

/** Whoever waits until it is ready reads where it serves next. */
function readiness(halted: string | undefined, isAnnounced: boolean): { readonly ready: boolean; readonly because: string } {
  const because = halted ?? (isAnnounced ? '' : 'it has just begun to listen');
  return { ready: because === '', because };
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
async function announce(dataDir: string, url: string, { nats, serving }: Identity): Promise<void> {
  const path = join(dataDir, 'hub.json');
  await writeFile(
    `${path}.new`,
    `${JSON.stringify({ url, natsUrl: nats.url, pid: process.pid, natsPid: nats.pid, ca: serving.ca ?? '' })}\n`,
  );
  await rename(`${path}.new`, path);
}
