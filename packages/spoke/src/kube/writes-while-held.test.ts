import { expect, test } from 'vitest';
import { FakeCluster } from './fake-cluster.ts';
import { FakeKube } from './fake-kube.ts';
import type { ApplyAnswer, Kube, ObjectMeta } from './kube.ts';
import { configMapKind, ownRef } from './own-kinds.ts';
import { writesWhileHeld } from './writes-while-held.ts';

const ref = ownRef(configMapKind, 'accord-system', 'accord-spoke-state');
const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: ref.name, namespace: 'accord-system' }, data: { a: 'b' } };
const { signal } = new AbortController();

test('writes as long as it is held, and no more after that', async () => {
  const lease = new AbortController();
  const fake = new FakeKube(new FakeCluster());
  const kube = writesWhileHeld(fake, () => lease.signal);
  const created = await kube.apply(ref, body, {}, signal);
  expect(created.outcome).toBe('created');
  const { meta } = created as { readonly meta: ObjectMeta };
  lease.abort();
  const late = await Promise.all([
    kube.apply(ref, { ...body, data: { a: 'c' } }, {}, signal),
    kube.patch(ref, { data: { a: 'c' } }, signal),
    kube.release(ref, meta, signal),
    kube.remove(ref, meta, signal),
  ]);
  expect(late.map((answer) => ('reason' in answer ? answer.reason : answer.outcome))).toEqual(late.map(() => 'LeaseLost'));
  expect(await kube.get(ref, signal)).toMatchObject({ data: { a: 'b' } });
});

test('what is in flight when it ends is cancelled, and says why', async () => {
  const lease = new AbortController();
  const hanging: Kube['apply'] = (_ref, _body, _options, until) =>
    new Promise<ApplyAnswer>((resolve) =>
      until.addEventListener('abort', () => resolve({ outcome: 'retry', reason: 'Unreachable', because: 'aborted' })),
    );
  const kube = writesWhileHeld({ ...writesWhileHeld(new FakeKube(new FakeCluster()), () => signal), apply: hanging }, () => lease.signal);
  const answer = kube.apply(ref, body, {}, signal);
  lease.abort();
  expect(await answer).toMatchObject({ reason: 'LeaseLost' });
});
