import type { Intent } from '@accord/core/desired/intent';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { OwnedObjects } from '../drift/owned-objects.ts';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube } from '../kube/kube.ts';
import { applyIntent, marked } from './apply-intent.ts';
import { tryIntent } from './try-intent.ts';
import { WriteTimes } from './write-times.ts';

const { signal } = new AbortController();
const secretText = 'hunter2';
const intentOf = (kind: string, content: JsonObject, over: Partial<Intent> = {}): Intent => ({
  ...{ key: objectKey('', kind, 'shop', 'a'), owner: 'p' as PolicyName, contributors: [], stage: 5, order: 0, retain: false, digest: 'd' },
  body: { apiVersion: 'v1', kind, metadata: { name: 'a', namespace: 'shop', labels: { [ownerLabel]: 'p' } }, ...content },
  ...over,
});
const map = intentOf('ConfigMap', { data: { a: '1', b: '1' } });
const sealed = intentOf('Secret', { type: 'Opaque', sealed: { ct: 'x' } });

/** An object that was applied a minute ago. */
async function world(intent: Intent) {
  const clock = new ManualClock(1_000_000);
  const cluster = new FakeCluster({ now: () => clock.now() });
  const kube = new FakeKube(cluster);
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { [ownerLabel]: 'p' } } }, 'kubectl');
  const listeners = { onDrift: () => undefined, onEverything: () => undefined, onSecretsGrant: () => undefined, longestHoldMs: () => 0 };
  const owned = new OwnedObjects(clock, listeners, signal);
  const unseal = async (body: JsonObject) => {
    const { sealed: closed, ...rest } = body;
    if (closed === undefined) return { body, values: {} };
    return {
      body: { ...rest, data: { password: Buffer.from(secretText).toString('base64') } },
      values: { password: Buffer.from(secretText) },
    };
  };
  const allowed = { objectsMax: () => 9, mayWrite: () => true, againstNew: async () => undefined, onKind: () => undefined };
  const terms = { adoption: 'IfUnowned', recreate: 'IfImmutable' } as const;
  const apply = async (): Promise<void> => {
    await applyIntent({ kube, owned, clock, unseal, writes: new WriteTimes(), ...allowed }, { intent, terms }, signal);
    kube.writes.length = 0;
  };
  await apply();
  const asked: string[] = [];
  const noting = Object.assign(Object.create(kube) as Kube, {
    apply: (...args: Parameters<Kube['apply']>) => (asked.push(args[2].dryRun === true ? 'dry run' : 'apply'), kube.apply(...args)),
    get: (...args: Parameters<Kube['get']>) => (asked.push('get'), kube.get(...args)),
    preview: (...args: Parameters<Kube['preview']>) => (asked.push('preview'), kube.preview(...args)),
    kindOf: kube.kindOf.bind(kube),
  });
  const tried = async (): Promise<unknown> => {
    clock.advance(60_000);
    const { print, origin } = owned.get(intent.key) ?? expect.unreachable('an object');
    const answer = await tryIntent(
      { kube: noting, unseal },
      { intent, applied: { print: print ?? expect.unreachable('a print'), origin } },
      signal,
    );
    expect(kube.writes).toEqual([]);
    return answer;
  };
  const { key }: { readonly key: ObjectKey } = intent;
  return { cluster, kube, asked, apply, tried, key, owned };
}

