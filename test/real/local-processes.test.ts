import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { fleetPaths } from '@accord/local/fleet-paths';
import { fleetRegistry } from '@accord/local/fleet/fleet-registry';
import { lockHome } from '@accord/local/fleet/home-lock';
import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import type { ProcessRegistry } from '@accord/local/processes/process-registry';

const homes: string[] = [];
afterEach(async () => {
  for (const home of homes.splice(0)) {
    await fleetRegistry(fleetPaths(home)).stopLeftovers({ graceMs: 0 });
    rmSync(home, { recursive: true });
  }
});

/** Another process that starts real servers in a home directory and then only waits. */
async function startParent(): Promise<{ readonly parent: ChildProcess; readonly home: string; readonly registry: ProcessRegistry }> {
  const home = mkdtempSync(join(tmpdir(), 'accord-parent-'));
  homes.push(home);
  const programs = await ensurePrograms({ names: ['etcd', 'kube-apiserver', 'kube-controller-manager'], env: process.env });
  const script = `
    import { startControlPlanes } from '@accord/local/control-plane/control-planes';
    import { lockHome } from '@accord/local/fleet/home-lock';
    import { fleetPaths } from '@accord/local/fleet-paths';
    globalThis.lock = lockHome(fleetPaths(${JSON.stringify(home)}));
    await startControlPlanes({ clusters: ['one'], home: ${JSON.stringify(home)}, programs: ${JSON.stringify(programs)} });
    process.on('SIGTERM', () => process.exit());
    console.log('started');`;
  const args = ['--input-type=module', '-e', script];
  const parent = spawn(process.execPath, args, { cwd: join(import.meta.dirname, '..', '..'), stdio: ['ignore', 'pipe', 'inherit'] });
  await once(parent.stdout, 'data');
  return { parent, home, registry: fleetRegistry(fleetPaths(home)) };
}

const kinds = (registry: ProcessRegistry) => registry.running().map(({ kind }) => kind);
const all = ['kube-controller-manager', 'kube-apiserver', 'etcd'];

test('servers end with a parent that exits at a signal', async () => {
  const { parent, registry } = await startParent();
  expect(kinds(registry)).toEqual(all);
  parent.kill('SIGTERM');
  await once(parent, 'exit');
  await vi.waitFor(() => expect(kinds(registry)).toEqual([]), 5000);
});

test('servers end with a parent that is killed with SIGKILL', async () => {
  const { parent, registry } = await startParent();
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await vi.waitFor(() => expect(kinds(registry)).toEqual([]), 15_000);
});

test('after kill -9 of the parent the next start need not wait for that', async () => {
  const { parent, home, registry } = await startParent();
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  // The lock of the dead parent is free again, so that cleaning up is allowed.
  const lock = lockHome(fleetPaths(home));
  await registry.stopLeftovers();
  expect(kinds(registry)).toEqual([]);
  lock.release();
});

test('while the parent lives its home directory is refused to a second one', async () => {
  const { parent, home } = await startParent();
  expect(() => lockHome(fleetPaths(home))).toThrow(`A fleet already runs in ${home} (pid ${parent.pid}).`);
  parent.kill('SIGTERM');
  await once(parent, 'exit');
});
