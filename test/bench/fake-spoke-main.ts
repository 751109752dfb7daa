import { readFile } from 'node:fs/promises';
import { allowLabel } from '@accord/proto/labels';
import { systemClock } from '@accord/runtime/clock';
import { createLog } from '@accord/runtime/log';
import { parseSpokeConfig } from '@accord/spoke/config';
import { connectSpokeBus } from '@accord/spoke/connect-spoke-bus';
import { HubClient } from '@accord/spoke/join/hub-client';
import { FakeCluster } from '@accord/spoke/kube/fake-cluster';
import { FakeKube } from '@accord/spoke/kube/fake-kube';
import { Meter } from '@accord/runtime/metrics/meter';
import { allSpokeMetrics } from '@accord/spoke/metrics/spoke-metrics';
import { runSpoke } from '@accord/spoke/run-spoke';

/** What the parent is told when it asks: name of a ConfigMap → the numbers that were written to it, in order. */
export type NumbersWritten = Record<string, number[]>;

/** A whole spoke, all but its Kube port: the cluster is in the memory of this process. It ends with its parent. */
async function main(namespace: string): Promise<void> {
  const stop = new AbortController();
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => stop.abort());
  const written: NumbersWritten = {};
  process.on('message', () => process.send?.(written));
  const config = parseSpokeConfig(process.env);
  const { joinTokenFile = '' } = config;
  const deps = {
    config,
    kube: fakeKube(namespace, written),
    connectBus: connectSpokeBus,
    hub: new HubClient(config.hubUrl),
    readToken: async () => (await readFile(joinTokenFile, 'utf8')).trim(),
    meter: new Meter(allSpokeMetrics),
    serveHealth: () => undefined,
    clock: systemClock,
    log: createLog({ name: 'accord-spoke', level: config.logLevel }),
    random: Math.random,
  };
  await runSpoke(deps, stop.signal);
  process.exit();
}

function fakeKube(namespace: string, written: NumbersWritten): FakeKube {
  const cluster = new FakeCluster({ uidPrefix: `${process.pid}-`, now: () => Date.now() });
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { [allowLabel]: 'true' } } }, 'owner');
  const kube = new FakeKube(cluster);
  cluster.onChange((ref, { after }) => {
    // For tests the fake remembers every write, which no client of an API server does.
    kube.writes.length = 0;
    const { n } = (after?.['data'] ?? {}) as { readonly n?: string };
    if (ref.kind.kind === 'ConfigMap' && ref.namespace === namespace && n !== undefined) (written[ref.name] ??= []).push(Number(n));
  });
  return kube;
}

void main(process.argv[2] ?? 'default');
