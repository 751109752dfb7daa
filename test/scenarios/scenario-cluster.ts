import type { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import type { ManualClock } from '@accord/runtime/clock';
import type { Health } from '../../packages/spoke/src/health.ts';
import type { FakeKube } from '../../packages/spoke/src/kube/fake-kube.ts';

/** Of a kind that is not ready when it is there: `Job/team/a`. */
export const jobKind = { group: 'batch', version: 'v1', kind: 'Job', resource: 'jobs', namespaced: true };

export interface ScenarioCluster {
  readonly name: string;
  readonly kube: FakeKube;
  token: string;
  /** What its spoke says of itself beside being healthy. */
  note?: Health['note'];
  bus: MemoryBus | undefined;
  stop: AbortController | undefined;
  done: Promise<void>;
  /** The network between this cluster and the bus is down: dialling does not help. */
  isCut: boolean;
}

/** How its spoke comes to the bus. */
export function busOf(cluster: ScenarioCluster, broker: MemoryBroker, clock: ManualClock) {
  return async ({ credential }: { readonly credential: () => unknown }) => {
    const bus = Object.assign(new MemoryBus(broker, clock), {
      reconnect: async () => {
        broker.disconnect(bus);
        credential();
        if (!cluster.isCut) broker.connect(bus);
      },
      close: async () => broker.disconnect(bus),
    });
    cluster.bus = bus;
    credential();
    if (cluster.isCut) broker.disconnect(bus);
    return bus;
  };
}

export function spokeConfig(hubKey: string) {
  const files = {
    kubeUrl: 'memory',
    kubeTokenFile: '',
    kubeCaFile: '',
    hubUrl: 'memory',
    joinTokenFile: undefined,
    clusterName: undefined,
  };
  return { ...files, hubKey, namespace: 'accord-system', instance: 'accord-spoke', healthListen: '', logLevel: 'silent' as const };
}
