import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { decideForceLeave } from '@accord/core/cluster/decide-leave';
import type { ClusterFact } from '@accord/core/registry/facts';
import { foldFact } from '@accord/core/registry/registry';
import { clusterIdOf, type ClusterId } from '@accord/proto/ids';
import { intentSubject, outcomeSubject, reportSubject } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { Projection } from '../views/projection.ts';
import { Departures } from './departures.ts';

const id = clusterIdOf(new Uint8Array(16).fill(1));
const other = clusterIdOf(new Uint8Array(16).fill(2));
const hourMs = 3_600_000;

/** Two clusters that have reported. The first was taken out so long ago, and this hub has just been started. */
async function afterStart({ hoursAgo, newestIat = 0 }: { readonly hoursAgo: number; readonly newestIat?: number }) {
  const clock = new ManualClock(100 * hourMs);
  const bus = new MemoryBus(new MemoryBroker(clock), clock);
  const projection = new Projection(clock, new Map());
  const fold = (body: ClusterFact, seq: number): void => {
    const recorded = { body, seq, digest: new Uint8Array(), atMs: 0, actor: '', change: { id: '', traceparent: '' } };
    foldFact(projection.registry, intentSubject('cluster', body.id), recorded);
  };
  for (const of of [id, other]) {
    fold({ id: of, name: of, publicKey: `U-${of}`, revision: 1, tokenFloor: 0, revokedUntil: 0 } as unknown as ClusterFact, 1);
    for (const subject of [reportSubject(of, 'summary'), outcomeSubject(of)])
      await bus.request(subject, new Uint8Array([1]), { timeoutMs: 1_000 });
  }
  const current = projection.registry.clusters.get(id);
  const nowMs = clock.now() - hoursAgo * hourMs;
  const [fact] = current === undefined ? [] : decideForceLeave(current, [], { nowMs, usedIat: 0 });
  fold(fact?.body as ClusterFact, 2);
  const revoked: string[] = [];
  const strangers = new Set<ClusterId>();
  const departures = new Departures({
    ...{ bus, projection, strangers, clock, log: new ListLog() },
    identity: {
      revoke: async (key: string, until: number) => void revoked.push(`${key} ${until}`),
      lastIat: () => newestIat,
    } as never,
    intent: undefined as never,
  });
  const stop = new AbortController();
  /** One pass, and what is stored then. */
  const pass = async (): Promise<readonly string[]> => {
    departures.loop.mark(id);
    departures.loop.mark(other);
    const running = departures.loop.run(stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await running;
    const subjects = [id, other].flatMap((of) => [reportSubject(of, 'summary'), outcomeSubject(of)]);
    const stored = await Promise.all(subjects.map(async (subject) => ((await bus.last(subject)) === undefined ? [] : [subject])));
    return stored.flat();
  };
  return { pass, revoked, strangers };
}

const ofTheOther = [reportSubject(other, 'summary'), outcomeSubject(other)];

test('a hub that died in between kills the credential and takes away what the cluster had said, and nothing of another one', async () => {
  const { pass, revoked } = await afterStart({ hoursAgo: 1 });
  expect(await pass()).toEqual(ofTheOther);
  expect(revoked).toEqual([`U-${id} ${99 * 3_600}`]);
});

test('a token that was issued ahead of the clock dies as well', async () => {
  const { pass, revoked } = await afterStart({ hoursAgo: 1, newestIat: 99 * 3_600 + 5 });
  await pass();
  expect(revoked).toEqual([`U-${id} ${99 * 3_600 + 5}`]);
});

test('of a cluster that left long ago nothing is asked at each start', async () => {
  const { pass, revoked } = await afterStart({ hoursAgo: 26 });
  expect((await pass()).length).toBe(4);
  expect(revoked).toEqual([]);
});

test('but what is found of it is taken away', async () => {
  const { pass, revoked, strangers } = await afterStart({ hoursAgo: 26 });
  strangers.add(id);
  expect(await pass()).toEqual(ofTheOther);
  expect([revoked, [...strangers]]).toEqual([[], []]);
});
