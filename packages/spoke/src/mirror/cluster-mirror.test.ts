import { heldDocument } from '@accord/core/follow/example-fleet';
import type { JsonObject } from '@accord/proto/canonical';
import { clusterIdOf, objectKey, type ClusterName } from '@accord/proto/ids';
import { encodeMember } from '@accord/proto/member';
import { clusterAnchor, desiredSubject, memberDoc } from '@accord/proto/subjects';
import { trustKeys } from '@accord/proto/seal';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { ClusterMirror } from './cluster-mirror.ts';
import { MirrorStore } from './mirror-store.ts';

const id = clusterIdOf(new Uint8Array(16));
const record = heldDocument(
  { subject: desiredSubject(clusterAnchor(id), memberDoc), epoch: 1, revision: 1 },
  encodeMember({
    cluster: { id, name: 'eu-1' as ClusterName, labels: {}, spec: { mode: 'Enforce' } },
    ...{ revision: 1, anchors: [], confirmedEpoch: 1, confirmedRemovals: {} },
  }),
);

test('a cluster is in sync while its hub is heard, and says why it is not', async () => {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  const hub = { isHeard: true };
  const mirror = new ClusterMirror({
    ...{ kube, clock, log, instance: 'one', spokeKey: () => 'U', reports: () => [], anchors: () => [] },
    mirrors: new MirrorStore({ kube, keys: () => trustKeys([]), log, onForeignChange: () => undefined }),
    facts: () => ({
      kubernetesVersion: '',
      platform: '',
      spokeVersion: '',
      kubeSystemUid: '',
      permissions: '',
      sealingKeys: [],
      guardrail: null,
      capacity: null,
    }),
    ...{ isCaughtUp: () => true, hearsHub: () => hub.isHeard, epoch: () => 1 },
  });
  const shown = (): string => {
    const { sync, conditions } = (cluster.peek(objectKey('accord.dev', 'Cluster', undefined, 'eu-1'))?.['status'] ?? {}) as JsonObject;
    const [ready] = (conditions ?? []) as readonly JsonObject[];
    return `${String((sync as JsonObject | undefined)?.['inSync'])} ${String(ready?.['message'])}`;
  };
  const shows = (text: string): Promise<void> =>
    vi.waitFor(() => {
      clock.advance(2_000);
      expect(shown()).toContain(text);
    });
  void mirror.loop.run(stop.signal);
  mirror.setRecord(record);
  await shows('true ');
  hub.isHeard = false;
  await shows('false The hub has not been heard');
  hub.isHeard = true;
  await shows('true ');
});
