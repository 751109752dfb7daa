import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { Meter } from '@accord/runtime/metrics/meter';
import { expect, test, vi } from 'vitest';
import type { Health } from './health.ts';
import { FakeCluster } from './kube/fake-cluster.ts';
import { FakeKube } from './kube/fake-kube.ts';
import { allSpokeMetrics } from './metrics/spoke-metrics.ts';
import { runSpoke } from './run-spoke.ts';

test('a spoke that cannot join yet, or has lost its API server, is healthy and not ready: a restart would help nobody', async () => {
  const clock = new ManualClock(1_000_000);
  const stop = new AbortController();
  const kube = new FakeKube(new FakeCluster());
  let health: Health | undefined;
  const away = async (): Promise<never> => {
    throw new CodedError('unavailable', 'the hub does not answer');
  };
  const join = vi.fn<() => Promise<never>>(away);
  const running = runSpoke(
    {
      config: {
        ...{ hubUrl: '', hubKey: '', joinTokenFile: undefined, clusterName: undefined, kubeUrl: '', kubeTokenFile: '', kubeCaFile: '' },
        ...{ namespace: 'accord-system', instance: 'a', healthListen: '', logLevel: 'silent' },
      },
      ...{ kube, clock, log: new ListLog(), random: () => 0.5 },
      ...{ connectBus: away, hub: { join, renew: away }, readToken: async () => 't'.repeat(43) },
      meter: new Meter(allSpokeMetrics),
      serveHealth: (served) => (health = served),
    },
    stop.signal,
  );
  const state = (): unknown => [
    health?.isHealthy(),
    health?.isReady(),
    (health?.readings() ?? []).filter(({ metric }) => metric.name.startsWith('accord_spoke_con')).map(({ value }) => value),
  ];
  await vi.waitFor(() => expect(join).toHaveBeenCalled());
  expect(state()).toEqual([true, false, [0]]);
  kube.setReachable(false);
  clock.advance(60_000);
  expect(state()).toEqual([true, false, [0]]);
  kube.setReachable(true);
  stop.abort();
  await expect(running).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
});
