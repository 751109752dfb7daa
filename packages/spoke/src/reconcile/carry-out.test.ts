import type { ApplyPlan } from '@accord/core/apply/plan-apply';
import type { Intent } from '@accord/core/desired/intent';
import { CodedError } from '@accord/proto/coded-error';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test, vi } from 'vitest';
import { OwnedObjects } from '../drift/owned-objects.ts';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube } from '../kube/kube.ts';
import { policyKinds } from '../kube/own-kinds.ts';
import { Awaited } from './awaited.ts';
import { carryOut, nothingCarried, type CarryOutDeps } from './carry-out.ts';

const { signal } = new AbortController();

function intentOf(kind: string, name: string): Intent {
  const metadata = { name, labels: { [ownerLabel]: 'p' } };
  const body = { apiVersion: kind === 'Namespace' ? 'v1' : 'rbac.authorization.k8s.io/v1', kind, metadata };
  const key = objectKey(kind === 'Namespace' ? '' : 'rbac.authorization.k8s.io', kind, undefined, name);
  return { key, owner: 'p' as PolicyName, contributors: [], stage: 2, order: 0, retain: false, body, digest: 'd' };
}

const depsOf = (kube: Kube, owned: OwnedObjects): CarryOutDeps => ({
  kube,
  owned,
  awaited: new Awaited(() => undefined),
  objectsMax: () => 100,
  onRemoved: () => undefined,
  onKind: () => undefined,
  mayWrite: () => true,
  againstNew: async () => undefined,
  unseal: (body) => Promise.resolve({ body, values: {} }),
  clock: new ManualClock(1),
  termsOf: () => ({ adoption: 'IfUnowned', recreate: 'IfImmutable' }),
});
const noneOwned = (): OwnedObjects =>
  new OwnedObjects(
    new ManualClock(1),
    { onDrift: () => undefined, onEverything: () => undefined, onSecretsGrant: () => undefined, longestHoldMs: () => 0 },
    signal,
  );
const watch = { signal, onStart: () => Promise.resolve(), onDone: () => undefined };

test('a kind that cannot be looked up now is tried again, and holds up no other object', async () => {
  const kube = new FakeKube(new FakeCluster());
  const kindOf: Kube['kindOf'] = (apiVersion, kind, stop) => {
    if (kind === 'ClusterRole') throw new CodedError('unavailable', 'discover the kinds of /apis: timeout');
    return kube.kindOf(apiVersion, kind, stop);
  };
  const half = Object.assign(Object.create(kube) as Kube, { kindOf, apply: (...args: Parameters<Kube['apply']>) => kube.apply(...args) });
  const intents = [intentOf('ClusterRole', 'r'), intentOf('Namespace', 'n')];
  const apply = intents.map(({ key, owner, stage, order, digest }) => ({ key, owner, stage, order, digest }));
  const plan: ApplyPlan = { apply, stopped: [], fought: [], superseded: [], remove: [], held: [] };
  const owned = noneOwned();
  const byKey = new Map<ObjectKey, Intent>(intents.map((intent) => [intent.key, intent]));
  const carried = nothingCarried();
  const told: ObjectKey[] = [];
  await carryOut(depsOf(half, owned), { plan, intents: byKey }, carried, {
    signal,
    onStart: () => Promise.resolve(),
    onDone: (key) => told.push(key),
  });
  expect(told.toSorted()).toEqual(intents.map(({ key }) => key).toSorted());
  expect([...carried.results.values()].map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'retry']);
});

test('a namespace is not given back before what is in it has left', async () => {
  const kube = new FakeKube(new FakeCluster());
  const owned = noneOwned();
  for (const kind of policyKinds) void kube.watch(kind, { labelSelector: ownerLabel }, (event) => owned.onEvent(kind, event), signal);
  const marks = { labels: { [ownerLabel]: 'p' }, annotations: { [originAnnotation]: 'Created' } };
  const namespace = kube.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n', ...marks } }, 'accord');
  const inner = kube.cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n', ...marks } }, 'accord');
  await vi.waitFor(() => expect(owned.size).toBe(2));
  const remove: ApplyPlan['remove'] = [
    { key: inner, owner: 'p' as PolicyName, how: 'delete', stage: 5 },
    { key: namespace, owner: 'p' as PolicyName, how: 'release', stage: 2 },
  ];
  const plan: ApplyPlan = { apply: [], stopped: [], fought: [], superseded: [], remove, held: [] };
  const passed = async (): Promise<readonly string[]> => {
    const carried = nothingCarried();
    await carryOut(depsOf(kube, owned), { plan, intents: new Map() }, carried, watch);
    return [...carried.removed, ...carried.released, ...[...carried.results].map(([key, result]) => `${key} ${result.outcome}`)];
  };
  kube.refuse(inner, { outcome: 'retry', reason: 'Unreachable', because: 'no answer' });
  expect(await passed()).toEqual([`${inner} retry`, `${namespace} retry`]);
  kube.refuse(inner, undefined);
  expect(await passed()).toEqual([inner, namespace]);
});

test('what each stage took is told by the clock, with what a refusal took, and without what was never sent', async () => {
  const clock = new ManualClock(100);
  const kube = new FakeKube(new FakeCluster());
  const slow = Object.assign(Object.create(kube) as Kube, {
    kindOf: (...args: Parameters<Kube['kindOf']>) => kube.kindOf(...args),
    apply: (...args: Parameters<Kube['apply']>) => {
      clock.advance(args[0].kind.kind === 'ClusterRole' ? 30 : 10);
      return kube.apply(...args);
    },
  });
  const refused = intentOf('ClusterRole', 'r');
  kube.refuse(refused.key, { outcome: 'refused', reason: 'Forbidden', because: 'no' });
  const intents: readonly Intent[] = [intentOf('Namespace', 'n'), { ...refused, stage: 3 }, { ...intentOf('Namespace', 'm'), stage: 6 }];
  const apply = intents.map(({ key, owner, stage, order, digest }) => ({ key, owner, stage, order, digest }));
  const plan: ApplyPlan = { apply, stopped: [], fought: [], superseded: [], remove: [], held: [] };
  const carried = nothingCarried();
  // The lease is lost before the last of them.
  const deps = { ...depsOf(slow, noneOwned()), clock, mayWrite: () => clock.now() < 140 };
  await carryOut(deps, { plan, intents: new Map(intents.map((intent) => [intent.key, intent])) }, carried, watch);
  expect(carried.writes.of('p' as PolicyName)).toEqual([
    { stage: 2, startMs: 100, endMs: 110, writes: 1, slowest: told('/Namespace//n', 100, 10, 'created') },
    {
      ...{ stage: 3, startMs: 110, endMs: 140, writes: 1 },
      slowest: told('rbac.authorization.k8s.io/ClusterRole//r', 110, 30, 'Forbidden'),
    },
  ]);
});

const told = (object: string, startMs: number, ms: number, result: string): unknown => ({ object, method: 'PATCH', startMs, ms, result });
