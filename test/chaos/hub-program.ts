import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BusPlace } from '@accord/bus/bus';
import { ensureHubBundle } from '@accord/local/builds/bundles';
import { HubClient } from '@accord/local/fleet/hub-client';
import { hubEnvironment, hubFlags } from '@accord/local/fleet/hub-process';
import { readRecord, signalProcess } from '@accord/local/processes/process-record';
import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import { busOfHub } from '../bus-of-hub.ts';
import { freePort } from '../free-port.ts';

export interface HubProgramInput {
  readonly dataDir: string;
  readonly natsServer: string;
  readonly port: number;
  readonly natsPort: number;
  /** Further options of the command line. */
  readonly options?: readonly string[];
}

/** The hub as a program of its own, which a test crashes, starts again, or starts without waiting for it to be ready. */
export class HubProgram {
  readonly url: string;
  readonly #input: HubProgramInput;
  #child: ChildProcess | undefined;
  #bundle: string | undefined;

  constructor(input: HubProgramInput) {
    this.#input = input;
    this.url = `http://127.0.0.1:${input.port}`;
  }

  /** On free ports, with the nats-server that this machine has. */
  static async at(dataDir: string, options: readonly string[] = []): Promise<HubProgram> {
    const natsServer = (await ensurePrograms({ names: ['nats-server'], env: process.env }))['nats-server'];
    return new HubProgram({ dataDir, natsServer, port: await freePort(), natsPort: await freePort(), options });
  }

  get dataDir(): string {
    return this.#input.dataDir;
  }

  get natsServer(): string {
    return this.#input.natsServer;
  }

  get bus(): BusPlace {
    return busOfHub(this.#input.dataDir);
  }

  get log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  /** Of the role admin. */
  get token(): string {
    return readFileSync(join(this.#input.dataDir, 'admin.token'), 'utf8').trim();
  }

  get client(): HubClient {
    return new HubClient({ url: this.url, token: this.token });
  }

  /** Returns when it answers, and what it answers will last: ready or not. */
  async start(): Promise<void> {
    const { dataDir, natsServer, port, natsPort, options = [] } = this.#input;
    this.#bundle ??= await ensureHubBundle(new AbortController().signal);
    const log = openSync(this.#logFile, 'a');
    const args = [...hubFlags, this.#bundle, '--data', dataDir, '--listen', `127.0.0.1:${port}`, '--nats-server', natsServer];
    const env = { ...process.env, ...hubEnvironment };
    const child = spawn(process.execPath, [...args, '--nats-listen', `127.0.0.1:${natsPort}`, ...options], {
      env,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    const endMs = performance.now() + 30_000;
    while ([undefined, 'not ready: it has just begun to listen'].includes(await this.readiness())) {
      if (child.exitCode !== null || performance.now() > endMs) throw new Error(`the hub does not serve: ${this.log.slice(-2000)}`);
      await sleep(5);
    }
  }

  /** What `/readyz` says; undefined while nothing answers. */
  async readiness(): Promise<string | undefined> {
    try {
      return (await (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) })).text()).trim();
    } catch {
      return undefined;
    }
  }

  /** SIGKILL: what a crash looks like. Its nats-server lives on. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** In order, with its nats-server. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** SIGKILL for the hub and then for its nats-server, so that nobody starts that again. */
  async killAll(): Promise<void> {
    await this.kill();
    await killNatsOf(this.#input.dataDir);
  }

  get #logFile(): string {
    return join(this.#input.dataDir, '..', 'hub-program.log');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

/** Ends the nats-server of a hub that is down, at once. */
export async function killNatsOf(dataDir: string): Promise<void> {
  const record = readRecord(join(dataDir, 'nats', 'nats.pid.json'), { kind: 'nats-server' });
  if (record === undefined) return;
  while (signalProcess(record, 'SIGKILL')) await sleep(10);
}
