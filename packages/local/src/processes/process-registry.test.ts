import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isRunning, processStartTime } from '@accord/runtime/processes/process-identity';
import { ProcessRegistry } from './process-registry.ts';

const started: number[] = [];
afterEach(() => started.splice(0).forEach((pid) => processStartTime(pid) !== undefined && process.kill(pid, 'SIGKILL')));

async function bystander(script = 'setInterval(() => {}, 1000); console.log(1)') {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  started.push(pid);
  return { pid, startTime: processStartTime(pid) ?? '' };
}

const newDir = () => mkdtempSync(join(tmpdir(), 'accord-registry-'));

test('a leftover is stopped, also when it does not listen to SIGTERM', async () => {
  const registry = new ProcessRegistry({ dir: newDir() });
  const obedient = await bystander();
  const stubborn = await bystander(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(1)`);
  registry.add({ ...obedient, kind: 'etcd', argv0: 'node' });
  registry.add({ ...stubborn, kind: 'hub', argv0: 'node' });
  const stopped = await registry.stopLeftovers({ graceMs: 200 });
  expect(stopped.map(({ kind }) => kind)).toEqual(['hub', 'etcd']);
  expect([obedient, stubborn].map(isRunning)).toEqual([false, false]);
  expect(registry.running()).toEqual([]);
});

test('a foreign process that has the pid of an old record is left alone', async () => {
  const registry = new ProcessRegistry({ dir: newDir() });
  const foreign = await bystander();
  registry.add({ pid: foreign.pid, startTime: String(Number(foreign.startTime) - 1), kind: 'etcd', argv0: 'etcd' });
  expect(registry.running()).toEqual([]);
  expect(await registry.stopLeftovers({ graceMs: 200 })).toEqual([]);
  expect(isRunning(foreign)).toBe(true);
});

test('what another parent started is not a leftover of this one', async () => {
  const registry = new ProcessRegistry({ dir: newDir() });
  const mine = await bystander();
  registry.add({ ...mine, kind: 'etcd', argv0: 'node' });
  expect(await registry.stopLeftovers({ graceMs: 200, parent: { pid: process.pid, startTime: 'long ago' } })).toEqual([]);
  expect(registry.running()).toMatchObject([{ pid: mine.pid }]);
  expect(
    await registry.stopLeftovers({ graceMs: 200, parent: { pid: process.pid, startTime: processStartTime(process.pid) ?? '' } }),
  ).toHaveLength(1);
});

test('a torn record stops nothing', async () => {
  const dir = newDir();
  const registry = new ProcessRegistry({ dir });
  writeFileSync(join(dir, '77.json'), '{"pid": 77, "start');
  writeFileSync(join(dir, '1.json'), JSON.stringify({ pid: 1, startTime: processStartTime(1), kind: 'etcd', argv0: '' }));
  expect(await registry.stopLeftovers({ graceMs: 200 })).toEqual([]);
});

test('what a child recorded itself is stopped too', async () => {
  const dir = newDir();
  const nats = await bystander();
  const path = join(dir, '..', `nats-${process.pid}.pid.json`);
  writeFileSync(path, JSON.stringify({ pid: nats.pid, startTime: Number(nats.startTime), argv0: 'nats-server' }));
  const registry = new ProcessRegistry({ dir, adopted: [{ path, given: { kind: 'nats-server', storeDir: '/s' } }] });
  expect(await registry.stopLeftovers({ graceMs: 200 })).toMatchObject([{ kind: 'nats-server', storeDir: '/s', pid: nats.pid }]);
  expect(isRunning(nats)).toBe(false);
});
