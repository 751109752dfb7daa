import { CodedError } from '@accord/proto/coded-error';
import { objectKey } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import { FakeCluster } from './kube/fake-cluster.ts';
import { FakeKube } from './kube/fake-kube.ts';
import type { Kube } from './kube/kube.ts';
import { Lease } from './lease.ts';

const namespace = 'accord-system';
const leaseKey = objectKey('coordination.k8s.io', 'Lease', namespace, 'accord-spoke');
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function world() {
  const cluster = new FakeCluster();
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  /** One process with its own way to the API server. */
  const spoke = (holder: string) => {
    const kube = new FakeKube(cluster);
    const stop = new AbortController();
    return { kube, stop, lease: new Lease({ kube, namespace, holder, clock, log }) };
  };
  const holder = (): unknown => (cluster.peek(leaseKey)?.['spec'] as { holderIdentity?: unknown } | undefined)?.holderIdentity;
  /** Time goes on in steps of a second, and everybody who is due acts. */
  const elapse = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      for (let turn = 0; turn < 3; turn += 1) await settle();
    }
  };
  return { cluster, clock, log, spoke, holder, elapse };
}

describe('Lease', () => {
  test('the first one leads at once, and the lease says who', async () => {
    const { spoke, holder } = world();
    const { lease, stop } = spoke('a');
    expect(lease.isHeld()).toBe(false);
    await lease.take(stop.signal);
    expect([lease.isHeld(), holder()]).toEqual([true, 'a']);
  });

  test('a second one waits as long as the first renews', async () => {
    const { spoke, elapse, holder } = world();
    const [a, b] = [spoke('a'), spoke('b')];
    await a.lease.take(a.stop.signal);
    void a.lease.keep(a.stop.signal);
    void b.lease.take(b.stop.signal);
    await elapse(60);
    expect([a.lease.isHeld(), b.lease.isHeld(), holder()]).toEqual([true, false, 'a']);
    a.stop.abort();
    b.stop.abort();
  });

  test('a holder that stops gives the lease up, and the next one leads within two seconds', async () => {
    const { spoke, elapse, holder } = world();
    const [a, b] = [spoke('a'), spoke('b')];
    await a.lease.take(a.stop.signal);
    const kept = a.lease.keep(a.stop.signal);
    void b.lease.take(b.stop.signal);
    await elapse(3);
    a.stop.abort();
    await kept;
    expect(a.lease.isHeld()).toBe(false);
    await elapse(2);
    expect([b.lease.isHeld(), holder()]).toEqual([true, 'b']);
  });

  test('a holder that died is waited for fifteen seconds, and had stopped writing five seconds before', async () => {
    const { spoke, elapse } = world();
    const [a, b] = [spoke('a'), spoke('b')];
    await a.lease.take(a.stop.signal);
    void b.lease.take(b.stop.signal);
    await elapse(9);
    expect([a.lease.isHeld(), b.lease.isHeld()]).toEqual([true, false]);
    await elapse(1);
    expect([a.lease.isHeld(), b.lease.isHeld()]).toEqual([false, false]);
    await elapse(4);
    expect(b.lease.isHeld()).toBe(false);
    await elapse(3);
    expect(b.lease.isHeld()).toBe(true);
    b.stop.abort();
  });

  test('ends what is in flight when it was not renewed in time, also while a renewal hangs and nobody else leads', async () => {
    const { cluster, clock, log, elapse } = world();
    const kube = new FakeKube(cluster);
    const stop = new AbortController();
    let hangs = false;
    const apply: Kube['apply'] = (...args) => (hangs ? new Promise(() => undefined) : kube.apply(...args));
    const slow = { get: (...args: Parameters<Kube['get']>) => kube.get(...args), apply } as Kube;
    const lease = new Lease({ kube: slow, namespace, holder: 'a', clock, log });
    expect(lease.ended.aborted).toBe(true);
    await lease.take(stop.signal);
    void lease.keep(stop.signal);
    const { ended } = lease;
    await elapse(30);
    expect([ended.aborted, lease.ended]).toEqual([false, ended]);
    hangs = true;
    await elapse(9);
    expect(ended.aborted).toBe(false);
    await elapse(1);
    expect(ended.aborted).toBe(true);
    stop.abort();
  });

  test('what is in flight outlives an outage that is short enough, and after a long one there is a new beginning', async () => {
    const { spoke, elapse } = world();
    const { lease, stop, kube } = spoke('a');
    await lease.take(stop.signal);
    void lease.keep(stop.signal);
    const first = lease.ended;
    kube.setReachable(false);
    await elapse(6);
    kube.setReachable(true);
    await elapse(6);
    expect(first.aborted).toBe(false);
    kube.setReachable(false);
    await elapse(12);
    expect(first.aborted).toBe(true);
    kube.setReachable(true);
    await elapse(6);
    expect(lease.ended.aborted).toBe(false);
    stop.abort();
  });

  test('a process that starts again under the same name does not wait for itself', async () => {
    const { spoke } = world();
    const [before, after] = [spoke('a'), spoke('a')];
    await before.lease.take(before.stop.signal);
    await after.lease.take(after.stop.signal);
    expect(after.lease.isHeld()).toBe(true);
  });

  test('of two processes with one name the older steps down', async () => {
    const { spoke, elapse } = world();
    const [older, newer] = [spoke('a'), spoke('a')];
    await older.lease.take(older.stop.signal);
    void older.lease.keep(older.stop.signal);
    await elapse(5);
    await newer.lease.take(newer.stop.signal);
    void newer.lease.keep(newer.stop.signal);
    await elapse(3);
    expect([older.lease.isHeld(), newer.lease.isHeld()]).toEqual([false, true]);
    await elapse(20);
    expect([older.lease.isHeld(), newer.lease.isHeld()]).toEqual([false, true]);
    newer.stop.abort();
  });

  test('a renewal whose answer was lost is no reason to step down', async () => {
    const { cluster, clock, log, elapse } = world();
    const kube = new FakeKube(cluster);
    const stop = new AbortController();
    let lost = 0;
    const apply: Kube['apply'] = async (...args) => {
      const answer = await kube.apply(...args);
      return lost-- > 0 ? { outcome: 'retry', reason: 'Unreachable', because: 'no answer' } : answer;
    };
    const flaky = { get: (...args: Parameters<Kube['get']>) => kube.get(...args), apply } as Kube;
    const lease = new Lease({ kube: flaky, namespace, holder: 'a', clock, log });
    await lease.take(stop.signal);
    void lease.keep(stop.signal);
    lost = 2;
    await elapse(12);
    expect(lease.isHeld()).toBe(true);
    stop.abort();
  });

  test('a holder that was replaced notices at its next renewal', async () => {
    const { spoke, cluster, elapse, log } = world();
    const { lease, stop } = spoke('a');
    await lease.take(stop.signal);
    const kept = lease.keep(stop.signal);
    cluster.edit(leaseKey, 'b', { spec: { holderIdentity: 'b' } });
    await elapse(2);
    await kept;
    expect(lease.isHeld()).toBe(false);
    expect(log.lines.at(-1)?.message).toBe('the lease is lost; this spoke stops writing');
  });

  test('an edit by somebody who does not want to lead is written over', async () => {
    const { spoke, cluster, elapse, holder } = world();
    const { lease, stop } = spoke('a');
    await lease.take(stop.signal);
    void lease.keep(stop.signal);
    cluster.edit(leaseKey, 'kubectl', { metadata: { labels: { note: 'x' } } });
    await elapse(6);
    expect([lease.isHeld(), holder()]).toEqual([true, 'a']);
    stop.abort();
  });

  test('a lease that was deleted is written again', async () => {
    const { spoke, cluster, elapse, holder } = world();
    const { lease, stop } = spoke('a');
    await lease.take(stop.signal);
    void lease.keep(stop.signal);
    cluster.drop(leaseKey);
    await elapse(30);
    expect([lease.isHeld(), holder()]).toEqual([true, 'a']);
    stop.abort();
  });

  test('a short outage of the API server costs nothing; during a long one nothing may be written, and afterwards it leads again', async () => {
    const { spoke, elapse } = world();
    const { lease, stop, kube } = spoke('a');
    await lease.take(stop.signal);
    void lease.keep(stop.signal);
    kube.setReachable(false);
    await elapse(6);
    kube.setReachable(true);
    await elapse(6);
    expect(lease.isHeld()).toBe(true);
    kube.setReachable(false);
    await elapse(12);
    expect(lease.isHeld()).toBe(false);
    kube.setReachable(true);
    await elapse(6);
    expect(lease.isHeld()).toBe(true);
  });

  test('a lease that could not be read is not taken for free', async () => {
    const { spoke, elapse, holder, clock, log } = world();
    const [a, { kube, stop }] = [spoke('a'), spoke('b')];
    await a.lease.take(a.stop.signal);
    void a.lease.keep(a.stop.signal);
    let reads = 0;
    const get: Kube['get'] = (...args) => {
      reads += 1;
      if (reads === 1) throw new CodedError('unavailable', 'no answer from the API server');
      return kube.get(...args);
    };
    const flaky = { get, apply: (...args: Parameters<Kube['apply']>) => kube.apply(...args) } as Kube;
    const b = new Lease({ kube: flaky, namespace, holder: 'b', clock, log });
    void b.take(stop.signal);
    await elapse(9);
    expect([b.isHeld(), holder(), reads > 1]).toEqual([false, 'a', true]);
    a.stop.abort();
    stop.abort();
  });

  test('of two that find no lease only one leads', async () => {
    const { spoke, elapse } = world();
    const spokes = [spoke('a'), spoke('b')];
    for (const { lease, stop } of spokes) void lease.take(stop.signal).then(() => lease.keep(stop.signal));
    for (let second = 0; second < 20; second += 1) {
      await elapse(1);
      expect(spokes.filter(({ lease }) => lease.isHeld()).length).toBeLessThan(2);
    }
    expect(spokes.filter(({ lease }) => lease.isHeld())).toHaveLength(1);
    for (const { stop } of spokes) stop.abort();
  });
});
