import type { JsonObject } from '@accord/proto/canonical';
import { expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { findProfileKind } from './profile-kind.ts';

const never = new AbortController().signal;

function served(versions: Readonly<Record<string, readonly string[]>>): FakeKube {
  const cluster = new FakeCluster();
  const fields = (names: readonly string[]): JsonObject => Object.fromEntries(names.map((name) => [name, { type: 'array' }]));
  cluster.create(
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'clusterprofiles.multicluster.x-k8s.io' },
      spec: {
        group: 'multicluster.x-k8s.io',
        scope: 'Namespaced',
        names: { kind: 'ClusterProfile', plural: 'clusterprofiles' },
        versions: Object.entries(versions).map(([name, names]) => ({
          name,
          served: true,
          schema: { openAPIV3Schema: { properties: { status: { properties: fields(names) } } } },
        })),
      },
    },
    'kubectl',
  );
  return new FakeKube(cluster);
}

test.each<[claim: string, versions: Readonly<Record<string, readonly string[]>>, found: string]>([
  ['the newest version is taken', { v1alpha1: ['credentialProviders'], v1alpha2: ['accessProviders'] }, 'v1alpha2 accessProviders'],
  ['of both names the newer', { v1alpha1: ['credentialProviders', 'accessProviders'] }, 'v1alpha1 accessProviders'],
  ['the older name where there is no other', { v1alpha1: ['credentialProviders'] }, 'v1alpha1 credentialProviders'],
  ['a version that nobody knows yet is none', { v1: ['accessProviders'] }, 'none'],
])('%s', async (_claim, versions, found) => {
  const profile = await findProfileKind(served(versions), never);
  expect(profile === undefined ? 'none' : `${profile.kind.version} ${profile.accessField}`).toBe(found);
});

test('without a definition there is none', async () =>
  expect(await findProfileKind(new FakeKube(new FakeCluster()), never)).toBeUndefined());
