import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { benchNamespace, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import type { FakeFleetEvent } from './fake-fleet-main.ts';
import { FakeFleet } from './fake-fleet.ts';
import { followHub } from './watch-hub.ts';

const seconds: Readonly<Record<Effort, number>> = { quick: 30, normal: 120, full: 600 };
const names = Array.from({ length: 20 }, (_, at) => `calm-${at}`);

/** The second half of figure 5: nobody is called offline because the machine is busy. */
export const fullCpu: Bench = {
  name: 'full-cpu',
  shows: 'twenty clusters while every core is busy with something else: how often one is called offline that is not',
  run: (effort, say) => onBenchFleet((bench) => measure(bench, byEffort(effort, seconds), say)),
};

async function measure(bench: BenchFleet, limit: number, say: (line: string) => void): Promise<readonly Figure[]> {
  const notReady: string[] = [];
  const onEvent = (event: FakeFleetEvent): void => {
    if (event.type === 'ready' && event.ready === 'False') notReady.push(`${event.of} in ${event.cluster}`);
  };
  const fakes = await FakeFleet.start({
    ...{ fleet: bench.fleet, processes: [names], labels: { env: 'calm' }, namespace: benchNamespace },
    onEvent,
  });
  const offline: string[] = [];
  await followHub(
    bench.hub,
    (event) => (event.type === 'cluster' && event.connection === 'offline' ? offline.push(event.name) : undefined),
    bench.signal,
  );
  const burners = Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  try {
    await sleep(limit * 1_000);
  } finally {
    await Promise.all(burners.map(async (child) => (child.kill('SIGKILL'), once(child, 'exit'))));
    await fakes.stop();
  }
  say(`${limit} s at full CPU: ${offline.length} called offline, ${notReady.length} times not ready in another cluster`);
  return [
    { name: 'full-cpu-false-offline', value: offline.length, unit: 'changes' },
    { name: 'full-cpu-false-not-ready', value: notReady.length, unit: 'changes' },
  ];
}