describe('a dry run of an object that was applied', () => {
  test('finds it as it was, with one request', async () => {
    const { tried, asked } = await world(map);
    expect([await tried(), asked]).toEqual([{ outcome: 'as-applied' }, ['dry run']]);
  });

  test('finds it as it was where others have written beside what is ours', async () => {
    const { cluster, key, tried } = await world(map);
    cluster.edit(key, 'kubectl', { data: { theirs: '1' }, metadata: { annotations: { note: 'x' } } });
    expect(await tried()).toEqual({ outcome: 'as-applied' });
  });

  test('finds what was edited in etcd, and names the fields', async () => {
    const { cluster, key, tried } = await world(map);
    cluster.editStored(key, { data: { a: '2', b: null } });
    expect(await tried()).toEqual({ outcome: 'changed', fields: ['.data.a', '.data.b'] });
  });

  test('finds what was applied under our name in the second of our own apply', async () => {
    const { cluster, owned, key, tried } = await world(map);
    const before = owned.get(key)?.print;
    cluster.applyAs(marked({ body: { ...map.body, data: { a: '2', b: '1' } }, digest: 'd' }, 'Created'), 'accord');
    expect(owned.get(key)?.print).toEqual(before);
    expect(await tried()).toEqual({ outcome: 'changed', fields: ['.data.a'] });
  });

  test.each([
    ['annotations', 'accord.dev/origin', 'Adopted'],
    ['labels', ownerLabel, 'q'],
  ])('finds a mark of ours that was edited in etcd, in its %s', async (part, name, value) => {
    const { cluster, key, tried } = await world(map);
    cluster.editStored(key, { metadata: { [part]: { [name]: value } } });
    expect(await tried()).toEqual({ outcome: 'changed', fields: [`.metadata.${part}.${name}`] });
  });

  test('believes the content where the server merges anew what it does not store', async () => {
    const { cluster, key, tried, asked } = await world(intentOf('ConfigMap', { data: { a: '1' }, binaryData: {} }));
    cluster.editStored(key, { binaryData: null });
    expect([await tried(), asked]).toEqual([{ outcome: 'as-applied' }, ['dry run', 'get', 'preview']]);
  });

  test('finds what is not there any more, although no event has told', async () => {
    const { cluster, key, tried } = await world(map);
    cluster.drop(key);
    expect(await tried()).toEqual({ outcome: 'changed', fields: [] });
  });

  test('leaves what is being deleted to the watch', async () => {
    const { cluster, key, tried } = await world(map);
    cluster.editStored(key, { data: { a: '2' }, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect(await tried()).toEqual({ outcome: 'as-applied' });
  });

  test('leaves to others what the apply leaves to them', async () => {
    const { cluster, key, apply, tried } = await world({ ...map, yielding: { yieldTo: ['autoscaler'], ignoreFields: [] } });
    cluster.edit(key, 'autoscaler', { data: { a: '3' } });
    await apply();
    expect(await tried()).toEqual({ outcome: 'as-applied' });
    cluster.editStored(key, { data: { a: '4', b: '4' } });
    expect(await tried()).toEqual({ outcome: 'changed', fields: ['.data.b'] });
  });
});

describe('a dry run of what was sealed', () => {
  test('compares by our entry alone: nothing is read, and no field is named', async () => {
    const { cluster, key, tried, asked } = await world(sealed);
    expect(await tried()).toEqual({ outcome: 'as-applied' });
    cluster.editStored(key, { data: { password: 'eA==' } });
    expect([await tried(), asked]).toEqual([{ outcome: 'changed', fields: [] }, ['dry run', 'dry run']]);
  });

  test('tells no value where the API server repeats it', async () => {
    const { kube, key, tried } = await world(sealed);
    kube.refuse(key, { outcome: 'refused', reason: 'Invalid', because: `data: "${secretText}"` });
    expect(await tried()).toEqual({
      outcome: 'untold',
      because: 'the API server refuses it with a text that holds a value, and so is not repeated',
    });
  });
});

describe('where a dry run is refused', () => {
  test.each([
    [
      'by a webhook that knows none',
      { outcome: 'refused', reason: 'BadRequest', because: 'admission webhook "x" does not support dry run' },
    ],
    ['for want of a right', { outcome: 'refused', reason: 'Forbidden', because: 'cannot patch' }],
    ['as nobody answers', { outcome: 'retry', reason: 'Unreachable', because: 'away' }],
  ] as const)('%s, nothing is known', async (_why, answer) => {
    const { kube, key, tried } = await world(map);
    kube.refuse(key, answer);
    expect(await tried()).toEqual({ outcome: 'untold', because: answer.because });
  });

  test('because somebody has made a role of ours an aggregated one, the apply shall say so', async () => {
    const because = 'clusterroles "a" is forbidden: must have cluster-admin privileges to use the aggregationRule';
    const { kube, key, tried } = await world(map);
    kube.refuse(key, { outcome: 'refused', reason: 'Escalation', because });
    expect(await tried()).toEqual({ outcome: 'changed', fields: ['.aggregationRule'] });
  });
});
