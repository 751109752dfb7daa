import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStatus } from '@accord/local/commands/status';
import { LocalFleet } from '@accord/local/fleet/local-fleet';
import type { HubEvent } from '@accord/proto/api';
import { startFakeSpoke, type FakeSpoke } from './fake-spoke.ts';
import { RestClient } from './rest-client.ts';
import type { Sightings } from './sightings.ts';
import { isApplied, watchHub } from './watch-hub.ts';

/** The cluster whose spoke is measured. Policies choose it by this label. */
export const benchCluster = 'bench-1';
export const benchSelector = { matchLabels: { env: 'bench' } };
/** A second API server with the same guard rails and nobody at work in it, for references. */
export const plainCluster = 'plain-1';
/** Opened to policies by its owner, so that each measured policy holds its one object and nothing shared. */
export const benchNamespace = 'bench';

/** A whole fleet of its own in a temporary directory, on free ports, with production flags. */
export interface BenchFleet {
  readonly fleet: LocalFleet;
  readonly hub: RestClient;
  readonly events: Sightings<HubEvent>;
  /** Aborts when the fleet is stopped: ends watches. */
  readonly signal: AbortSignal;
  /** With `fake`: the measured spoke. The cluster then has no API server. */
  readonly fake?: FakeSpoke;
  /** The API server of a cluster, as an administrator or with the token of the spoke's account. */
  client(cluster: string, who: 'admin' | 'spoke'): RestClient;
  pid(kind: string, cluster?: string): number;
  stop(): Promise<void>;
}

/** Does the work on a fleet of its own, which ends with it however it ends. */
export async function onBenchFleet<T>(work: (bench: BenchFleet) => Promise<T>, options: BenchFleetOptions = {}): Promise<T> {
  const bench = await startBenchFleet(options);
  try {
    return await work(bench);
  } finally {
    await bench.stop();
  }
}

interface BenchFleetOptions {
  readonly plain?: boolean;
  /** The measured spoke runs with the fake Kube port, in a process of its own, instead of an API server. */
  readonly fake?: boolean;
  /** Further clusters, which the bench brings in by itself. */
  readonly later?: readonly string[];
}

async function startBenchFleet({ plain = false, fake: isFake = false, later = [] }: BenchFleetOptions): Promise<BenchFleet> {
  const home = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  const stopped = new AbortController();
  const clients: RestClient[] = [];
  const measured = { name: benchCluster, labels: { env: 'bench' } };
  const clusters = [...(isFake ? [] : [measured]), ...(plain ? [{ name: plainCluster, labels: { env: 'plain' } }] : [])];
  let fake: FakeSpoke | undefined;
  const all = [...clusters, ...later.map((name) => ({ name, labels: { env: 'later' } }))];
  const fleet = new LocalFleet({ home, clusters: all, later, env: process.env });
  const stop = async (): Promise<void> => {
    stopped.abort();
    for (const client of clients) client.close();
    await fake?.stop();
    await fleet.stop();
    rmSync(home, { recursive: true, force: true });
  };
  const opened = (client: RestClient): RestClient => (clients.push(client), client);
  await fleet.start();
  try {
    const hub = opened(new RestClient({ url: fleet.hub.url, token: readFileSync(fleet.paths.adminToken, 'utf8').trim() }));
    const client = (cluster: string, who: 'admin' | 'spoke'): RestClient => {
      const { url, paths, tokens } = fleet.controlPlanes.cluster(cluster);
      const token = who === 'admin' ? tokens.person : readFileSync(paths.spokeToken, 'utf8').trim();
      return opened(new RestClient({ url, token, ca: readFileSync(paths.caFile, 'utf8') }));
    };
    if (plain) await fleet.stopSpoke(plainCluster);
    for (const { name } of all) await openNamespace(client(name, 'admin'));
    if (isFake) fake = await startFakeSpoke(fleet, measured, benchNamespace);
    const events = await watchHub(hub, stopped.signal);
    const pid = (kind: string, cluster?: string): number => {
      const found = readStatus(fleet.paths).processes.find((process) => process.kind === kind && process.cluster === (cluster ?? null));
      if (found === undefined) throw new Error(`no ${kind} runs`);
      return found.pid;
    };
    const bench: BenchFleet = { fleet, hub, events, signal: stopped.signal, client, pid, stop, ...(fake && { fake }) };
    await warmUp(bench);
    return bench;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openNamespace(admin: RestClient): Promise<void> {
  const metadata = { name: benchNamespace, labels: { 'accord.dev/allow': 'true' } };
  await admin.require({ method: 'POST', path: '/api/v1/namespaces', body: { apiVersion: 'v1', kind: 'Namespace', metadata } });
}

/** Stores a policy and returns its revision; the answer says that it is accepted, not that it is done. */
export async function putPolicy(hub: RestClient, name: string, spec: object): Promise<number> {
  const path = `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`;
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec };
  const stored = (await hub.require({ method: 'PUT', path, body })) as { metadata: { generation: number } };
  return stored.metadata.generation;
}

/** Ten thousand objects take a loaded machine minutes. */
export const appliedMsMax = 300_000;

/** Stores new policies and waits until all are applied. */
export async function applyPolicies({ hub, events }: BenchFleet, policies: ReadonlyMap<string, object>): Promise<void> {
  const applied = [...policies.keys()].map((policy) => events.next(`${policy} applied`, isApplied({ policy, revision: 1 }), appliedMsMax));
  for (const [name, spec] of policies) await putPolicy(hub, name, spec);
  await Promise.all(applied);
}

/** The first requests of a process compile its code and open its connections; nobody measures those. */
async function warmUp(bench: BenchFleet): Promise<void> {
  const manifest = (n: number) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `warm-${n}`, namespace: benchNamespace },
    data: { n: `${n}` },
  });
  for (let n = 1; n <= 5; n += 1)
    await applyPolicies(
      bench,
      new Map([[`warm-${n}`, { clusterSelector: benchSelector, objects: [{ id: 'one', manifest: manifest(n) }] }]]),
    );
}
