import { textAt } from '@accord/core/policy/manifest';
import { allowLabel } from '@accord/proto/labels';
import { systemClock } from '@accord/runtime/clock';
import { createLog } from '@accord/runtime/log';
import { connectSpokeBus } from '@accord/spoke/connect-spoke-bus';
import { HubClient } from '@accord/spoke/join/hub-client';
import { FakeCluster } from '@accord/spoke/kube/fake-cluster';
import { FakeKube } from '@accord/spoke/kube/fake-kube';
import { Meter } from '@accord/runtime/metrics/meter';
import { allSpokeMetrics } from '@accord/spoke/metrics/spoke-metrics';
import { runSpoke } from '@accord/spoke/run-spoke';
import { wallMs } from './wall-clock.ts';

/** What the parent sends once. */
export interface FakeFleetOrder {
  readonly hubUrl: string;
  readonly hubKey: string;
  readonly namespace: string;
  readonly clusters: readonly { readonly name: string; readonly token: string }[];
  /** Where the bus is dialled instead of where the hub says it is. */
  readonly busUrl?: string;
}

/** What a cluster of this process has seen, with the time at which it was written there. */
export type FakeFleetEvent =
  | { readonly type: 'written'; readonly cluster: string; readonly name: string; readonly n: number; readonly atMs: number }
  | { readonly type: 'ready'; readonly cluster: string; readonly of: string; readonly ready: string; readonly atMs: number }
  | { readonly type: 'region'; readonly cluster: string; readonly of: string; readonly region: string; readonly atMs: number };

/** Several whole spokes in one process, all but their Kube ports. It ends with its parent. */
function main(): void {
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => process.exit());
  process.once('message', (order: FakeFleetOrder) => {
    for (const { name, token } of order.clusters) void runFake(order, name, token);
  });
}

async function runFake({ hubUrl, hubKey, namespace, busUrl }: FakeFleetOrder, name: string, token: string): Promise<void> {
  const files = {
    kubeUrl: 'https://127.0.0.1:9',
    kubeTokenFile: '',
    kubeCaFile: '',
    joinTokenFile: undefined,
    healthListen: '',
    clusterName: undefined,
  };
  await runSpoke(
    {
      config: { ...files, hubUrl, hubKey, namespace: 'accord-system', instance: name, logLevel: 'warn' },
      kube: fakeKube(namespace, name),
      connectBus: (options, signal) =>
        connectSpokeBus(busUrl === undefined ? options : { ...options, place: () => ({ ...options.place(), servers: [busUrl] }) }, signal),
      hub: new HubClient(hubUrl),
      readToken: async () => token,
      meter: new Meter(allSpokeMetrics),
      serveHealth: () => undefined,
      clock: systemClock,
      log: createLog({ name: `accord-spoke ${name}`, level: 'warn' }),
      random: Math.random,
    },
    new AbortController().signal,
  );
}

function fakeKube(namespace: string, name: string): FakeKube {
  const cluster = new FakeCluster({ uidPrefix: name, now: () => Date.now() });
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { [allowLabel]: 'true' } } }, 'owner');
  const kube = new FakeKube(cluster);
  const ready = new Map<string, string>();
  const regions = new Map<string, string>();
  cluster.onChange((ref, { after }) => {
    // For tests the fake remembers every write, which no client of an API server does.
    kube.writes.length = 0;
    const atMs = wallMs();
    const n = textAt(after, 'data', 'n');
    if (ref.kind.kind === 'ConfigMap' && ref.namespace === namespace && n !== '')
      tell({ type: 'written', cluster: name, name: ref.name, n: Number(n), atMs });
    const region = ref.kind.kind === 'Cluster' ? textAt(after, 'spec', 'region') : '';
    if (region !== '' && regions.get(ref.name) !== region) {
      regions.set(ref.name, region);
      tell({ type: 'region', cluster: name, of: ref.name, region, atMs });
    }
    const now = ref.kind.kind === 'Cluster' ? textAt(after, 'status', 'ready') : '';
    if (now === '' || ready.get(ref.name) === now) return;
    ready.set(ref.name, now);
    tell({ type: 'ready', cluster: name, of: ref.name, ready: now, atMs });
  });
  return kube;
}

function tell(event: FakeFleetEvent): void {
  process.send?.(event);
}

main();
