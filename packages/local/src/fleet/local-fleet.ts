import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import type { HeldLock } from '@accord/runtime/processes/process-lock';
import { startControlPlanes, type ControlPlanes } from '../control-plane/control-planes.ts';
import { renderKubeconfig } from '../control-plane/kubeconfig.ts';
import { isPortFree, PortBook } from '../control-plane/port-book.ts';
import type { Environment } from '../config.ts';
import { fleetPaths, type FleetPaths } from '../fleet-paths.ts';
import { readRecord, signalProcess } from '../processes/process-record.ts';
import { ProcessRegistry } from '../processes/process-registry.ts';
import { Supervised } from '../processes/supervised.ts';
import { ensurePrograms } from '../programs/ensure-programs.ts';
import { writePrivate } from '../write-private.ts';
import type { FleetCluster } from './fleet-clusters.ts';
import { lockHome } from './home-lock.ts';
import { HubClient } from './hub-client.ts';
import { startHub } from './hub-process.ts';
import { Member } from './member.ts';
import { fleetRegistry } from './fleet-registry.ts';
import { resetHome } from './reset-home.ts';
import { ensureHubBundle, ensureSpokeBundle } from '../builds/bundles.ts';

export interface LocalFleetOptions {
  readonly home: string;
  readonly clusters: readonly FleetCluster[];
  readonly env: Environment;
  /** The hub must listen here; without it any free port is taken and remembered. */
  readonly hubPort?: number;
  /** Forgets everything that an earlier start left in the home directory. */
  readonly fresh?: boolean;
  /** Of these there are control planes only, until `join` is called. */
  readonly later?: readonly string[];
  /** Starts a hub or spoke again that crashed. Tests that count processes leave it off. */
  readonly supervise?: boolean;
  readonly onProgress?: (line: string) => void;
}

/** A hub with its nats-server, real control planes, and a spoke for each: started, broken piece by piece, and stopped. */
export class LocalFleet {
  readonly paths: FleetPaths;
  readonly #options: LocalFleetOptions;
  readonly #onProgress: (line: string) => void;
  readonly #registry: ProcessRegistry;
  readonly #stopped = new AbortController();
  readonly #members = new Map<string, Member>();
  #lock: HeldLock | undefined;
  #starting: Promise<unknown> = Promise.resolve();
  #hub: Supervised | undefined;
  #hubClient: HubClient | undefined;
  #controlPlanes: ControlPlanes | undefined;

  /** Throws `conflict` when a fleet runs in this home directory already, `forbidden` when it cannot be written. */
  constructor(options: LocalFleetOptions) {
    this.#options = options;
    this.#onProgress = options.onProgress ?? (() => undefined);
    this.paths = fleetPaths(options.home);
    this.#lock = lockHome(this.paths);
    this.#registry = fleetRegistry(this.paths);
  }

