import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube } from '../kube/kube.ts';
import { OwnershipRail, proofHoldsMs } from './ownership-rail.ts';

const { signal } = new AbortController();
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

function world() {
  const clock = new ManualClock(1);
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  const stop = new AbortController();
  const log = new ListLog();
  const counted = { asked: 0, changes: 0 };
  const apply: Kube['apply'] = (...args) => ((counted.asked += 1), kube.apply(...args));
  const onChange = (): void => void (counted.changes += 1);
  const rail = new OwnershipRail({ kube: { apply }, namespace: 'accord-system', clock, log, onChange });
  const ask = async (): Promise<string> => {
    clock.advance(proofHoldsMs);
    return (await rail.against(signal))?.reason ?? 'nothing';
  };
  const elapse = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settle();
  };
  return { cluster, kube, rail, ask, elapse, counted, stop };
}

test('nothing is said against what is new while the guard rail is in force, and nothing is told', async () => {
  const { rail, ask, counted } = world();
  expect([await ask(), rail.alarms(), counted.changes]).toEqual(['nothing', [], 0]);
});

test('once it is gone what is new waits and the cluster says so, until it is back', async () => {
  const { cluster, kube, rail, ask, counted } = world();
  cluster.setGuarded(false);
  expect([await ask(), rail.alarms()]).toEqual([
    'GuardRailMissing',
    [expect.stringMatching(/^GuardRailMissing: .* kubectl apply -f deploy\/spoke\/admission-policies\.yaml$/)],
  ]);
  cluster.setGuarded(true);
  expect([await ask(), rail.alarms(), counted.changes, kube.writes]).toEqual(['nothing', [], 2, []]);
});

test('an API server that does not answer proves nothing, and what was known of the guard rail stays', async () => {
  const { cluster, kube, rail, ask, counted } = world();
  kube.setReachable(false);
  expect([await ask(), rail.alarms()]).toEqual(['Unreachable', []]);
  kube.setReachable(true);
  cluster.setGuarded(false);
  await ask();
  kube.setReachable(false);
  expect([await ask(), rail.alarms().length, counted.changes]).toEqual(['Unreachable', 1, 1]);
});

test('a proof serves for ten seconds, and an answer that proves nothing for the objects of one pass', async () => {
  const { cluster, rail, ask, elapse, counted } = world();
  await Promise.all(Array.from({ length: 100 }, () => rail.against(signal)));
  await elapse(proofHoldsMs - 1);
  await rail.against(signal);
  expect(counted.asked).toBe(1);
  cluster.setGuarded(false);
  await ask();
  expect(counted.asked).toBe(2);
  await Promise.all(Array.from({ length: 100 }, () => rail.against(signal)));
  expect(counted.asked).toBe(2);
  await elapse(200);
  await rail.against(signal);
  expect(counted.asked).toBe(3);
});

test('it is asked at the start and hourly, and while it is missing at most half a minute apart', async () => {
  const { cluster, rail, elapse, counted, stop } = world();
  const running = rail.loop.run(stop.signal);
  await settle();
  await elapse(3_599_000);
  expect(counted.asked).toBe(1);
  cluster.setGuarded(false);
  await elapse(1_000);
  expect([counted.asked > 1, rail.alarms().length]).toEqual([true, 1]);
  for (let step = 0; step < 10; step += 1) await elapse(30_000);
  const { asked } = counted;
  cluster.setGuarded(true);
  await elapse(30_000);
  expect([counted.asked > asked, rail.alarms()]).toEqual([true, []]);
  stop.abort();
  await running;
});

test('whoever finds it missing has it looked for, long before the hour is over', async () => {
  const { cluster, rail, ask, elapse, stop } = world();
  const running = rail.loop.run(stop.signal);
  await settle();
  cluster.setGuarded(false);
  await ask();
  await settle();
  cluster.setGuarded(true);
  await elapse(30_000);
  expect(rail.alarms()).toEqual([]);
  stop.abort();
  await running;
});
