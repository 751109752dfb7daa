import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { CodedError } from '@accord/proto/coded-error';
import { startChild } from './child.ts';
import { ProcessRegistry } from './process-registry.ts';
import { Supervised } from './supervised.ts';

function sleeper(restart: boolean, failures = 0) {
  const home = mkdtempSync(join(tmpdir(), 'accord-supervised-'));
  const registry = new ProcessRegistry({ dir: join(home, 'processes') });
  const lines: string[] = [];
  let [starts, left] = [0, failures];
  const start = async () => {
    starts += 1;
    if (starts > 1 && left > 0) {
      left -= 1;
      throw new CodedError('unavailable', 'sleeper ended while it started');
    }
    return startChild(registry, { kind: 'spoke', command: '/bin/sleep', args: ['60'], env: {}, logFile: join(home, 'log') });
  };
  const supervised = new Supervised({ what: 'sleeper', start, restart, onProgress: (line) => lines.push(line), backoffMsFirst: 10 });
  return { supervised, registry, lines };
}

test('a killed program comes back, also when the first attempts fail', async () => {
  const { supervised, registry, lines } = sleeper(true, 2);
  const { pid } = await supervised.start();
  await supervised.kill();
  await vi.waitFor(() => expect(registry.running().map((record) => record.pid)).not.toEqual([]));
  expect(supervised.child?.pid).not.toBe(pid);
  expect(lines).toEqual([
    'sleeper ended (SIGKILL); starting it again in 0.01 s',
    'sleeper ended while it started',
    'sleeper ended while it started',
  ]);
  await supervised.stop();
  expect(registry.running()).toEqual([]);
});

test('a stopped program stays away, and can be started again', async () => {
  const { supervised, registry, lines } = sleeper(true);
  await supervised.start();
  await supervised.stop();
  expect(registry.running()).toEqual([]);
  await supervised.start();
  expect(registry.running()).toHaveLength(1);
  await supervised.stop();
  expect(lines).toEqual([]);
});

test('without supervision a killed program stays away until it is started', async () => {
  const { supervised, registry } = sleeper(false);
  await supervised.start();
  await supervised.kill();
  expect(registry.running()).toEqual([]);
  await supervised.start();
  expect(registry.running()).toHaveLength(1);
  await supervised.stop();
});
