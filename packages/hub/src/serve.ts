import { access as reach, readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { noAccessFile, parseAccessFile, type AccessFile } from './api/access-file.ts';
import type { HubConfig } from './config.ts';
import type { KeyRotations } from './identity/key-rotations.ts';
import { openIdentity, type Identity } from './identity/open-identity.ts';
import { openParts } from './open-parts.ts';
import { serveApi } from './serve-api.ts';
import type { LogContext } from './tracing/log-context.ts';

export interface ServeDeps {
  readonly config: HubConfig;
  /** Says in the log which span a line belongs to. */
  readonly context: LogContext;
  readonly clock: Clock;
  readonly log: Log;
}

/** The composition root of the hub. Resolves after an orderly stop. */
export async function serve(deps: ServeDeps, signal: AbortSignal): Promise<void> {
  const { config, clock, log } = deps;
  // Before anything is started: a hub that takes nobody's word for who he is must not come up.
  const access = await readAccess(config.accessFile);
  if (config.consoleDir !== undefined) await requireConsole(config.consoleDir);
  const nats = { program: config.natsServer, listen: config.natsListen, advertised: config.natsAdvertised };
  const { dataDir, tls, allowedHosts: names } = config;
  const identity = await openIdentity({ dataDir, nats, tls, names, clock, log });
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

/** Runs all parts until one of them ends. */
async function serveWith(
  identity: Identity,
  { access, ...deps }: ServeDeps & { readonly access: AccessFile },
  running: AbortSignal,
  stop: AbortController,
): Promise<void> {
  const { log } = deps;
  const parts = await openParts(identity, deps, running);
  const { bus, system, hub, claims, rotations, disk, tracing } = parts;
  const api = await serveApi(parts, { ...deps, access }, running);
  // Node writes its cache of compiled code at an orderly end only, where it has one; the next start may follow a crash.
  flushCompileCache();
  const stopped = new Promise<void>((resolve) => running.addEventListener('abort', () => resolve(), { once: true }));
  resumeRotations(rotations, log);
  await Promise.race([
    stopped,
    hub.done,
    identity.nats.run(running),
    disk.run(running),
    tracing.run(() => hub.history.read(), running),
    claims.run(running),
    rotations.run(running),
    identity.credentials.hub.keepAlive(() => bus.reconnect(), running),
    identity.credentials.sys.keepAlive(() => system.reconnect(), running),
  ]);
  stop.abort();
  await api.close();
  await parts.close();
}

function resumeRotations(rotations: KeyRotations, log: Log): void {
  rotations.resume().catch((error: unknown) => {
    if (!isCoded(error)) throw error;
    log.warn('the rotation of a key goes on at the next start', { code: error.code, error });
  });
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
