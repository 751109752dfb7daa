import { join } from 'node:path';
import type { BusPlace } from '@accord/bus/bus';
import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { ensurePrivateDirectory, readPrivateFile, writePrivateFile } from '../private-file.ts';
import type { Serving } from '../serving-certificate.ts';
import { findFreePort } from './free-port.ts';
import { hostPort, localOf, type Listen } from './bus-address.ts';
import { operatorIn, renderAccountsConf, renderNatsConf, type AccountsConf } from './nats-conf.ts';
import { NatsProcess, recordFile, type NatsPlace } from './nats-process.ts';
import { readRecord } from './nats-record.ts';
import { readNatsVersion } from './nats-version.ts';
import { dropForeignClaims } from './stored-claims.ts';

export interface EmbeddedNatsOptions {
  readonly dir: string;
  readonly program: string;
  /** Port 0: a free one, the same at each start. */
  readonly listen: Listen;
  /** Where spokes dial it; none: where it listens. */
  readonly advertised?: readonly Listen[];
  readonly serving: Serving;
  /** Read at each start of the server, because claims may have been pushed since the last. */
  readonly accounts: () => Omit<AccountsConf, 'dir'>;
  readonly clock: Clock;
  readonly log: Log;
}

const pauseMsFirst = 100;
const pauseMsMax = 5_000;
/** A server that ran for so long did not die of its configuration. */
const healthyMs = 30_000;

/**
 * Starts the nats-server of a data directory, or adopts the one that an earlier hub left running, with the same settings.
 *
 * Rejects with `missing-program`, `unsupported`, `port-in-use`, or `unavailable` with the server's last words.
 */
export async function startEmbeddedNats(options: EmbeddedNatsOptions): Promise<EmbeddedNats> {
  const { dir, program, log } = options;
  const version = await readNatsVersion(program);
  ensurePrivateDirectory(dir);
  const listen = options.listen.port === 0 ? await chosenPort(dir, options.listen) : options.listen;
  const place = { dir, program, listen, certificate: options.serving.cert };
  const adopted = await adoptUnchanged(place, options.accounts().claims.operator);
  const configured = { ...options, place };
  if (adopted === undefined) writeConfiguration(configured);
  const server = adopted ?? (await NatsProcess.start(place));
  log.info(adopted === undefined ? 'nats-server started' : 'nats-server adopted', {
    natsPid: server.identity.pid,
    version,
    port: listen.port,
  });
  return new EmbeddedNats(configured, server);
}

/** The nats-server beside the hub. It outlives the hub, unless it is stopped. */
export class EmbeddedNats {
  /** Where this machine dials it. */
  readonly url: string;
  /** As the hub dials it. */
  readonly place: BusPlace;
  /** As spokes dial it. */
  readonly advertised: BusPlace;
  readonly #options: EmbeddedNatsOptions & { readonly place: NatsPlace };
  readonly #onEnd: (() => void)[] = [];
  readonly #onRestart: ((pid: number) => void)[] = [];
  #server: NatsProcess;
  #isStopping = false;
  /** When the server in use was started or adopted. */
  sinceMs: number;

  constructor(options: EmbeddedNatsOptions & { readonly place: NatsPlace }, server: NatsProcess) {
    const { listen } = options.place;
    const {
      advertised = [],
      serving: { ca, cert },
    } = options;
    this.url = urlOf(localOf(listen));
    this.place = { servers: [this.url], ca, certificate: cert };
    this.advertised = { servers: (advertised.length === 0 ? [listen] : advertised).map(urlOf), ca };
    this.#options = options;
    this.#server = server;
    this.sinceMs = options.clock.now();
  }

  /** Where the streams are. */
  get dir(): string {
    return this.#options.dir;
  }

  get pid(): number {
    return this.#server.identity.pid;
  }

  /** Called when the server has ended and is to be started again, and after each attempt that failed. */
  onEnd(listener: () => void): void {
    this.#onEnd.push(listener);
  }

  /** Called with the new pid after each restart. */
  onRestart(listener: (pid: number) => void): void {
    this.#onRestart.push(listener);
  }

  /** Starts the server again whenever it ends, until `signal` aborts. The server then goes on. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    let pauseMs = pauseMsFirst;
    for (;;) {
      const since = clock.now();
      await endOrAbort(this.#server, signal);
      if (signal.aborted || this.#isStopping) return;
      for (const listener of this.#onEnd) listener();
      pauseMs = clock.now() - since > healthyMs ? pauseMsFirst : pauseMs;
      log.error('nats-server ended; it is started again', { natsPid: this.pid, retryMs: pauseMs });
      await clock.sleep(pauseMs, signal);
      if (signal.aborted || this.#isStopping) return;
      pauseMs = Math.min(pauseMs * 2, pauseMsMax);
      await this.#restart();
    }
  }

  /** Ends the server, which `run` then starts again. */
  async restart(): Promise<void> {
    await this.#server.stop();
  }

  /** Ends the server and waits for its end. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#server.stop();
  }

  async #restart(): Promise<void> {
    const { log, place, clock } = this.#options;
    try {
      writeConfiguration(this.#options);
      this.#server = await NatsProcess.start(place);
      this.sinceMs = clock.now();
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.error('nats-server could not be started', { code: error.code, error });
      return;
    }
    // A stop that came while it started has seen only the old one.
    if (this.#isStopping) return this.#server.stop();
    log.info('nats-server started', { natsPid: this.pid });
    for (const listener of this.#onRestart) listener(this.pid);
  }
}

function urlOf(listen: Listen): string {
  return `tls://${hostPort(listen)}`;
}

async function endOrAbort(server: NatsProcess, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const done = new AbortController();
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true, signal: done.signal }));
  await Promise.race([server.ended, aborted]);
  done.abort();
}

/** Other settings or another operator need a restart; other claims of accounts do not, because they are pushed. */
async function adoptUnchanged(place: NatsPlace, operator: string): Promise<NatsProcess | undefined> {
  const hasSettings = readPrivateFile(natsConf(place.dir)) === renderNatsConf(place);
  const hasCertificate = readPrivateFile(join(place.dir, 'tls.crt')) === place.certificate;
  const isUnchanged = hasSettings && hasCertificate && operatorIn(readPrivateFile(accountsConf(place.dir)) ?? '') === operator;
  return NatsProcess.adopt(place, isUnchanged);
}

async function chosenPort(dir: string, { host }: Listen): Promise<Listen> {
  const known = readRecord(recordFile(dir))?.listen;
  return known?.host === host ? known : findFreePort({ host, port: 0 });
}

function writeConfiguration({ place, accounts, serving }: EmbeddedNatsOptions & { readonly place: NatsPlace }): void {
  const conf = { dir: place.dir, ...accounts() };
  dropForeignClaims(conf);
  writePrivateFile(accountsConf(place.dir), renderAccountsConf(conf));
  writePrivateFile(join(place.dir, 'tls.key'), serving.key);
  writePrivateFile(join(place.dir, 'tls.crt'), serving.cert);
  writePrivateFile(natsConf(place.dir), renderNatsConf(place));
}

const natsConf = (dir: string): string => join(dir, 'nats.conf');
const accountsConf = (dir: string): string => join(dir, 'accounts.conf');
