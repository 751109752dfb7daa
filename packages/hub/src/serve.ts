import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { buildApi } from './api/server.ts';
import { FactHistory } from './api/fact-history.ts';
import type { HubConfig } from './config.ts';
import { ensureAdminToken } from './identity/admin-token.ts';
import { ensureServingCertificate } from './identity/serving-certificate.ts';
import { openIdentity, type Identity } from './identity/open-identity.ts';
import type { SpokesClaims } from './identity/spokes-claims.ts';
import { HighWaterFile } from './intent/high-water.ts';
import type { HubIdentity } from './join/hub-identity.ts';
import { runHub } from './run-hub.ts';

export interface ServeDeps {
  readonly config: HubConfig;
  readonly clock: Clock;
  readonly log: Log;
}

/** The composition root of the hub: the only place that builds adapters. Resolves after an orderly stop. */
export async function serve({ config, clock, log }: ServeDeps, signal: AbortSignal): Promise<void> {
  const { dataDir } = config;
  const nats = { program: config.natsServer, listen: { host: config.natsHost, port: config.natsPort } };
  const identity = await openIdentity({ dataDir, nats, clock, log });
  const stop = new AbortController();
  const running = AbortSignal.any([signal, stop.signal]);
  try {
    const onError = (error: Error): void => log.warn('the bus complains', { error });
    const connect = (role: 'hub' | 'sys') =>
      connectNatsBus({
        servers: [identity.nats.url],
        role: 'hub',
        name: `accord-${role}`,
        inboxPrefix: '_INBOX',
        credential: identity.credentials[role].current,
        onError,
        signal: running,
      });
    const [bus, system] = await Promise.all([connect('hub'), connect('sys')]);
    await ensureStreams(bus, { replicas: 1 });
    const claims = identity.spokesClaims(system);
    const highWater = new HighWaterFile(dataDir);
    await highWater.load();
    const history = new FactHistory();
    const hub = await runHub(
      {
        bus,
        identity: identityPort(identity, claims, clock),
        servers: [identity.nats.url],
        highWater,
        clock,
        log,
        onFact: (fact) => history.add(fact),
      },
      running,
    );
    const certificate = await ensureServingCertificate(dataDir, clock.now());
    const api = buildApi({
      certificate,
      projection: hub.projection,
      intent: hub.intent,
      history,
      join: hub.join,
      clock,
      log,
      hubKey: identity.hubKey,
      adminTokenHash: ensureAdminToken(dataDir),
      readiness: () => ({ ready: hub.halted() === undefined, because: hub.halted() ?? '' }),
      allowedHosts: config.allowedHosts,
      crds: await readFile(new URL('../../../deploy/spoke/crds.yaml', import.meta.url), 'utf8'),
      garbage: hub.spokes.garbage,
      signal: running,
    });
    const url = await listen(api, config);
    await announce(dataDir, url, certificate.cert, identity);
    identity.nats.onRestart(() => void announce(dataDir, url, certificate.cert, identity));
    log.info('the hub serves', { url, natsUrl: identity.nats.url });
    const keeping = [
      identity.credentials.hub.keepAlive(() => bus.reconnect(), running),
      identity.credentials.sys.keepAlive(() => system.reconnect(), running),
    ];
    const stopped = new Promise<void>((resolve) => running.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([stopped, hub.done, identity.nats.run(running), claims.run(running), ...keeping]);
    stop.abort();
    await api.close();
    await hub.done;
    await highWater.flush();
    await Promise.all([bus.close(), system.close()]);
    await identity.nats.stop();
  } finally {
    stop.abort();
    identity.close();
  }
}

function identityPort(identity: Identity, claims: SpokesClaims, clock: Clock): HubIdentity {
  const { desired, desiredPublicKey, hubKey, mint } = identity;
  return {
    desired,
    desiredPublicKey,
    hubKey,
    mint: ({ id, publicKey, labels, iatMin }) =>
      mint.mintSpokeToken({ id, publicKey, labels, sets: ['default'], nowMs: clock.now(), iatFloor: iatMin - 1 }),
    lastIat: (publicKey) => mint.lastIat(publicKey),
    revoke: (publicKey, until) => claims.revoke({ [publicKey]: until }),
  };
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