  get hub(): HubClient {
    return present(this.#hubClient, 'hub');
  }

  get controlPlanes(): ControlPlanes {
    return present(this.#controlPlanes, 'control planes');
  }

  /** Returns when every spoke is ready. After a rejection nothing is left running. */
  async start(): Promise<void> {
    const starting = this.#start(this.#stopped.signal);
    this.#starting = starting.catch(() => undefined);
    try {
      await starting;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Ends everything in seconds, in the order in which nobody loses whom it writes to. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#starting;
    await Promise.all([...this.#members.values()].map((member) => member.stop()));
    await Promise.all([this.#hub?.stop(5000), this.#controlPlanes?.stop()]);
    await this.#registry.stopLeftovers();
    this.#lock?.release();
    this.#lock = undefined;
  }

  async startHub(): Promise<void> {
    await present(this.#hub, 'hub').start();
  }

  async killHub(): Promise<void> {
    await this.#hub?.kill();
  }

  /** Kills nats-server alone; its hub is expected to start it again. */
  killNats(): void {
    const record = readRecord(this.paths.natsRecord, { kind: 'nats-server' });
    if (record === undefined || !signalProcess(record, 'SIGKILL'))
      throw new CodedError('not-found', `no nats-server runs for ${this.paths.home}`);
  }

  /** Makes a cluster that was left for later ready for its spoke. */
  async install(cluster: string): Promise<void> {
    await this.#member(cluster).install(this.#stopped.signal);
  }

  /** Brings it into the fleet. Returns when its spoke is ready. */
  async join(cluster: string): Promise<void> {
    await this.#member(cluster).join(this.hub, this.#stopped.signal);
  }

  async startSpoke(cluster: string): Promise<void> {
    await this.#member(cluster).startSpoke();
  }

  async stopSpoke(cluster: string): Promise<void> {
    await this.#member(cluster).stopSpoke();
  }

  async killSpoke(cluster: string): Promise<void> {
    await this.#member(cluster).killSpoke();
  }

  async startApiServer(cluster: string): Promise<void> {
    await this.controlPlanes.startApiServer(cluster);
  }

  async killApiServer(cluster: string): Promise<void> {
    await this.controlPlanes.killApiServer(cluster);
  }

  async #start(signal: AbortSignal): Promise<void> {
    for (const { kind, pid } of await this.#registry.stopLeftovers())
      this.#onProgress(`${kind} (pid ${pid}) was left from an earlier start; stopped`);
    if (this.#options.fresh === true) resetHome(this.paths);
    const ports = new PortBook(this.paths.ports);
    await this.#startHub(ports, signal);
    const bundle = await ensureSpokeBundle(signal);
    // The hub is of use already while the Kubernetes programs are still being built.
    this.#controlPlanes = await this.#startControlPlanes(ports, signal);
    for (const cluster of this.#options.clusters) this.#members.set(cluster.name, await this.#newMember(cluster, bundle, ports));
    const first = [...this.#members].filter(([name]) => this.#options.later?.includes(name) !== true);
    await forEachLimited(first, 4, ([, member]) => this.#startMember(member, signal));
  }

  /** The first failure ends the start: nobody wants to wait for the other clusters before reading what is wrong. */
  async #startMember(member: Member, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    try {
      await member.start(this.hub, signal);
    } catch (error) {
      this.#stopped.abort();
      throw error;
    }
  }

  async #startHub(ports: PortBook, signal: AbortSignal): Promise<void> {
    const { env, supervise = false } = this.#options;
    const programs = await ensurePrograms({ names: ['nats-server'], env, onProgress: this.#onProgress, signal });
    const port = await this.#hubPort(ports);
    const shared = {
      paths: this.paths,
      bundle: await ensureHubBundle(signal),
      natsServer: programs['nats-server'],
      port,
      natsPort: await ports.reserve('nats', this.#options.hubPort === undefined ? undefined : 4222),
    };
    const input = { ...shared, env, logFile: join(this.paths.logs, 'hub.log'), registry: this.#registry };
    this.#hub = new Supervised({
      what: 'hub',
      start: (stop) => startHub(input, AbortSignal.any([stop, signal])),
      restart: supervise,
      onProgress: this.#onProgress,
    });
    await this.#hub.start();
    const url = `http://127.0.0.1:${port}`;
    const token = readFileSync(join(this.paths.hub, 'admin.token'), 'utf8').trim();
    this.#hubClient = new HubClient({ url, token });
    rmSync(this.paths.adminToken, { force: true });
    symlinkSync(relative(this.paths.home, join(this.paths.hub, 'admin.token')), this.paths.adminToken);
    writePrivate(
      this.paths.hubKubeconfig,
      renderKubeconfig({ name: 'accord', server: `https://127.0.0.1:${port}`, ca: readHubAuthority(this.paths), token }),
    );
    this.#onProgress(`hub: serving at ${url}`);
    signal.throwIfAborted();
  }

  async #hubPort(ports: PortBook): Promise<number> {
    const { hubPort } = this.#options;
    if (hubPort === undefined) return ports.reserve('hub');
    if (await isPortFree(hubPort)) return hubPort;
    const help = `Stop what listens there, or choose another port with --port.`;
    throw new CodedError('port-in-use', `Port ${hubPort} of 127.0.0.1 is in use.`, { help });
  }

  async #startControlPlanes(ports: PortBook, signal: AbortSignal): Promise<ControlPlanes> {
    const { env, clusters, home } = this.#options;
    const onProgress = this.#onProgress;
    const programs = await ensurePrograms({ names: ['kube-apiserver', 'etcd', 'kube-controller-manager'], env, onProgress, signal });
    const names = clusters.map(({ name }) => name);
    return startControlPlanes({ clusters: names, home, programs, registry: this.#registry, ports, onProgress }, signal);
  }

  async #newMember(cluster: FleetCluster, bundle: string, ports: PortBook): Promise<Member> {
    const { env, supervise = false } = this.#options;
    return new Member({
      cluster,
      access: this.controlPlanes.cluster(cluster.name),
      bundle,
      hubUrl: this.hub.url,
      healthPort: await ports.reserve(`spoke/${cluster.name}`),
      env,
      logFile: join(this.paths.logs, `${cluster.name}-spoke.log`),
      registry: this.#registry,
      supervise,
      onProgress: this.#onProgress,
    });
  }

  #member(cluster: string): Member {
    return present(this.#members.get(cluster), `cluster ${cluster}`);
  }
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the fleet has no ${what} yet`);
  return value;
}

/** The hub makes its certificate itself and says where it serves; whoever reads the file is on this machine already. */
function readHubAuthority({ hubFile }: FleetPaths): string {
  return (JSON.parse(readFileSync(hubFile, 'utf8')) as { readonly ca: string }).ca;
}
