import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeTimeline } from '@accord/proto/api-history';
import { byEffort, type Bench, type Figure } from './bench.ts';
import { benchSelector, onBenchFleet, putPolicy, type BenchFleet } from './bench-fleet.ts';
import { EventReaders, type Told } from './event-readers.ts';
import { configMap, incompressible, paced } from './publish-changes.ts';
import { percentile, summary } from './statistics.ts';
import { wallMs } from './wall-clock.ts';
import { isApplied } from './watch-hub.ts';

const streams = 200;
const everyMs = 100;

/** In turn without and with readers, so that a slow minute of the machine slows both. */
const rounds: readonly ('alone' | 'read')[] = ['alone', 'read', 'alone', 'read'];

export const readEvents: Bench = {
  name: 'events',
  shows: `${streams} readers of events during ten changes a second: REST call → told to each; and what they cost propagation`,
  run: (effort, say) =>
    onBenchFleet((bench) => measure(bench, byEffort(effort, { quick: 40, normal: 60, full: 200 }), say), { fake: true }),
};

/** One change. */
interface Sent {
  readonly change: string;
  readonly atMs: number;
}

interface Round {
  readonly sent: readonly Sent[];
  /** REST call → applied at the spoke, which is on this machine and has its clock. */
  readonly appliedMs: readonly number[];
  readonly told: Told | undefined;
}

async function measure(bench: BenchFleet, changes: number, say: (line: string) => void): Promise<readonly Figure[]> {
  const done: Record<'alone' | 'read', Round[]> = { alone: [], read: [] };
  for (const [n, kind] of rounds.entries()) {
    const readers = kind === 'read' ? await EventReaders.start(bench, streams) : undefined;
    try {
      // A round begins at rest.
      await sleep(1_000);
      const sent = await send(bench, `events-${n}`, changes);
      // What was sent last is on its way to the readers.
      if (readers !== undefined) await sleep(1_000);
      const told = await readers?.told();
      done[kind].push({ sent, told, appliedMs: await Promise.all(sent.map((one) => appliedAfter(bench, one))) });
    } finally {
      await readers?.stop();
    }
  }
  return figures(done, say);
}

function send({ hub, events }: BenchFleet, prefix: string, count: number): Promise<readonly Sent[]> {
  return paced({ count, everyMs }, async (n) => {
    const policy = `${prefix}-${n}`;
    const spec = { clusterSelector: benchSelector, objects: [{ id: 'one', manifest: configMap(policy, incompressible(3_000)) }] };
    const applied = events.next(`${policy} Applied`, isApplied({ policy, revision: 1 }));
    const atMs = wallMs();
    await Promise.all([applied, putPolicy(hub, policy, spec)]);
    return { change: `${policy}@1`, atMs };
  });
}

async function appliedAfter({ hub }: BenchFleet, { change, atMs }: Sent): Promise<number> {
  const path = `/v1/changes/${encodeURIComponent(change)}`;
  const { clusters } = (await hub.require({ method: 'GET', path })) as ChangeTimeline;
  return (clusters[0]?.stamps.appliedMs ?? Number.NaN) - atMs;
}

function figures({ alone, read }: Record<'alone' | 'read', readonly Round[]>, say: (line: string) => void): readonly Figure[] {
  const applied = (of: readonly Round[]): number[] => of.flatMap(({ appliedMs }) => appliedMs);
  const latencies = read.flatMap(({ sent, told }) =>
    sent.flatMap(({ change, atMs }) => (told?.changes[change] ?? []).map((toldMs) => toldMs - atMs)),
  );
  const expected = read.flatMap(({ sent }) => sent).length * streams;
  const resets = read.reduce((sum, { told }) => sum + (told?.resets ?? 0), 0);
  say(`REST call → told to one of ${streams} readers: ${summary(latencies)}`);
  say(`REST call → applied, nobody reads: ${summary(applied(alone))}`);
  say(`REST call → applied, ${streams} read: ${summary(applied(read))}`);
  return [
    { name: `events-${streams}-p50`, value: percentile(latencies, 50), unit: 'ms' },
    { name: `events-${streams}-p99`, value: percentile(latencies, 99), unit: 'ms' },
    { name: `events-${streams}-untold`, value: expected - latencies.length + resets, unit: 'changes' },
    { name: `events-${streams}-applied-p50`, value: percentile(applied(read), 50), unit: 'ms', reference: percentile(applied(alone), 50) },
    { name: `events-${streams}-slowdown`, value: percentile(applied(read), 50) / percentile(applied(alone), 50), unit: '×' },
  ];
}
