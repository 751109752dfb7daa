import type { Intent } from '@accord/core/desired/intent';
import { secretsGrantKey } from '@accord/core/policy/sealed-secrets';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { OwnedObjects } from '../drift/owned-objects.ts';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { policyKinds } from '../kube/own-kinds.ts';
import { applyIntent } from './apply-intent.ts';
import { Awaited } from './awaited.ts';
import { carryOut, nothingCarried } from './carry-out.ts';
import { WriteTimes } from './write-times.ts';
import { compareAll } from './compare.ts';
import { Previews } from './previews.ts';

const { signal } = new AbortController();
const key = objectKey('', 'Secret', 'shop', 'db');
const metadata = { name: 'db', namespace: 'shop', labels: { [ownerLabel]: 'p' } };
const intent: Intent = {
  ...{ key, owner: 'p' as PolicyName, contributors: [], stage: 6, order: 0, retain: false, digest: 'd' },
  body: { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', sealed: { ct: 'x' } },
};

function world() {
  const clock = new ManualClock(1_000_000);
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { [ownerLabel]: 'p' } } }, 'kubectl');
  const owned = new OwnedObjects(
    clock,
    { onDrift: () => undefined, onEverything: () => undefined, onSecretsGrant: () => undefined, longestHoldMs: () => 0 },
    signal,
  );
  const watched: string[] = [];
  const deps = {
    ...{
      kube,
      owned,
      clock,
      writes: new WriteTimes(),
      objectsMax: () => 100,
      mayWrite: () => true,
      againstNew: async () => undefined,
      onKind: ({ kind }: { readonly kind: string }) => watched.push(kind),
    },
    unseal: async () => ({
      body: { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { password: 'aHVudGVyMg==' } },
      values: { password: Buffer.from('hunter2') },
    }),
  };
  const apply = () => applyIntent(deps, { intent, terms: { adoption: 'IfUnowned', recreate: 'IfImmutable' } }, signal);
  const grant = (): void => {
    const kind = policyKinds.find((one) => one.kind === 'RoleBinding') ?? expect.unreachable('a kind');
    const meta = { uid: 'u', resourceVersion: '1', annotations: {}, managedFields: [], deletionTimestamp: undefined };
    owned.begin(secretsGrantKey('shop'))({
      ref: { kind, namespace: 'shop', name: 'accord-spoke-secrets' },
      meta: { ...meta, labels: { [ownerLabel]: 'p' } },
    });
  };
  const remove = async (...keys: readonly ObjectKey[]): Promise<readonly string[]> => {
    const removals = keys.map((of) => ({ key: of, owner: 'p' as PolicyName, how: 'delete' as const, stage: owned.get(of)?.stage ?? 0 }));
    const plan = { apply: [], stopped: [], fought: [], superseded: [], remove: removals.toSorted((a, b) => b.stage - a.stage), held: [] };
    const carried = nothingCarried();
    const all = {
      ...deps,
      onRemoved: () => undefined,
      awaited: new Awaited(() => undefined),
      termsOf: () => ({ adoption: 'Never', recreate: 'Never' }) as const,
    };
    const watch = { signal, onStart: () => Promise.resolve(), onDone: () => undefined };
    await carryOut(all, { plan, intents: new Map() }, carried, watch);
    return keys.map((of) => (carried.removed.has(of) ? 'removed' : (carried.results.get(of)?.outcome ?? 'nothing')));
  };
  const compare = async (): Promise<unknown> => {
    const compareDeps = {
      ...{ kube, clock, onKind: () => undefined, previews: new Previews({ kube, clock, isAllowed: () => true }) },
      ownedByKey: (of: typeof key) => owned.get(of),
      isLost: (of: typeof key, owner: PolicyName) => owned.isLost(of, owner),
    };
    return (await compareAll(compareDeps, new Map([[intent.owner, [intent]]]), signal)).get(intent.owner)?.get(key);
  };
  return { clock, kube, cluster, owned, watched, apply, grant, remove, compare };
}

describe('a sealed intent', () => {
  test('is sent open, with the digest of what was sealed, and opens no watch of the whole cluster', async () => {
    const { apply, cluster, watched } = world();
    expect((await apply()).outcome).toBe('created');
    expect(cluster.peek(key)).toMatchObject({
      data: { password: 'aHVudGVyMg==' },
      metadata: { annotations: { 'accord.dev/applied-hash': 'd' } },
    });
    expect([cluster.peek(key)?.['sealed'], watched]).toEqual([undefined, []]);
  });

  test('is tried again where the grant is so young that the API server may not have read it', async () => {
    const { apply, kube, grant, clock } = world();
    kube.refuse(key, { outcome: 'refused', reason: 'Forbidden', because: 'no' });
    expect(await apply()).toMatchObject({ outcome: 'refused', reason: 'Forbidden' });
    grant();
    expect(await apply()).toMatchObject({ outcome: 'retry', reason: 'Forbidden' });
    clock.advance(11_000);
    expect(await apply()).toMatchObject({ outcome: 'refused', reason: 'Forbidden' });
  });

  test('is told without its values when the API server repeats them', async () => {
    const { apply, kube } = world();
    kube.refuse(key, { outcome: 'refused', reason: 'Invalid', because: 'data: "hunter2"' });
    expect(JSON.stringify(await apply())).not.toContain('hunter2');
  });

  test('keeps the grant of the spoke until it is gone itself', async () => {
    const { apply, grant, remove, kube } = world();
    await apply();
    grant();
    const keys = [secretsGrantKey('shop'), key];
    kube.refuse(key, { outcome: 'retry', reason: 'ServerError', because: 'later' });
    expect(await remove(...keys)).toEqual(['retry', 'retry']);
    kube.refuse(key, undefined);
    expect(await remove(...keys)).toEqual(['removed', 'removed']);
  });

  test('is compared by what was applied, without being read', async () => {
    const { apply, compare, owned, kube } = world();
    expect(await compare()).toMatchObject({ outcome: 'differs', reason: 'Missing' });
    await apply();
    expect(await compare()).toEqual({ outcome: 'done' });
    const { ref } = owned.get(key) ?? expect.unreachable('it was applied');
    kube.setReachable(false);
    owned.onEvent(ref.kind, {
      ...{ type: 'present', key, ref },
      meta: {
        uid: 'other',
        resourceVersion: '99',
        labels: { [ownerLabel]: 'p' },
        annotations: {},
        managedFields: [],
        deletionTimestamp: undefined,
      },
    });
    expect(await compare()).toMatchObject({ outcome: 'differs', reason: 'Differs', because: 'was changed here' });
  });
});
