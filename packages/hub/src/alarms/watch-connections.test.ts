import { decideRevoke } from '@accord/core/cluster/decide-revoke';
import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { startMemoryHub } from '../api/memory-hub.ts';
import { Connections } from '../connections/connections.ts';
import { FakeMonitor } from '../connections/fake-monitor.ts';
import type { CallerSeen } from '../history/callers-seen.ts';
import { writeDecision } from '../intent/write.ts';
import { Quarantine } from '../revoke/quarantine.ts';
import { AlarmBook } from './alarm-book.ts';
import { watchConnections } from './watch-connections.ts';

const author = { actor: 'ann', reason: '', source: '', traceparent: '', requestId: '', requestDigest: new Uint8Array() };

async function world() {
  const clock = new ManualClock(1_000_000_000_000);
  const hub = await startMemoryHub({ clock });
  const { projection, intent, signal } = hub.deps;
  const { log } = hub;
  const { registry } = projection;
  const id = await hub.addCluster('eu-1', {});
  const key = registry.clusters.get(id)?.body.publicKey ?? '';
  const monitor = new FakeMonitor();
  const connections = new Connections({ monitor, moment: () => ({ atMs: clock.now(), awakeMs: clock.now() }), log });
  await connections.follow(signal);
  const identity = { revoke: async () => undefined, lastIat: () => 0 };
  const quarantine = new Quarantine({ identity, connections, clock, log });
  void quarantine.loop.run(signal);
  const alarms = new AlarmBook({ clock, log });
  const seen: string[] = [];
  const past = { see: ({ actor, action, address, detail }: CallerSeen) => void seen.push(`${actor} ${action} ${address}${detail}`) };
  const claims = { count: 0 };
  const revocations = () => ({ count: claims.count, max: 5_000 });
  const running = watchConnections({ registry, monitor, connections, quarantine, alarms, past, revocations, clock, log }, signal);
  const pass = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds; passed += 10) {
      clock.advance(10_000);
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const revoke = async (): Promise<void> => {
    await writeDecision(intent, () => [...registry.clusters.values()].flatMap((cluster) => decideRevoke(cluster, clock.now())), author);
  };
  const end = async (): Promise<void> => {
    await hub.stop();
    clock.advance(10_000);
    await running;
  };
  return { clock, id, key, monitor, connections, quarantine, alarms, claims, seen, log, pass, revoke, end };
}

test('a key in use twice is an alarm after a minute, and none any more when one of the two has gone', async () => {
  const { id, key, monitor, alarms, pass, end } = await world();
  monitor.connect(key);
  const second = monitor.connect(key);
  await pass(60);
  expect(alarms.of(id)).toEqual([]);
  await pass(10);
  expect(alarms.of(id)[0]).toContain('its key is in use twice at once, from 10.0.0.1');
  monitor.disconnect(second);
  await pass(10);
  expect(alarms.of(id)).toEqual([]);
  await end();
});

test('somebody with a revoked key is told of; with another key nobody is', async () => {
  const { id, key, monitor, alarms, revoke, end } = await world();
  monitor.refuse(key);
  expect(alarms.of(id)).toEqual([]);
  await revoke();
  monitor.refuse('USOMEBODYELSE');
  monitor.refuse(key);
  expect(alarms.of(id)).toHaveLength(1);
  expect(alarms.of(id)[0]).toContain('somebody at 10.0.0.66 tries to log in with its revoked key');
  await end();
});

test('a revoked key that is let in again before the server knows is cut as soon as the hub hears of it', async () => {
  const { key, monitor, revoke, end } = await world();
  const before = monitor.connect(key);
  await revoke();
  const after = monitor.connect(key);
  await expect.poll(() => monitor.kicked).toEqual([after.cid]);
  expect([...monitor.open.keys()]).toEqual([before.cid]);
  await end();
});

test('a flood is cut, put into quarantine and told; what a spoke sends is not', async () => {
  const { id, key, monitor, quarantine, alarms, pass, end } = await world();
  const { cid } = monitor.connect(key, { sinceMs: Number.MAX_SAFE_INTEGER });
  await pass(10);
  monitor.send(cid, 1_000);
  await pass(10);
  expect([quarantine.untilMs(key), alarms.of(id)]).toEqual([undefined, []]);
  for (let n = 0; n < 9; n += 1) monitor.connect(key);
  await pass(10);
  expect(alarms.of(id).join()).toContain('it flooded the bus (10 connections at once)');
  expect([monitor.open.size, quarantine.untilMs(key) !== undefined]).toEqual([0, true]);
  await end();
});

test('revocations that fill the claims are told of before they do, and no more when they have left', async () => {
  const { alarms, claims, pass, end } = await world();
  claims.count = 999;
  await pass(10);
  expect(alarms.of(undefined)).toEqual([]);
  claims.count = 1_000;
  await pass(10);
  expect(alarms.of(undefined)).toHaveLength(1);
  claims.count = 5;
  await pass(10);
  expect(alarms.of(undefined)).toEqual([]);
  await end();
});

test('a connection whose end was not heard of is found to be gone', async () => {
  const { key, monitor, connections, pass, end } = await world();
  const { cid } = monitor.connect(key);
  monitor.open.delete(cid);
  expect(connections.count).toBe(1);
  await pass(10);
  expect(connections.count).toBe(0);
  await end();
});

test('a server that does not answer is looked at again', async () => {
  const { monitor, log, pass, end } = await world();
  monitor.failure = new CodedError('timeout', 'no answer');
  await pass(20);
  expect(log.lines.filter(({ message }) => message === 'the traffic of the spokes was not looked at')).toHaveLength(1);
  await end();
});

test('from where a cluster connects is told, with its key; of keys that nobody has it is not', async () => {
  const { key, monitor, seen, end } = await world();
  monitor.connect(key);
  monitor.connect('USOMEBODYELSE');
  expect(seen).toEqual([`cluster:eu-1 Connected 10.0.0.1, key ${key}`]);
  await end();
});
