import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@accord/proto/coded-error';
import { isRunning, processStartTime, type ProcessIdentity } from '@accord/runtime/processes/process-identity';
import { findFreePort } from './free-port.ts';
import { localOf, type Listen } from './bus-address.ts';
import { readRecord, writeRecord } from './nats-record.ts';
import { waitForInfo } from './wait-for-info.ts';

export interface NatsPlace {
  /** `nats.conf`, what the server stores, its log, and the record of its process. */
  readonly dir: string;
  readonly program: string;
  readonly listen: Listen;
  /** PEM of the one that the server shows. */
  readonly certificate: string;
}

// Reading a large store takes the server some seconds.
const startMsMax = 60_000;
const pollMs = 250;
const logBytesMax = 10 * 1024 * 1024;

/** A nats-server that outlives the process which started it. */
export class NatsProcess {
  readonly identity: ProcessIdentity;
  /** Resolves when it has ended, in whatever way. */
  readonly ended: Promise<void>;

  private constructor(identity: ProcessIdentity, ended: Promise<void>) {
    this.identity = identity;
    this.ended = ended;
  }

  /** Starts one and waits until it greets. Rejects with `port-in-use`, `missing-program`, or `unavailable` with its last words. */
  static async start(place: NatsPlace): Promise<NatsProcess> {
    await findFreePort(place.listen);
    const { identity, ended } = await spawnServer(place);
    const server = new NatsProcess(identity, ended);
    if (await server.#greets(place)) return server;
    await server.stop();
    throw startFailure(logFile(place.dir));
  }

  /** The running server of the directory, unless its settings have changed; undefined when there is none, or it is of another program or address. */
  static async adopt(place: NatsPlace, isUnchanged: boolean): Promise<NatsProcess | undefined> {
    const record = readRecord(recordFile(place.dir));
    if (record === undefined || !isRunning(record)) return undefined;
    const server = new NatsProcess({ pid: record.pid, startTime: record.startTime }, pollEnd(record));
    const isSame = record.argv0 === place.program && record.listen.host === place.listen.host && record.listen.port === place.listen.port;
    if (isUnchanged && isSame && (await server.#greets(place))) return server;
    await server.stop();
    return undefined;
  }

  get isRunning(): boolean {
    return isRunning(this.identity);
  }

  /** SIGTERM, and SIGKILL when the grace is over. Resolves when it has ended. */
  async stop(graceMs = 10_000): Promise<void> {
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), graceMs);
    await this.ended.finally(() => clearTimeout(timer));
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (this.isRunning) process.kill(this.identity.pid, signal);
  }

  async #greets({ listen, certificate }: NatsPlace): Promise<boolean> {
    const deadline = performance.now() + startMsMax;
    const greeting = await waitForInfo({ listen: localOf(listen), certificate }, () => !this.isRunning || performance.now() > deadline);
    return greeting !== undefined && this.isRunning;
  }
}

export function recordFile(dir: string): string {
  return join(dir, 'nats.pid.json');
}

async function spawnServer({
  dir,
  program,
  listen,
}: NatsPlace): Promise<{ readonly identity: ProcessIdentity; readonly ended: Promise<void> }> {
  rotate(logFile(dir));
  const log = openSync(logFile(dir), 'a', 0o600);
  // A file and not a pipe, and a process group of its own: neither the end of the hub nor Ctrl-C in its terminal may reach the server.
  const child = spawn(program, ['-c', join(dir, 'nats.conf')], { detached: true, stdio: ['ignore', log, log], env: {} });
  closeSync(log);
  const { pid } = child;
  const startTime = pid === undefined ? undefined : processStartTime(pid);
  // At once, because a hub that is killed before this line leaves a server that nobody knows.
  if (pid !== undefined && startTime !== undefined) writeRecord(recordFile(dir), { pid, startTime, argv0: program, listen });
  if (pid === undefined) {
    const [cause] = (await once(child, 'error')) as [Error];
    throw new CodedError('missing-program', `${program} cannot be started.`, {
      cause,
      help: 'Name another nats-server with --nats-server.',
    });
  }
  child.unref();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { identity: { pid, startTime: startTime ?? '' }, ended };
}

/** An adopted server is no child of ours, so nothing tells us of its end. */
async function pollEnd(identity: ProcessIdentity): Promise<void> {
  while (isRunning(identity)) await sleep(pollMs, undefined, { ref: false });
}

const logFile = (dir: string): string => join(dir, 'nats.log');

function startFailure(log: string): CodedError {
  const words = lastWords(log);
  // Somebody may take the port after it was found free.
  const code = words.includes('address already in use') ? 'port-in-use' : 'unavailable';
  return new CodedError(code, `nats-server did not start: ${words}`, { help: `Its log is ${log}.` });
}

function lastWords(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-2).join(' / ').slice(-600);
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logBytesMax) renameSync(path, `${path}.1`);
}
