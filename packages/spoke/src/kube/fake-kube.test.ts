import { setImmediate as turn } from 'node:timers/promises';
import { fingerprint } from '@accord/core/drift/fingerprint';
import type { JsonObject } from '@accord/proto/canonical';
import type { ObjectKey } from '@accord/proto/ids';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import { describe, expect, test } from 'vitest';
import { FakeCluster } from './fake-cluster.ts';
import { FakeKube } from './fake-kube.ts';
import { keyOf } from './ref-key.ts';
import { describeKubeContract } from './kube-contract.ts';
import type { KindRef, ObjectRef } from './kube.ts';
import { parseMeta } from './parse-meta.ts';

describeKubeContract('in memory', async () => {
  const cluster = new FakeCluster();
  return {
    kube: new FakeKube(cluster),
    admin: {
      create: async (object, manager) => void cluster.create(object, manager),
      edit: async (at, manager, change) => cluster.edit(keyOf(at), manager, change),
      drop: async (at) => cluster.drop(keyOf(at)),
      setGuarded: async (isGuarded) => cluster.setGuarded(isGuarded),
    },
    close: async () => undefined,
  };
});

const never = new AbortController().signal;
const quota: KindRef = { group: '', version: 'v1', kind: 'ResourceQuota', resource: 'resourcequotas', namespaced: true };
const at: ObjectRef = { kind: quota, namespace: 'team', name: 'q' };
const body = (pods: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'q', namespace: 'team', labels: { [ownerLabel]: 'p' }, annotations: { [originAnnotation]: 'Created' } },
  spec: { hard: { pods } },
});

function start(): { readonly cluster: FakeCluster; readonly kube: FakeKube } {
  const cluster = new FakeCluster();
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels: { [ownerLabel]: 'p' } } }, 'owner');
  return { cluster, kube: new FakeKube(cluster) };
}

async function watchOf(kube: FakeKube): Promise<string[]> {
  const lines: string[] = [];
  void kube.watch(
    quota,
    { labelSelector: ownerLabel },
    (event) => lines.push(event.type === 'listed' ? 'listed' : `${event.type} ${event.ref.name}`),
    never,
  );
  await Promise.resolve();
  await Promise.resolve();
  return lines;
}

describe('what a test can do to the server in memory', () => {
  test('a refusal stands until it is lifted', async () => {
    const { kube } = start();
    kube.refuse(keyOf(at), { outcome: 'refused', reason: 'QuotaExceeded', because: 'exceeded quota' });
    const refused = await kube.apply(at, body('1'), {}, never);
    kube.refuse(keyOf(at), undefined);
    expect([refused.outcome, (await kube.apply(at, body('1'), {}, never)).outcome]).toEqual(['refused', 'created']);
  });

  test('a held write has no effect before it is let go', async () => {
    const { kube, cluster } = start();
    const letGo = kube.hold(keyOf(at));
    const answer = kube.apply(at, body('1'), {}, never);
    await turn();
    expect(cluster.peek(keyOf(at))).toBeUndefined();
    letGo();
    expect((await answer).outcome).toBe('created');
  });

  test('the event of a write comes before its answer', async () => {
    const { kube } = start();
    const lines = await watchOf(kube);
    const answer = kube.apply(at, body('1'), {}, never).then(() => lines.push('answered'));
    await answer;
    expect(lines).toEqual(['listed', 'present q', 'answered']);
  });

  test('while it is unreachable nothing is shown; afterwards every watch lists anew and tells what went', async () => {
    const { kube, cluster } = start();
    await kube.apply(at, body('1'), {}, never);
    const lines = await watchOf(kube);
    kube.setReachable(false);
    cluster.drop(keyOf(at));
    expect([await kube.apply(at, body('1'), {}, never), lines]).toMatchObject([
      { outcome: 'retry', reason: 'Unreachable' },
      ['present q', 'listed'],
    ]);
    kube.setReachable(true);
    expect(lines).toEqual(['present q', 'listed', 'gone q', 'listed']);
  });

  test('what lies in a namespace goes with it', async () => {
    const { kube, cluster } = start();
    await kube.apply(at, body('1'), {}, never);
    const lines = await watchOf(kube);
    cluster.drop('/Namespace//team' as ObjectKey);
    expect([lines, cluster.peek(keyOf(at))]).toEqual([['present q', 'listed', 'gone q'], undefined]);
  });

  test('every write of the spoke is on record, dry runs are not', async () => {
    const { kube } = start();
    await kube.apply(at, body('1'), { dryRun: true }, never);
    const answer = await kube.apply(at, body('1'), {}, never);
    if ('meta' in answer) await kube.apply(at, body('1'), { seenVersion: answer.meta.resourceVersion }, never);
    expect(kube.writes.map(({ verb, outcome }) => `${verb} ${outcome}`)).toEqual(['apply created', 'apply unchanged']);
  });

  test('times move only with writes that change something', async () => {
    let now = 0;
    const cluster = new FakeCluster({ now: () => now });
    cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels: { [ownerLabel]: 'p' } } }, 'owner');
    const kube = new FakeKube(cluster);
    const times: unknown[] = [];
    for (const pods of ['1', '1', '2']) {
      now += 1_000;
      const answer = await kube.apply(at, body(pods), {}, never);
      times.push('meta' in answer ? answer.meta.managedFields[0]?.time : undefined);
    }
    expect(times).toEqual(['1970-01-01T00:00:01Z', '1970-01-01T00:00:01Z', '1970-01-01T00:00:03Z']);
  });

  test('a second applier shares equal values, and takes over what it changes', async () => {
    const { kube, cluster } = start();
    await kube.apply(at, body('1'), {}, never);
    const ours = (): string | undefined => fingerprint(parseMeta(cluster.peek(keyOf(at))).meta.managedFields, 'accord');
    const before = ours();
    cluster.applyAs(body('1'), 'helm');
    const shared = ours();
    cluster.applyAs(body('9'), 'helm');
    expect([shared === before, ours() === before]).toEqual([true, false]);
  });
});
