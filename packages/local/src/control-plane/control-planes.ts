import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import { fleetPaths, type ClusterPaths, type FleetPaths } from '../fleet-paths.ts';
import type { Child } from '../processes/child.ts';
import { ProcessRegistry } from '../processes/process-registry.ts';
import type { ProgramName } from '../programs/program.ts';
import { writePrivate } from '../write-private.ts';
import { ensureAccessTokens, type AccessTokens } from './access-tokens.ts';
import { startApiServer, type ApiServerInput } from './api-server.ts';
import { startControllerManager, type ControllerManagerInput } from './controller-manager.ts';
import { startEtcd } from './etcd.ts';
import { KubeClient } from './kube-client.ts';
import { renderKubeconfig } from './kubeconfig.ts';
import { PortBook } from './port-book.ts';
import { ensureServiceAccountKeys } from './service-account-keys.ts';

export interface ControlPlanesInput {
  /** Names of the clusters; each gets a kube-apiserver and a kube-controller-manager. */
  readonly clusters: readonly string[];
  /** Holds all state. A second start on it resumes the same data on the same ports. */
  readonly home: string;
  readonly programs: Readonly<Record<Exclude<ProgramName, 'nats-server'>, string>>;
  readonly registry?: ProcessRegistry;
  readonly ports?: PortBook;
  /** False leaves the controller managers out: faster, but no ClusterRole is aggregated and no namespace ever goes. */
  readonly controllers?: boolean;
  readonly onProgress?: (line: string) => void;
}

/** How to reach one cluster. */
export interface ClusterAccess {
  readonly name: string;
  readonly url: string;
  readonly paths: ClusterPaths;
  readonly tokens: AccessTokens;
}

interface Plane {
  readonly access: ClusterAccess;
  readonly server: ApiServerInput;
  readonly controllers: ControllerManagerInput | undefined;
  apiServer: Child | undefined;
  controllerManager: Child | undefined;
}

/** Four at a time start fastest on two cores. */
const startsMax = 4;

/**
 * Starts etcd and all control planes, and returns when every API server is ready.
 * Rejects with `unavailable` or `timeout` with the last words of what failed; nothing is left running then.
 */
export async function startControlPlanes(input: ControlPlanesInput, signal = new AbortController().signal): Promise<ControlPlanes> {
  const paths = fleetPaths(input.home);
  const registry = input.registry ?? new ProcessRegistry({ dir: paths.processes });
  const ports = input.ports ?? new PortBook(paths.ports);
  mkdirSync(paths.etcd, { recursive: true, mode: 0o700 });
  ensureServiceAccountKeys({ keyFile: paths.serviceAccountKey, publicKeyFile: paths.serviceAccountPublicKey });
  const clientPort = await ports.reserve('etcd');
  const peerPort = await ports.reserve('etcd-peer');
  const planes: Plane[] = [];
  for (const name of input.clusters) {
    planes.push(
      planeFor({ name, input, paths, registry, port: await ports.reserve(`cluster/${name}`), clientPort, compacts: planes.length === 0 }),
    );
  }
  const logFile = join(paths.logs, 'etcd.log');
  const etcd = await startEtcd({ program: input.programs.etcd, dataDir: paths.etcd, logFile, clientPort, peerPort, registry }, signal);
  const controlPlanes = new ControlPlanes(etcd, planes, input.onProgress ?? (() => undefined));
  try {
    await forEachLimited(input.clusters, startsMax, (name) => controlPlanes.startCluster(name, signal));
  } catch (error) {
    await controlPlanes.stop();
    throw error;
  }
  return controlPlanes;
}

/** The running control planes. Stop, kill and start of one API server exist for tests. */
export class ControlPlanes {
  readonly #etcd: Child;
  readonly #planes: ReadonlyMap<string, Plane>;
  readonly #onProgress: (line: string) => void;

  constructor(etcd: Child, planes: readonly Plane[], onProgress: (line: string) => void) {
    this.#etcd = etcd;
    this.#planes = new Map(planes.map((plane) => [plane.access.name, plane]));
    this.#onProgress = onProgress;
  }

