import type { Intent } from '@accord/core/desired/intent';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { OwnedObjects } from '../drift/owned-objects.ts';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube, KindRef } from '../kube/kube.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { applyIntent, marked } from './apply-intent.ts';
import { WriteTimes } from './write-times.ts';

const { signal } = new AbortController();
const owner = 'p' as PolicyName;
const rbac = 'rbac.authorization.k8s.io';
const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: 'view' };

/** Kinds with a field that never changes, and the field. The first nine are made anew: this is the table of the reference. */
const anew: readonly [group: string, kind: string, field: string][] = [
  [rbac, 'RoleBinding', 'roleRef'],
  [rbac, 'ClusterRoleBinding', 'roleRef'],
  ['', 'ResourceQuota', 'spec.scopes'],
  ['', 'ConfigMap', 'data'],
  ['', 'Secret', 'type'],
  ['scheduling.k8s.io', 'PriorityClass', 'value'],
  ['storage.k8s.io', 'StorageClass', 'parameters'],
  ['node.k8s.io', 'RuntimeClass', 'handler'],
  ['networking.k8s.io', 'IngressClass', 'spec.controller'],
];
const never: readonly [group: string, kind: string, field: string][] = [
  ['', 'Namespace', 'metadata'],
  ['apiextensions.k8s.io', 'CustomResourceDefinition', 'spec.names'],
  ['', 'PersistentVolumeClaim', 'spec'],
  ['', 'Service', 'spec.clusterIP'],
  ['apps', 'StatefulSet', 'spec.volumeClaimTemplates'],
  ['apps', 'Deployment', 'spec.selector'],
  ['batch', 'Job', 'spec.template'],
];
const definition = { group: 'example.com', scope: 'Namespaced', names: { kind: 'A', plural: 'a' }, versions: [] };
const inCluster: ReadonlySet<string> = new Set([
  'Namespace',
  'CustomResourceDefinition',
  'ClusterRoleBinding',
  'PriorityClass',
  'StorageClass',
  'RuntimeClass',
  'IngressClass',
]);

/** An object of a policy that stands on a cluster where none of it can be changed. */
function world({
  group,
  kind,
  origin = 'Created',
}: {
  readonly group: string;
  readonly kind: string;
  readonly origin?: 'Created' | 'Adopted';
}) {
  const namespaced = !inCluster.has(kind);
  const kindRef: KindRef = { group, version: 'v1', kind, resource: `${kind.toLowerCase()}s`, namespaced };
  const cluster = new FakeCluster({ kinds: [kindRef] });
  if (kind !== 'Namespace')
    cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels: { [ownerLabel]: owner } } }, 'owner');
  const fake = new FakeKube(cluster);
  const key = objectKey(group, kind, namespaced ? 'team' : undefined, 'a');
  const bodyOf = (value: string): JsonObject => ({
    apiVersion: group === '' ? 'v1' : `${group}/v1`,
    kind,
    metadata: { name: 'a', ...(namespaced && { namespace: 'team' }), labels: { [ownerLabel]: owner } },
    ...(kind.endsWith('Binding') && { roleRef }),
    ...(kind === 'CustomResourceDefinition' && { spec: definition }),
    data: { value },
  });
  const intentOf = (digest: string): Intent => ({
    ...{ key, owner, contributors: [owner], stage: 6, order: 0, retain: false, body: bodyOf(digest), digest },
  });
  const first = marked(intentOf('1'), origin);
  cluster.create(first, 'accord');
  const ref = { kind: kindRef, namespace: namespaced ? 'team' : undefined, name: 'a' };
  const kube = Object.assign(Object.create(fake) as Kube, bound(fake), {
    apply: async (...[to, body, options, stop]: Parameters<Kube['apply']>) =>
      cluster.peek(key) === undefined
        ? fake.apply(to, body, options, stop)
        : { outcome: 'refused' as const, reason: 'Immutable' as const, because: 'field is immutable' },
  });
  const clock = new ManualClock(1);
  const listeners = { onDrift: () => undefined, onEverything: () => undefined, longestHoldMs: () => 0, onSecretsGrant: () => undefined };
  const owned = new OwnedObjects(clock, listeners, signal);
  const see = (): void => {
    const object = cluster.peek(key);
    if (object !== undefined) owned.begin(key)({ ref, meta: parseMeta(object).meta });
  };
  see();
  const apply = async (
    recreate: 'IfImmutable' | 'Never' = 'IfImmutable',
    over: Partial<Kube> = {},
    mayWrite = () => true,
  ): Promise<string> => {
    const deps = {
      ...{
        clock,
        owned,
        mayWrite,
        objectsMax: () => 9,
        againstNew: async () => undefined,
        onKind: () => undefined,
        writes: new WriteTimes(),
      },
      ...{ kube: Object.assign(Object.create(kube) as Kube, over), unseal: async (body: JsonObject) => ({ body, values: {} }) },
    };
    const answer = await applyIntent(deps, { intent: intentOf('2'), terms: { adoption: 'IfUnowned', recreate } }, signal);
    return 'reason' in answer ? `${answer.outcome} ${answer.reason}: ${answer.because}` : answer.outcome;
  };
  return { cluster, key, fake, apply, see, valueOf: () => valueOf(cluster, key) };
}

