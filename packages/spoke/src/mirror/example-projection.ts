import { DesiredSet, recordAt } from '@accord/core/desired/desired-set';
import { heldDocument } from '@accord/core/follow/example-fleet';
import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { clusterIdOf, objectKey, type ClusterId, type ClusterName } from '@accord/proto/ids';
import { encodeRecord, type PublishedStatus } from '@accord/proto/record';
import { desiredSubject, recordDoc, setAnchor } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { KindRef, Kube } from '../kube/kube.ts';
import { MembersByName } from './members-by-name.ts';
import { ProfileProjection } from './profile-projection.ts';

export const [own, first] = [0, 1].map((byte) => clusterIdOf(new Uint8Array(16).fill(byte))) as [ClusterId, ClusterId];
export const anchor = setAnchor('default');
export const kindOf = (version: string): KindRef => ({
  group: 'multicluster.x-k8s.io',
  version,
  kind: 'ClusterProfile',
  resource: 'clusterprofiles',
  namespaced: true,
});
export const keyOf = (name: string, namespace = 'fleet') => objectKey('multicluster.x-k8s.io', 'ClusterProfile', namespace, name);

export const theirs = {
  apiVersion: 'multicluster.x-k8s.io/v1alpha1',
  kind: 'ClusterProfile',
  metadata: { name: 'eu-1', namespace: 'fleet', labels: { 'x-k8s.io/cluster-manager': 'other' } },
};

export function recordOf(id: ClusterId, name: string, revision = 1, status: Partial<PublishedStatus> = {}) {
  const cluster = { id, name: name as ClusterName, labels: { env: 'prod' }, spec: { mode: 'Enforce' as const } };
  const told = { ready: 'True', reason: 'Connected', message: '', sinceMs: 1_000, kubernetesVersion: 'v1.36.3', platform: '' } as const;
  const body = encodeRecord({ cluster, status: { ...told, ...status } });
  return heldDocument({ subject: desiredSubject(anchor, recordDoc(id)), epoch: 1, revision }, body);
}

/** A spoke that projects into the namespace `fleet` of a cluster in memory, whose answers and watches can be held up. */
export function exampleProjection({ kinds = [kindOf('v1alpha1')], shut = false } = {}) {
  const stop = new AbortController();
  const cluster = new FakeCluster({ kinds });
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fleet' } }, 'kubectl');
  const kube = new FakeKube(cluster);
  const lock: { shut: boolean; watch?: Promise<void>; answer?: Promise<void> } = { shut };
  const guarded: Kube = Object.assign(Object.create(kube) as Kube, {
    list: (...args: Parameters<Kube['list']>) =>
      lock.shut ? Promise.reject(new CodedError('forbidden', 'no such right')) : kube.list(...args),
    apply: async (...args: Parameters<Kube['apply']>) => {
      const answer = await kube.apply(...args);
      await lock.answer;
      return answer;
    },
    remove: async (...args: Parameters<Kube['remove']>) => {
      const answer = await kube.remove(...args);
      await lock.answer;
      return answer;
    },
    get: kube.get.bind(kube),
    watch: async (...args: Parameters<Kube['watch']>) => {
      await lock.watch;
      return kube.watch(...args);
    },
    kindOf: kube.kindOf.bind(kube),
  });
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  const records = new DesiredSet(recordAt);
  const members = new MembersByName(records, log);
  const said = { namespaces: ['fleet'] as readonly string[], all: true };
  let running = new AbortController();
  /** A new process takes the place of the one before. */
  const start = (): ProfileProjection => {
    running.abort();
    running = new AbortController();
    const projection = new ProfileProjection({
      ...{ kube: guarded, members, clock, log, ownId: own, mayWrite: () => true, onAlarms: () => undefined },
      namespaces: () => said.namespaces,
      knowsMembers: () => said.all,
    });
    void projection.loop.run(AbortSignal.any([stop.signal, running.signal]));
    return projection;
  };
  const projection = start();
  const tell = (document: ReturnType<typeof recordOf>): void => projection.onMembers(members.learn([records.put(document) ?? own]));
  const shown = (namespace = 'fleet'): readonly string[] =>
    cluster
      .ofKind(kindOf('v1alpha1'))
      .objects.filter(({ ref }) => ref.namespace === namespace)
      .map(({ object, ref }) => {
        const conditions = ((object['status'] as JsonObject | undefined)?.['conditions'] ?? []) as readonly Record<string, string>[];
        return `${ref.name} ${conditions.find(({ type }) => type === 'ControlPlaneHealthy')?.['status']}`;
      })
      .toSorted();
  return { cluster, kube, clock, records, members, projection, said, lock, tell, shown, start, stop: () => stop.abort() };
}
