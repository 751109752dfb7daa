/** `kubectl accord`: the real kubectl finds the plugin, hands its words on, and asks it what to complete. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
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
  // Twice on the path it would be called overshadowed, and kubectl would fail.
  const others = (process.env['PATH'] ?? '').split(':').filter((directory) => resolve(directory) !== resolve(root));
  environment = { PATH: [root, ...others].join(':'), HOME: '/nonexistent', ...address };
});
afterAll(() => hub.stop());

async function kubectl(...words: readonly string[]): Promise<string> {
  return (await promisify(execFile)('kubectl', words, { env: environment })).stdout;
}

test('kubectl lists it as a plugin', async () => {
  expect(await kubectl('plugin', 'list')).toContain(resolve(root, 'kubectl-accord'));
});

test('its help, and a verb against a hub, are those of the program', async () => {
  expect(await kubectl('accord', 'status', '--help')).toMatch(/^Usage: accord status /);
  expect(await kubectl('accord', 'get', 'clusters', '-o', 'name')).toBe('cluster/prod-eu-1\n');
});

test('kubectl completes its verbs and the names of the hub', async () => {
  expect(await kubectl('__complete', 'accord', 'wat')).toMatch(/^watch\t.*\n:4\n/);
  expect(await kubectl('__complete', 'accord', 'cluster', 'label', '')).toMatch(/^prod-eu-1\t?\n:4\n/);
});