  cluster(name: string): ClusterAccess {
    return this.#plane(name).access;
  }

  /** A client with full rights; the caller closes it. */
  client(name: string): KubeClient {
    const { url, paths, tokens } = this.cluster(name);
    return new KubeClient({ url, caFile: paths.caFile, token: tokens.installer });
  }

  async startCluster(name: string, signal = new AbortController().signal): Promise<void> {
    const started = Date.now();
    await this.startApiServer(name, signal);
    const plane = this.#plane(name);
    if (plane.controllers !== undefined && plane.controllerManager === undefined) {
      plane.controllerManager = await startControllerManager(plane.controllers);
    }
    this.#onProgress(`${name}: kube-apiserver ready at ${plane.access.url} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }

  /** Starts the API server of one cluster, on its old data and port, unless it runs. */
  async startApiServer(name: string, signal = new AbortController().signal): Promise<void> {
    const plane = this.#plane(name);
    if (plane.apiServer !== undefined && plane.apiServer.exit === undefined) return;
    plane.apiServer = await startApiServer(plane.server, signal);
    writeKubeconfigs(plane.access);
  }

  async stopApiServer(name: string): Promise<void> {
    await this.#plane(name).apiServer?.stop(apiServerGraceMs);
  }

  async killApiServer(name: string): Promise<void> {
    await this.#plane(name).apiServer?.kill();
  }

  async restartApiServer(name: string): Promise<void> {
    await this.stopApiServer(name);
    await this.startApiServer(name);
  }

  /** Controllers first, then API servers, then etcd: nobody writes to what is gone already. */
  async stop(): Promise<void> {
    const planes = [...this.#planes.values()];
    await Promise.all(planes.map(async (plane) => plane.controllerManager?.stop(1000)));
    await Promise.all(planes.map(async (plane) => plane.apiServer?.stop(apiServerGraceMs)));
    await this.#etcd.stop();
  }

  #plane(name: string): Plane {
    const plane = this.#planes.get(name);
    if (plane === undefined) throw new Error(`no cluster ${name}: ${[...this.#planes.keys()].join(', ')}`);
    return plane;
  }
}

/** A server with open watches may take a minute to say goodbye; its data is in etcd, so nothing is lost without. */
const apiServerGraceMs = 2000;

interface PlaneInput {
  readonly name: string;
  readonly input: ControlPlanesInput;
  readonly paths: FleetPaths;
  readonly registry: ProcessRegistry;
  readonly port: number;
  readonly clientPort: number;
  readonly compacts: boolean;
}

function planeFor({ name, input, paths, registry, port, clientPort, compacts }: PlaneInput): Plane {
  const cluster = paths.cluster(name);
  const { serviceAccountKey, serviceAccountPublicKey } = paths;
  mkdirSync(cluster.dir, { recursive: true, mode: 0o700 });
  const shared = { cluster: name, paths: cluster, serviceAccountKey, registry };
  const server: ApiServerInput = {
    ...shared,
    program: input.programs['kube-apiserver'],
    port,
    etcdUrl: `http://127.0.0.1:${clientPort}`,
    etcdDir: paths.etcd,
    serviceAccountPublicKey,
    compacts,
    logFile: join(paths.logs, `${name}-kube-apiserver.log`),
  };
  const logFile = join(paths.logs, `${name}-kube-controller-manager.log`);
  const controllers = { ...shared, program: input.programs['kube-controller-manager'], logFile };
  return {
    access: { name, url: `https://127.0.0.1:${port}`, paths: cluster, tokens: ensureAccessTokens(cluster.tokensFile) },
    server,
    controllers: input.controllers === false ? undefined : controllers,
    apiServer: undefined,
    controllerManager: undefined,
  };
}

function writeKubeconfigs({ name, url, paths, tokens }: ClusterAccess): void {
  const ca = readFileSync(paths.caFile, 'utf8');
  writePrivate(paths.kubeconfig, renderKubeconfig({ name, server: url, ca, token: tokens.person }));
  writePrivate(paths.controllerManagerKubeconfig, renderKubeconfig({ name, server: url, ca, token: tokens.controllerManager }));
}
