import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { benchCluster, benchNamespace, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import { publishChanges, type Change } from './publish-changes.ts';
import { RawPath } from './raw-path.ts';
import type { Sightings } from './sightings.ts';
import { mean, percentile, summary, windowMeans } from './statistics.ts';
import { watchObjects, type SeenObject } from './watch-objects.ts';

const small = 3_000;
const large = 31_000;
const windowSize = 60;
const burstSize = 100;

interface RawChanges {
  readonly paced: readonly Change[];
  readonly burst: readonly Change[];
}

interface Counts {
  readonly slow: number;
  readonly fast: number;
  readonly large: number;
  readonly bursts: number;
  readonly raw: number;
}

const counts: Readonly<Record<Effort, Counts>> = {
  quick: { slow: 10, fast: 60, large: 0, bursts: 1, raw: 20 },
  normal: { slow: 40, fast: 180, large: 60, bursts: 3, raw: 40 },
  full: { slow: 120, fast: 600, large: 120, bursts: 5, raw: 60 },
};

/** Figures 1 and 2. */
export const publishToStatus: Bench = {
  name: 'publish',
  shows: 'a change: REST call → object in the cluster (T1) → status at the hub (T2); at 20 and 100 per 30 s, and 100 at once',
  run: (effort, say) => onBenchFleet((bench) => measure(bench, byEffort(effort, counts), say)),
};

async function measure(bench: BenchFleet, wanted: Counts, say: (line: string) => void): Promise<readonly Figure[]> {
  const path = `/api/v1/namespaces/${benchNamespace}/configmaps`;
  const watch = await watchObjects(bench.client(benchCluster, 'admin'), { path, content: 'metadata' }, bench.signal);
  const series = async (prefix: string, count: number, everyMs: number, bytes: number): Promise<readonly Change[]> => {
    const changes = await publishChanges(bench, watch, { prefix, count, everyMs, bytes });
    if (count > 0)
      say(
        `${prefix}: T1 ${summary(changes.map(({ t1 }) => t1))}\n${' '.repeat(prefix.length)}  T2 ${summary(changes.map(({ t2 }) => t2))}`,
      );
    return changes;
  };
  const rawBefore = await rawPath(bench, watch, wanted.raw, 'raw-a');
  const slow = await series('slow', wanted.slow, 30_000 / 20, small);
  const fast = await series('fast', wanted.fast, 30_000 / 100, small);
  const big = await series('large', wanted.large, 30_000 / 100, large);
  const bursts: (readonly Change[])[] = [];
  for (let n = 1; n <= wanted.bursts; n += 1) bursts.push(await series(`burst-${n}`, burstSize, 0, small));
  const rawAfter = await rawPath(bench, watch, wanted.raw, 'raw-b');
  const raw = [...rawBefore.paced, ...rawAfter.paced];
  const rawBurst = [...rawBefore.burst, ...rawAfter.burst].map(({ t2 }) => t2);
  say(`raw:  T1 ${summary(raw.map(({ t1 }) => t1))}\n      T2 ${summary(raw.map(({ t2 }) => t2))}\nraw at once: T2 ${summary(rawBurst)}`);

  const reference = { t1: mean(raw.map(({ t1 }) => t1)), t2: mean(raw.map(({ t2 }) => t2)) };
  const t2OfBursts = bursts.map((burst) => burst.map(({ t2 }) => t2));
  return [
    ofWindows('publish-20-t1-mean', slow, 't1', reference.t1),
    ofWindows('publish-20-t2-mean', slow, 't2', reference.t2),
    {
      name: 'publish-20-t2-p99',
      value: percentile(
        slow.map(({ t2 }) => t2),
        99,
      ),
      unit: 'ms',
      reference: percentile(
        raw.map(({ t2 }) => t2),
        99,
      ),
    },
    ofWindows('publish-100-t2-mean', fast, 't2', reference.t2),
    ...(big.length === 0 ? [] : [ofWindows('publish-100-31k-t2-mean', big, 't2')]),
    ofRuns('burst-100-t2-mean', t2OfBursts.map(mean), mean(rawBurst)),
    ofRuns(
      'burst-100-t2-p99',
      t2OfBursts.map((burst) => percentile(burst, 99)),
      percentile(rawBurst, 99),
    ),
  ];
}

/** The reference needs the API server to itself: a spoke would remove objects that no policy wants. */
async function rawPath(bench: BenchFleet, watch: Sightings<SeenObject>, count: number, prefix: string): Promise<RawChanges> {
  await bench.fleet.stopSpoke(benchCluster);
  const raw = await RawPath.open(bench);
  try {
    await raw.series(watch, { prefix: `${prefix}-warm`, count: 10, everyMs: 100, bytes: small });
    return {
      paced: await raw.series(watch, { prefix, count, everyMs: 30_000 / 100, bytes: small }),
      burst: await raw.series(watch, { prefix: `${prefix}-burst`, count: burstSize, everyMs: 0, bytes: small }),
    };
  } finally {
    await raw.close();
    await bench.fleet.startSpoke(benchCluster);
  }
}

function ofWindows(name: string, changes: readonly Change[], which: keyof Change, reference?: number): Figure {
  const values = changes.map((change) => change[which]);
  const windows = windowMeans(values, windowSize);
  const range = { min: Math.min(...windows), max: Math.max(...windows) };
  return { name, value: mean(values), unit: 'ms', ...range, ...(reference === undefined ? {} : { reference }) };
}

function ofRuns(name: string, values: readonly number[], reference: number): Figure {
  return { name, value: percentile(values, 50), unit: 'ms', min: Math.min(...values), max: Math.max(...values), reference };
}
