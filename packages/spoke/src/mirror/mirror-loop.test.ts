import { heldDocument } from '@accord/core/follow/example-fleet';
import { canonicalBytes } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { trustKeys } from '@accord/proto/seal';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube } from '../kube/kube.ts';
import { MirrorLoop } from './mirror-loop.ts';
import { MirrorStore } from './mirror-store.ts';

const policy = 'p' as PolicyName;
const key = objectKey('accord.dev', 'ClusterPolicy', undefined, policy);
let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

const documentOf = (revision: number) =>
  heldDocument(
    { subject: 'desired.all.p', epoch: 1, revision },
    canonicalBytes({ metadata: { name: policy }, spec: { priority: 100 + revision } }),
  );

function world() {
  const cluster = new FakeCluster();
  const fake = new FakeKube(cluster);
  const clock = new ManualClock(1_000);
  const log = new ListLog();
  let fails = 0;
  const apply: Kube['apply'] = (...args) => {
    if (fails === 0) return fake.apply(...args);
    fails -= 1;
    return Promise.reject(new CodedError('garbage', 'the API server answered what is no object'));
  };
  const kube = Object.assign(Object.create(fake) as Kube, { apply, remove: (...args: Parameters<Kube['remove']>) => fake.remove(...args) });
  const store = new MirrorStore({ kube, keys: () => trustKeys([]), log, onForeignChange: () => undefined });
  const created: string[] = [];
  const mirrors = new MirrorLoop({ store, mayWrite: () => true, onCreated: (name) => created.push(name), clock, log }, stop.signal);
  void mirrors.loop.run(stop.signal);
  const priority = (): unknown => (cluster.peek(key)?.['spec'] as { readonly priority?: number } | undefined)?.priority;
  return { clock, mirrors, created, priority, failNext: (times: number) => (fails = times) };
}

test('an answer that is garbage holds up nobody, and the mirror is written later', async () => {
  const { clock, mirrors, priority, failNext } = world();
  failNext(2);
  mirrors.want(policy, documentOf(1));
  await mirrors.write(policy, stop.signal);
  expect(priority()).toBeUndefined();
  await vi.waitFor(() => {
    clock.advance(1_000);
    expect(priority()).toBe(101);
  });
});

test('of two writes on their way at once the later sends what is wanted by then, and once', async () => {
  const { mirrors, created, priority } = world();
  mirrors.want(policy, documentOf(1));
  const first = mirrors.write(policy, stop.signal);
  mirrors.want(policy, documentOf(2));
  await Promise.all([first, mirrors.write(policy, stop.signal)]);
  expect([priority(), created]).toEqual([102, [policy]]);
});

test('a mirror that is removed while its write waits is not made again', async () => {
  const { mirrors, priority } = world();
  mirrors.want(policy, documentOf(1));
  await mirrors.write(policy, stop.signal);
  mirrors.want(policy, documentOf(2));
  const removed = mirrors.remove(policy, stop.signal);
  await Promise.all([mirrors.write(policy, stop.signal), removed]);
  expect([priority(), await removed, mirrors.holds(policy)]).toEqual([undefined, true, false]);
});

test('what nobody waits for is written when changes pause, and once', async () => {
  const { clock, mirrors, priority } = world();
  for (let revision = 1; revision <= 5; revision += 1) {
    mirrors.want(policy, documentOf(revision));
    mirrors.writeLater(policy);
    await Promise.resolve();
    clock.advance(200);
    expect(priority()).toBeUndefined();
  }
  await vi.waitFor(() => {
    clock.advance(100);
    expect(priority()).toBe(105);
  });
});
