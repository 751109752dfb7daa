/** `kubectl accord`: the real kubectl finds the plugin, hands its words on, and asks it what to complete. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startMemoryHub, type MemoryHub } from '@accord/hub/api/memory-hub';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../gate/plant.ts';

let hub: MemoryHub;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('prod-eu-1', { env: 'prod' });
  const url = await hub.app.listen({ host: '127.0.0.1', port: 0 });
  const address = { ACCORD_URL: url, ACCORD_TOKEN: hub.adminToken, ACCORD_COMPLETION_WAIT: '1m' };
  environment = { PATH: `${root}:${process.env['PATH']}`, HOME: '/nonexistent', ...address };
});
afterAll(() => hub.stop());

async function kubectl(...words: readonly string[]): Promise<string> {
  return (await promisify(execFile)('kubectl', words, { env: environment })).stdout;
}

test('kubectl lists it as a plugin', async () => {
  expect(await kubectl('plugin', 'list')).toContain(`${root.replace(/\/$/, '')}/kubectl-accord`);
});

test('its help, and a verb against a hub, are those of the program', async () => {
  expect(await kubectl('accord', 'status', '--help')).toMatch(/^Usage: accord status /);
  expect(await kubectl('accord', 'get', 'clusters', '-o', 'name')).toBe('cluster/prod-eu-1\n');
});

test('kubectl completes its verbs and the names of the hub', async () => {
  expect(await kubectl('__complete', 'accord', 'wat')).toMatch(/^watch\t.*\n:4\n/);
  expect(await kubectl('__complete', 'accord', 'cluster', 'label', '')).toMatch(/^prod-eu-1\t?\n:4\n/);
});