const bound = (fake: FakeKube): Partial<Kube> => ({
  remove: fake.remove.bind(fake),
  get: fake.get.bind(fake),
  kindOf: fake.kindOf.bind(fake),
  patch: fake.patch.bind(fake),
});
const valueOf = (cluster: FakeCluster, key: ObjectKey): unknown => (cluster.peek(key)?.['data'] as JsonObject | undefined)?.['value'];
const refused = 'refused Immutable: field is immutable';

describe('an object with a field that never changes', () => {
  test.each(anew)('is made anew: %s/%s, for its %s', async (group, kind) => {
    const { apply, valueOf: value } = world({ group, kind });
    expect([await apply(), value()]).toEqual(['created', '2']);
  });

  test.each(never)('stays as it is: %s/%s, for its %s', async (group, kind) => {
    const { apply, valueOf: value } = world({ group, kind });
    expect([await apply(), value()]).toEqual([refused, '1']);
  });

  test.each(anew)('stays where it was there before: %s/%s', async (group, kind) => {
    const { apply, valueOf: value } = world({ group, kind, origin: 'Adopted' });
    expect([await apply(), value()]).toEqual([refused, '1']);
  });

  test('stays where the policy says so', async () => {
    const { apply, valueOf: value } = world({ group: '', kind: 'ConfigMap' });
    expect([await apply('Never'), value()]).toEqual([refused, '1']);
  });

  test('stays where another spoke leads meanwhile', async () => {
    const { apply, valueOf: value } = world({ group: '', kind: 'ConfigMap' });
    let asked = 0;
    expect(await apply('IfImmutable', {}, () => (asked += 1) === 1)).toBe('retry LeaseLost: this spoke does not hold the lease of its cluster');
    expect(value()).toBe('1');
  });
});

describe('before it is deleted', () => {
  test('somebody gives it another origin, and it stays', async () => {
    const { cluster, key, apply, valueOf: value } = world({ group: '', kind: 'ConfigMap' });
    cluster.edit(key, 'kubectl', { metadata: { annotations: { 'accord.dev/origin': 'Adopted' } } });
    expect([await apply(), value()]).toEqual(['retry Conflict: is not what it was when it was looked at', '1']);
  });

  test('somebody writes it after it was looked at, and it stays until it was looked at again', async () => {
    const { cluster, fake, key, apply, valueOf: value } = world({ group: '', kind: 'ConfigMap' });
    const remove: Kube['remove'] = (...args) => {
      cluster.edit(key, 'kubectl', { data: { more: 'theirs' } });
      return fake.remove(...args);
    };
    expect(await apply('IfImmutable', { remove })).toMatch(/^retry Conflict: .* the ResourceVersion in the precondition /);
    expect(value()).toBe('1');
    expect([await apply(), value()]).toEqual(['created', '2']);
  });

  test('it is gone, and is made', async () => {
    const { cluster, fake, key, apply, valueOf: value } = world({ group: '', kind: 'ConfigMap' });
    const get: Kube['get'] = (...args) => {
      cluster.drop(key);
      return fake.get(...args);
    };
    expect([await apply('IfImmutable', { get }), value()]).toEqual(['created', '2']);
  });
});

test('what a finalizer keeps is waited for, and made when it is gone', async () => {
  const { cluster, key, apply, valueOf: value } = world({ group: '', kind: 'ConfigMap' });
  cluster.edit(key, 'kubectl', { metadata: { finalizers: ['example.com/x'] } });
  const hangs = 'blocked Terminating: is being deleted, and waits for its finalizer example.com/x';
  expect([await apply(), await apply()]).toEqual([hangs, hangs]);
  expect(value()).toBe('1');
  cluster.edit(key, 'kubectl', { metadata: { finalizers: [] } });
  expect([await apply(), value()]).toEqual(['created', '2']);
});

test('an API server that does not answer is asked again', async () => {
  const { fake, apply } = world({ group: '', kind: 'ConfigMap' });
  fake.setReachable(false);
  expect(
    await apply('IfImmutable', {
      kindOf: async () => ({ group: '', version: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true }),
    }),
  ).toMatch(/^retry Unreachable: /);
});
