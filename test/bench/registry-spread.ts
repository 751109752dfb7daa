import { setTimeout as sleep } from 'node:timers/promises';
import { byEffort, type Bench, type Figure } from './bench.ts';
import { benchNamespace, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import type { FakeFleetEvent } from './fake-fleet-main.ts';
import { FakeFleet } from './fake-fleet.ts';
import { percentile, summary } from './statistics.ts';
import { wallMs } from './wall-clock.ts';

export interface Spread {
  readonly processes: number;
  readonly clustersEach: number;
  readonly changes: number;
  readonly everyMs: number;
}

/** A change of one record, and when each other member of the set had it. */
interface Told {
  readonly of: string;
  readonly region: string;
  readonly atMs: number;
  readonly seen: Map<string, number>;
}

const limitMs = 60_000;

/** Each cluster is changed once or twice: what comes faster is held back by design. */
export const registrySpread: Bench = {
  name: 'registry',
  shows: 'a change of the record of one cluster: REST call → in the Cluster object that each of 100 others holds of it',
  run: (effort, say) =>
    onBenchFleet((bench) => {
      const changes = byEffort(effort, { quick: 40, normal: 100, full: 200 });
      return measureSpread(bench, { processes: 4, clustersEach: 25, changes, everyMs: 400 }, say);
    }),
};

/** Exported for whoever tries it with a small fleet. */
export async function measureSpread(bench: BenchFleet, spread: Spread, say: (line: string) => void): Promise<readonly Figure[]> {
  const { processes, clustersEach, changes, everyMs } = spread;
  const told = new Map<string, Told>();
  const onEvent = (event: FakeFleetEvent): void => {
    if (event.type === 'region' && event.cluster !== event.of) told.get(`${event.of} ${event.region}`)?.seen.set(event.cluster, event.atMs);
  };
  const names = Array.from({ length: processes }, (_, at) => Array.from({ length: clustersEach }, (_none, n) => `set-${at}-${n}`));
  const fakes = await FakeFleet.start({
    ...{ fleet: bench.fleet, processes: names, labels: { env: 'set' }, namespace: benchNamespace },
    onEvent,
  });
  try {
    // Until everybody has been told of everybody, and may be told of again at once.
    await sleep(20_000);
    const all = names.flat();
    for (let n = 0; n < changes; n += 1) {
      const next = sleep(everyMs);
      await change(bench, told, { of: all[n % all.length] ?? '', region: `region-${n}` });
      await next;
    }
    const others = all.length - 1;
    await untilAllSee(told, others);
    return figures([...told.values()], others, say);
  } finally {
    await fakes.stop();
  }
}

async function change({ hub }: BenchFleet, told: Map<string, Told>, { of, region }: Pick<Told, 'of' | 'region'>): Promise<void> {
  told.set(`${of} ${region}`, { of, region, atMs: wallMs(), seen: new Map() });
  await hub.require({
    method: 'PATCH',
    path: `/apis/accord.dev/v1alpha1/clusters/${of}`,
    body: { spec: { region } },
    contentType: 'application/merge-patch+json',
  });
}

async function untilAllSee(told: ReadonlyMap<string, Told>, others: number): Promise<void> {
  const endMs = performance.now() + limitMs;
  while ([...told.values()].some(({ seen }) => seen.size < others)) {
    if (performance.now() > endMs) throw new Error('not every change of a record has come to every other cluster');
    await sleep(500);
  }
}

function figures(told: readonly Told[], others: number, say: (line: string) => void): readonly Figure[] {
  const times = told.flatMap(({ atMs, seen }) => [...seen.values()].map((seenMs) => seenMs - atMs));
  const everywhere = told.map(({ atMs, seen }) => Math.max(...seen.values()) - atMs);
  say(`REST call → in the registry of one of ${others} others: ${summary(times)}`);
  say(`REST call → in the registry of the last of them: ${summary(everywhere)}`);
  return [
    ...[50, 99].map((p): Figure => ({ name: `registry-100-p${p}`, value: percentile(times, p), unit: 'ms' })),
    ...[50, 99].map((p): Figure => ({
      ...{ name: `registry-100-everywhere-p${p}`, value: percentile(everywhere, p), unit: 'ms' },
      ...{ min: Math.min(...everywhere), max: Math.max(...everywhere) },
    })),
  ];
}
