import type { JsonObject } from '@accord/proto/canonical';
import type { Intent } from '@accord/core/desired/intent';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { OwnedObjects } from '../drift/owned-objects.ts';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { KindRef, Refused, Retry } from '../kube/kube.ts';
import { applyIntent } from './apply-intent.ts';
import { WriteTimes } from './write-times.ts';

const { signal } = new AbortController();
const key = objectKey('apps', 'Deployment', 'team', 'web');
const deploymentKind: KindRef = { group: 'apps', version: 'v1', kind: 'Deployment', resource: 'deployments', namespaced: true };
const owner = 'p' as PolicyName;
const metadata = { name: 'web', namespace: 'team', labels: { [ownerLabel]: owner } };
const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata };
const intent: Intent = { key, owner, contributors: [owner], stage: 6, order: 0, retain: false, body, digest: 'd' };

/** The kinds that are watched after the server has answered so. */
async function watchedAfter(answer: Refused | Retry | undefined): Promise<readonly string[]> {
  const cluster = new FakeCluster({ kinds: [deploymentKind] });
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels: { [ownerLabel]: 'p' } } }, 'owner');
  const kube = new FakeKube(cluster);
  kube.refuse(key, answer);
  const listeners = { onDrift: () => undefined, onEverything: () => undefined, longestHoldMs: () => 0, onSecretsGrant: () => undefined };
  const watched: string[] = [];
  const clock = new ManualClock(1);
  const deps = {
    ...{ clock, unseal: async (sealed: JsonObject) => ({ body: sealed, values: {} }) },
    ...{ kube, owned: new OwnedObjects(clock, listeners, signal), mayWrite: () => true, objectsMax: () => 9 },
    againstNew: async () => undefined,
    onKind: ({ kind }: KindRef) => watched.push(kind),
    writes: new WriteTimes(),
  };
  await applyIntent(deps, { intent, terms: { adoption: 'IfUnowned', recreate: 'IfImmutable' } as never }, signal);
  return watched;
}

test('a kind is watched once something of it may be there, and not because it was refused', async () => {
  expect(await watchedAfter(undefined)).toEqual(['Deployment']);
  // It may have happened all the same.
  expect(await watchedAfter({ outcome: 'retry', reason: 'Unreachable', because: 'no answer' })).toEqual(['Deployment']);
  expect(await watchedAfter({ outcome: 'refused', reason: 'Forbidden', because: 'no' })).toEqual([]);
});
