import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { byEffort, type Bench, type Effort } from './bench.ts';
import { applyPolicies, benchCluster, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import { allowObjects, configMapPolicies } from './many-objects.ts';
import { residentMiB } from './process-memory.ts';

interface Waits {
  readonly idleMs: number;
  readonly loadedMs: number;
}

const waits: Readonly<Record<Effort, Waits>> = {
  quick: { idleMs: 15_000, loadedMs: 30_000 },
  normal: { idleMs: 60_000, loadedMs: 30_000 },
  full: { idleMs: 60_000, loadedMs: 30_000 },
};
const policiesIdle = 20;
const policies = 10;
const objectsPerPolicy = 500;

/** Figure 9. */
export const spokeMemory: Bench = {
  name: 'memory',
  shows: 'resident memory of the spoke: connected and idle with 20 policies, and after 5,000 applies; process start → connected',
  run: (effort, say) =>
    onBenchFleet(async (bench) => {
      await allowObjects(bench);
      await applyPolicies(bench, configMapPolicies({ prefix: 'idle', policies: policiesIdle, objects: 1 }));
      await bench.fleet.stopSpoke(benchCluster);
      const connectedMs = await startAndConnect(bench);
      const { idleMs, loadedMs } = byEffort(effort, waits);
      await sleep(idleMs);
      const idle = residentMiB(bench.pid('spoke', benchCluster));
      say(`idle with ${policiesIdle} policies ${idle.toFixed(1)} MiB, connected ${connectedMs.toFixed(0)} ms after its start`);
      const startedAt = performance.now();
      await applyPolicies(bench, configMapPolicies({ prefix: 'load', policies, objects: objectsPerPolicy }));
      say(`${policies * objectsPerPolicy} objects applied in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
      await sleep(loadedMs);
      const loaded = residentMiB(bench.pid('spoke', benchCluster));
      return [
        { name: 'spoke-memory-idle', value: idle, unit: 'MiB' },
        { name: 'spoke-memory-5000', value: loaded, unit: 'MiB' },
        { name: 'spoke-start-to-connected', value: connectedMs, unit: 'ms' },
      ];
    }),
};

/** The spoke says in its log when it is connected; both ends are clocks of this machine. */
async function startAndConnect({ fleet }: BenchFleet): Promise<number> {
  const startedAt = Date.now();
  await fleet.startSpoke(benchCluster);
  // A spoke is ready with what its mirrors say, which may be before it has the bus.
  for (let looks = 0; looks < 100; looks += 1) {
    const lines = readFileSync(`${fleet.paths.logs}/${benchCluster}-spoke.log`, 'utf8').split('\n');
    const connected = lines.flatMap((line) => (line.includes('connected to the bus') ? [timeOf(line)] : [])).at(-1);
    if (connected !== undefined && connected >= startedAt) return connected - startedAt;
    await sleep(100);
  }
  throw new Error('the log of the spoke does not say when it was connected');
}

function timeOf(line: string): number {
  const { time } = JSON.parse(line) as { readonly time: number | string };
  return new Date(time).getTime();
}
