import type { JsonObject } from '@accord/proto/canonical';
import { clusterIdOf, type ClusterName } from '@accord/proto/ids';
import type { PublishedStatus, RegistryRecord } from '@accord/proto/record';
import type { ClusterSpec } from '@accord/proto/cluster';
import { describe, expect, test } from 'vitest';
import { profileBody, profileStatus, type StatusInput } from './cluster-profile.ts';

const id = clusterIdOf(new Uint8Array(16));
const labels = { env: 'prod', 'accord.dev/name': 'eu-1', 'set.accord.dev/default': '' };

function record(spec: Partial<ClusterSpec> = {}, status: Partial<PublishedStatus> = {}, more = {}): RegistryRecord {
  return {
    cluster: { id, name: 'eu-1' as ClusterName, labels: { ...labels, ...more }, spec: { mode: 'Enforce', ...spec } },
    status: { ready: 'True', reason: 'Connected', message: 'm', sinceMs: 1_500, kubernetesVersion: 'v1.36.3', platform: '', ...status },
  };
}

function statusOf(of: RegistryRecord, more: Partial<StatusInput> = {}): JsonObject {
  return profileStatus({ record: of, isSelf: false, accessField: 'accessProviders', before: [], nowMs: 9_000, ...more });
}

const conditions = (of: JsonObject): readonly string[] =>
  (of['conditions'] as readonly Record<string, string>[]).map(
    ({ type, status: is, reason, lastTransitionTime }) => `${type} ${is} ${reason} ${lastTransitionTime?.slice(17, 20)}`,
  );
const properties = (of: JsonObject): Record<string, string> =>
  Object.fromEntries((of['properties'] as readonly Record<string, string>[]).map(({ name = '', value = '' }) => [name, value]));

describe('a ClusterProfile', () => {
  test('carries the labels of the registry, whose it is, and the id by which its copies are known', () =>
    expect(profileBody(record())).toEqual({
      metadata: {
        labels: {
          ...labels,
          'accord.dev/policy': '',
          'x-k8s.io/cluster-manager': 'accord',
          'multicluster.x-k8s.io/inventory-member-id': id,
        },
        annotations: { 'accord.dev/origin': 'Created' },
      },
      spec: { displayName: 'eu-1', clusterManager: { name: 'accord' } },
    }));

  test('is ours whatever label a cluster has', () => {
    const { metadata } = profileBody(record({ displayName: 'Europe' }, {}, { 'x-k8s.io/cluster-manager': 'other' }));
    expect((metadata as JsonObject)['labels']).toMatchObject({ 'x-k8s.io/cluster-manager': 'accord' });
  });

  test.each([
    ['that is heard is healthy', record(), {}, 'ControlPlaneHealthy True Connected 01Z'],
    ['that is not heard may well be', record({}, { ready: 'False', reason: 'Offline' }), {}, 'ControlPlaneHealthy Unknown Offline 01Z'],
    [
      'that has just joined is not known',
      record({}, { ready: 'Unknown', reason: 'NotHeardYet' }),
      {},
      'ControlPlaneHealthy Unknown NotHeardYet 01Z',
    ],
    [
      'that it is written in is there',
      record({}, { ready: 'False', reason: 'Offline' }),
      { isSelf: true },
      'ControlPlaneHealthy True SpokeConnected 09Z',
    ],
  ] as const)('of a cluster %s', (_claim, of, more, line) =>
    expect(conditions(statusOf(of, more))).toEqual([line, 'Joined True Registered 09Z']),
  );

  test('keeps the time of a condition for as long as its status stays', () => {
    const before = ['ControlPlaneHealthy', 'Joined'].map((type) => ({ type, status: 'True', lastTransitionTime: '2026-01-01T00:00:07Z' }));
    expect(conditions(statusOf(record(), { before }))).toEqual(['ControlPlaneHealthy True Connected 07Z', 'Joined True Registered 07Z']);
    const gone = statusOf(record({}, { ready: 'False', reason: 'Offline' }), { before });
    expect(conditions(gone)).toEqual(['ControlPlaneHealthy Unknown Offline 01Z', 'Joined True Registered 07Z']);
  });

  test('says what is known of the cluster by standard names, and leaves out what is not', () => {
    const capacity = { nodes: 3, nodesReady: 2, cpu: 12, memoryGi: 48, pods: 330 };
    const spec = { region: 'eu', zones: ['eu-a', 'eu-b'], provider: 'aws' };
    expect(properties(statusOf(record(spec, { capacity, platform: 'linux/amd64' })))).toEqual({
      'cluster.clusterset.k8s.io': id,
      'clusterset.k8s.io': 'default',
      'topology.kubernetes.io/region': 'eu',
      'topology.kubernetes.io/zone': 'eu-a,eu-b',
      'provider.accord.dev': 'aws',
      'platform.accord.dev': 'linux/amd64',
      'nodes.capacity.accord.dev': '3',
      'nodes-ready.capacity.accord.dev': '2',
      'cpu.capacity.accord.dev': '12',
      'memory.capacity.accord.dev': '48Gi',
      'pods.capacity.accord.dev': '330',
    });
    expect(properties(statusOf(record({}, {}, { 'set.accord.dev/shops': '' })))).toEqual({ 'cluster.clusterset.k8s.io': id });
  });

  test('without a version says none, as the field may not be wrong', () =>
    expect(statusOf(record({}, { kubernetesVersion: '' }))).not.toHaveProperty('version'));
});

describe('how a cluster is reached', () => {
  const spec = { apiEndpoint: 'https://api.eu:6443', caBundle: 'Y2E=' };
  const access = [
    {
      name: 'accord',
      cluster: {
        server: 'https://api.eu:6443',
        'certificate-authority-data': 'Y2E=',
        extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { clusterName: 'eu-1', clusterID: id } }],
      },
    },
  ];

  test.each(['accessProviders', 'credentialProviders'] as const)('stands under %s, where that is its name', (accessField) =>
    expect(statusOf(record(spec), { accessField })[accessField]).toEqual(access),
  );
  test.each([{}, { apiEndpoint: 'nowhere' }, { apiEndpoint: 'file:///etc' }])('is not said with %j', (of) =>
    expect(statusOf(record(of))).not.toHaveProperty('accessProviders'),
  );
});
