import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HubEvent } from '@accord/proto/api';
import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { benchCluster, benchNamespace, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import type { FakeFleetEvent } from './fake-fleet-main.ts';
import { FakeFleet } from './fake-fleet.ts';
import { Sightings } from './sightings.ts';
import { median } from './statistics.ts';
import { TcpProxy } from '../tcp-proxy.ts';

const rounds: Readonly<Record<Effort, number>> = { quick: 2, normal: 5, full: 20 };
/** A cluster that comes and goes more often is told as flapping, which is another figure. */
const pauseMs = 20_000;
const limitMs = 60_000;
const labels = { env: 'presence' };
const ways = ['stop', 'kill', 'cut'] as const;

/** Figure 5. */
export const offline: Bench = {
  name: 'offline',
  shows: 'a spoke that is killed, stopped or cut off: → the hub says offline, → another cluster does; and back',
  run: (effort, say) => onBenchFleet((bench) => measure(bench, byEffort(effort, rounds), say)),
};

interface Victim {
  readonly name: string;
  readonly lose: () => void;
  readonly bringBack: () => Promise<void>;
}

/** In milliseconds. */
interface Times {
  readonly hub: number;
  readonly other: number;
  readonly back: number;
}

async function measure(bench: BenchFleet, count: number, say: (line: string) => void): Promise<readonly Figure[]> {
  const seen = new Sightings<FakeFleetEvent>();
  const start = (names: readonly string[], busUrl?: string): Promise<FakeFleet> =>
    FakeFleet.start({
      ...{ fleet: bench.fleet, processes: names.map((name) => [name]), labels, namespace: benchNamespace },
      onEvent: (event) => seen.see(event),
      ...(busUrl !== undefined && { busUrl }),
    });
  const proxy = await TcpProxy.to(natsUrlOf(bench));
  const fakes = await start(['observer', 'stop-1']);
  const cut = await start(['cut-1'], proxy.url);
  try {
    const victims: Readonly<Record<(typeof ways)[number], Victim>> = {
      stop: { name: 'stop-1', lose: () => fakes.signal(1, 'SIGSTOP'), bringBack: async () => fakes.signal(1, 'SIGCONT') },
      // With an API server that keeps its credential.
      kill: {
        name: benchCluster,
        lose: () => void bench.fleet.killSpoke(benchCluster),
        bringBack: () => bench.fleet.startSpoke(benchCluster),
      },
      cut: { name: 'cut-1', lose: () => proxy.cut(), bringBack: async () => proxy.mend() },
    };
    const times: Record<string, Times[]> = { stop: [], kill: [], cut: [] };
    for (let round = 0; round < count; round += 1) {
      // Side by side: each waits for itself most of the time.
      await Promise.all(ways.map(async (way) => times[way]?.push(await lose(victims[way], { bench, seen }))));
      await sleep(pauseMs);
    }
    return ways.flatMap((way) => figuresOf(way, times[way] ?? [], say));
  } finally {
    await Promise.all([fakes.stop(), cut.stop()]);
    proxy.close();
  }
}

interface Watched {
  readonly bench: BenchFleet;
  readonly seen: Sightings<FakeFleetEvent>;
}

async function lose({ name, lose: cause, bringBack }: Victim, { bench, seen }: Watched): Promise<Times> {
  const atHub =
    (connection: string) =>
    (event: HubEvent): boolean =>
      event.type === 'cluster' && event.name === name && event.connection === connection;
  const atOther =
    (ready: string) =>
    (event: FakeFleetEvent): boolean =>
      event.type === 'ready' && event.cluster === 'observer' && event.of === name && event.ready === ready;
  const gone = [
    bench.events.next(`${name} offline at the hub`, atHub('offline'), limitMs),
    seen.next(`${name} not ready elsewhere`, atOther('False'), limitMs),
  ];
  const lostAt = performance.now();
  cause();
  const [hub = Number.NaN, other = Number.NaN] = await Promise.all(gone);
  const returned = seen.next(`${name} ready again elsewhere`, atOther('True'), limitMs);
  const backAt = performance.now();
  await bringBack();
  return { hub: hub - lostAt, other: other - lostAt, back: (await returned) - backAt };
}

function figuresOf(way: string, times: readonly Times[], say: (line: string) => void): readonly Figure[] {
  const figure = (what: keyof Times, name: string): Figure => {
    const seconds = times.map((time) => time[what] / 1_000);
    return { name: `offline-${way}-${name}`, value: median(seconds), unit: 's', min: Math.min(...seconds), max: Math.max(...seconds) };
  };
  const figures = [figure('hub', 'hub'), figure('other', 'other'), figure('back', 'back')];
  say(
    `${way}: ${figures.map(({ name, value, min = 0, max = 0 }) => `${name} ${value.toFixed(1)} s (${min.toFixed(1)} to ${max.toFixed(1)})`).join(' · ')}`,
  );
  return figures;
}

function natsUrlOf({ fleet }: BenchFleet): string {
  return (JSON.parse(readFileSync(fleet.paths.hubFile, 'utf8')) as { readonly natsUrl: string }).natsUrl;
}
