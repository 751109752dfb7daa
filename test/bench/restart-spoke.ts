import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { applyPolicies, benchCluster, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import { allowObjects, configMapPolicies } from './many-objects.ts';
import { median } from './statistics.ts';

interface Size {
  /** In ten policies. */
  readonly objects: number;
  readonly restarts: number;
}

const sizes: Readonly<Record<Effort, Size>> = {
  quick: { objects: 1_000, restarts: 2 },
  normal: { objects: 5_000, restarts: 3 },
  full: { objects: 5_000, restarts: 5 },
};
const policies = 10;

/** The second half of figure 8. */
export const restartSpoke: Bench = {
  name: 'restart',
  shows: 'kill -9 of a spoke that holds 5,000 objects: process start → a change made right after is Applied; and the next change',
  run: (effort, say) => onBenchFleet((bench) => measure(bench, byEffort(effort, sizes), say)),
};

async function measure(bench: BenchFleet, { objects, restarts }: Size, say: (line: string) => void): Promise<readonly Figure[]> {
  await allowObjects(bench);
  await applyPolicies(bench, configMapPolicies({ prefix: 'held', policies, objects: objects / policies }));
  const first: number[] = [];
  const next: number[] = [];
  for (let n = 0; n < restarts; n += 1) {
    first.push(await restart(bench, `first-${n}`));
    next.push(await change(bench, `next-${n}`));
  }
  for (const [what, times] of Object.entries({ first, next }))
    say(`restart with ${objects} objects, ${what} change: ${times.map((seconds) => seconds.toFixed(2)).join('  ')} s`);
  return [
    { name: 'restart-5000', ...range(first) },
    { name: 'restart-5000-next', ...range(next) },
  ];
}

/** Seconds from the start of the process. The change is written meanwhile: nobody waits until the spoke is ready. */
async function restart(bench: BenchFleet, name: string): Promise<number> {
  await bench.fleet.killSpoke(benchCluster);
  const [, seconds] = await Promise.all([bench.fleet.startSpoke(benchCluster), change(bench, name)]);
  return seconds;
}

/** Seconds until a new policy of one object is Applied. */
async function change(bench: BenchFleet, prefix: string): Promise<number> {
  const policy = configMapPolicies({ prefix, policies: 1, objects: 1 });
  const startedAt = performance.now();
  await applyPolicies(bench, policy);
  return (performance.now() - startedAt) / 1_000;
}

function range(seconds: readonly number[]): Pick<Figure, 'value' | 'unit' | 'min' | 'max'> {
  return { value: median(seconds), unit: 's', min: Math.min(...seconds), max: Math.max(...seconds) };
}
