import type { LeaveMode } from '@accord/proto/member';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { letGo } from './let-go.ts';

interface Situation {
  leave: LeaveMode | undefined;
  isKnown: boolean;
  owned: number;
  mirrors: string[];
  reports: string[];
  isBusy: boolean;
}

/** A cluster that has been told to leave, and holds nothing any more. */
function world(change: Partial<Situation> = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const now: Situation = { leave: 'Retain', isKnown: true, owned: 0, mirrors: [], reports: [], isBusy: false, ...change };
  const cluster = new FakeCluster();
  cluster.create({ apiVersion: 'accord.dev/v1alpha1', kind: 'Cluster', metadata: { name: 'own' }, spec: {} }, 'accord');
  const kube = new FakeKube(cluster);
  const clock = new ManualClock(0);
  const hub = { hasEnded: false, asked: 0 };
  const gone = Promise.withResolvers<void>();
  const seen: string[] = [];
  const parts = {
    inbox: {
      get member() {
        return { leave: now.leave } as never;
      },
    },
    owned: {
      isKnown: () => now.isKnown,
      get size() {
        return now.owned;
      },
    },
    mirrors: { policies: () => now.mirrors as never[] },
    reconciler: {
      get isBusy() {
        return now.isBusy;
      },
    },
    clusterMirror: { retire: () => void seen.push('retired'), resume: () => void seen.push('resumed') },
    outbox: {
      reports: () => now.reports as never[],
      tellLeft: async () => void seen.push('told'),
      tellStays: () => void seen.push('told that it stays'),
    },
    hasEnded: async () => {
      hub.asked += 1;
      return hub.hasEnded;
    },
  };
  let result: boolean | undefined;
  const running = letGo({ ...parts, kube, gone: gone.promise, clock, log: new ListLog() }, stop.signal);
  void running.then((left) => (result = left));
  /** What it says after a while; undefined while it waits. */
  const after = async (): Promise<boolean | undefined> => {
    for (let at = 0; at < 60; at += 1) {
      if (at % 20 === 19) clock.advance(500);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return result;
  };
  return { now, after, hub, gone, stop, seen, kube, cluster };
}

describe('a cluster that is told to leave', () => {
  test.each<[claim: string, change: Partial<Situation>]>([
    ['was not told to', { leave: undefined }],
    ['has not seen everything that is there', { isKnown: false }],
    ['holds an object', { owned: 1 }],
    ['has a mirror', { mirrors: ['p'] }],
    ['has something to tell of a policy', { reports: ['p'] }],
    ['has a pass on its way that began before', { isBusy: true }],
  ])('says nothing as long as it %s', async (_claim, change) => {
    const { after, seen, now } = world(change);
    expect([await after(), seen]).toEqual([undefined, []]);
    Object.assign(now, world().now);
    await after();
    expect(seen).toEqual(['retired', 'told']);
  });

  test('takes its own record away before it says so', async () => {
    const { after, seen, cluster, kube } = world();
    expect([await after(), seen, cluster.keys()]).toEqual([undefined, ['retired', 'told'], new FakeCluster().keys()]);
    expect(kube.writes.length).toBe(1);
  });

  test('has not left as long as the hub, however often it is asked, takes it for a member', async () => {
    const { after, hub } = world();
    for (let times = 0; times < 5; times += 1) expect(await after()).toBeUndefined();
    expect(hub.asked).toBeGreaterThan(1);
  });

  test('has left once the hub says so, asked or by itself', async () => {
    const asked = world();
    await asked.after();
    asked.hub.hasEnded = true;
    while ((await asked.after()) === undefined);
    expect(await asked.after()).toBe(true);
    const unasked = world();
    await unasked.after();
    unasked.gone.resolve();
    expect(await unasked.after()).toBe(true);
  });

  test('stays when people take it back before the hub has heard, and leaves when they say so again', async () => {
    const { after, now, seen, hub } = world();
    await after();
    now.leave = undefined;
    expect(await after()).toBeUndefined();
    expect(seen).toEqual(['retired', 'told', 'told that it stays', 'resumed']);
    hub.hasEnded = true;
    expect(await after()).toBeUndefined();
    now.leave = 'Purge';
    while ((await after()) === undefined);
    expect(seen.slice(4)).toEqual(['retired', 'told']);
  });

  test('has not left when it is stopped', async () => {
    const { after, stop } = world();
    await after();
    stop.abort();
    expect(await after()).toBe(false);
  });
});
