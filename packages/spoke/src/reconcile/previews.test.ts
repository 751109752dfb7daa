import type { Intent } from '@accord/core/desired/intent';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { configMapKind } from '../kube/own-kinds.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { marked } from './apply-intent.ts';
import { Previews } from './previews.ts';

const { signal } = new AbortController();
const key = objectKey('', 'ConfigMap', 'team', 'a');
const ref = { kind: configMapKind, namespace: 'team', name: 'a' };
const intent = (data: JsonObject): Intent => ({
  ...{ key, owner: 'p' as PolicyName, contributors: [], stage: 6, order: 0, retain: false, digest: JSON.stringify(data) },
  body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'team', labels: { [ownerLabel]: 'p' } }, data },
});

async function world() {
  const clock = new ManualClock(1_000_000);
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels: { [ownerLabel]: 'p' } } }, 'kubectl');
  await kube.apply(ref, marked(intent({ a: '1', b: '1' }), 'Created'), {}, signal);
  const asked: string[] = [];
  const preview = (...[at, body, until]: Parameters<FakeKube['preview']>): Promise<JsonObject | undefined> => {
    asked.push(at.name);
    return kube.preview(at, body, until);
  };
  const allowed = new Set([key]);
  const previews = new Previews({ kube: { preview }, clock, isAllowed: (of) => allowed.has(of) });
  const differences = async (data: JsonObject) => {
    const live = cluster.peek(key) ?? expect.unreachable('it is there');
    return (await previews.differences(intent(data), { ref, live, meta: parseMeta(live).meta }, signal))?.map(({ path }) => path);
  };
  return { clock, cluster, kube, asked, allowed, differences };
}

test('what an apply would change and take away is told, and nothing is written', async () => {
  const { cluster, differences } = await world();
  const before = cluster.peek(key);
  expect(await differences({ a: '2' })).toEqual(['.data.a', '.data.b']);
  expect(cluster.peek(key)).toEqual(before);
});

test('the server is asked once for each content, and again after an hour', async () => {
  const { clock, cluster, asked, differences } = await world();
  await differences({ a: '2' });
  await differences({ a: '2' });
  expect(asked).toHaveLength(1);
  await differences({ a: '3' });
  expect(asked).toHaveLength(2);
  cluster.edit(key, 'kubectl', { data: { b: '2' } });
  await differences({ a: '3' });
  expect(asked).toHaveLength(3);
  clock.advance(3_600_001);
  await differences({ a: '3' });
  expect(asked).toHaveLength(4);
});

test('what it refuses is not asked again, and what it did not answer is', async () => {
  const { kube, asked, differences } = await world();
  kube.refuse(key, { outcome: 'retry', reason: 'Overloaded', because: 'later' });
  expect(await differences({ a: '2' })).toBeUndefined();
  kube.refuse(key, { outcome: 'refused', reason: 'Forbidden', because: 'no' });
  expect(await differences({ a: '2' })).toBeUndefined();
  expect(await differences({ a: '2' })).toBeUndefined();
  expect(asked).toHaveLength(2);
});

test('what it said before counts for as long as it does not answer', async () => {
  const { clock, kube, differences } = await world();
  await differences({ a: '2' });
  clock.advance(3_600_001);
  kube.refuse(key, { outcome: 'retry', reason: 'Overloaded', because: 'later' });
  expect(await differences({ a: '2' })).toEqual(['.data.a', '.data.b']);
});

test('nothing is asked of what policies may not touch', async () => {
  const { allowed, asked, differences } = await world();
  allowed.clear();
  expect([await differences({ a: '2' }), asked]).toEqual([undefined, []]);
});
