import { setTimeout as sleep } from 'node:timers/promises';
import { byEffort, type Bench, type Figure } from './bench.ts';
import { benchNamespace, onBenchFleet, putPolicy, type BenchFleet } from './bench-fleet.ts';
import type { FakeFleetEvent } from './fake-fleet-main.ts';
import { FakeFleet } from './fake-fleet.ts';
import { percentile, summary } from './statistics.ts';
import { followHub, rowIsApplied } from './watch-hub.ts';
import { wallMs } from './wall-clock.ts';

const clusters = 100;
const processes = 4;
const policies = 20;
const labels = { env: 'wide' };

/** What a change of all clusters has come to. */
interface Sent {
  readonly policy: string;
  readonly n: number;
  readonly atMs: number;
  revision: number;
  readonly written: number[];
  readonly told: Set<string>;
  allToldMs: number;
}

export const propagation: Bench = {
  name: 'propagation',
  shows: 'a change for 100 clusters: REST call → applied in each, → the last status back',
  run: (effort, say) =>
    onBenchFleet((bench) => measure(bench, { changes: byEffort(effort, { quick: 40, normal: 100, full: 200 }), everyMs: 400 }, say)),
};

interface Pace {
  readonly changes: number;
  readonly everyMs: number;
}

async function measure(bench: BenchFleet, { changes, everyMs }: Pace, say: (line: string) => void): Promise<readonly Figure[]> {
  const sent = new Map<string, Sent>();
  const onEvent = (event: FakeFleetEvent): void => {
    if (event.type === 'written') sent.get(`${event.name}@${event.n}`)?.written.push(event.atMs);
  };
  const names = Array.from({ length: processes }, (_, at) => Array.from({ length: clusters / processes }, (_none, n) => `wide-${at}-${n}`));
  const fakes = await FakeFleet.start({ fleet: bench.fleet, processes: names, labels, namespace: benchNamespace, onEvent });
  try {
    await followHub(bench.hub, (event) => (event.type === 'row' ? see(sent, event.row) : undefined), bench.signal);
    // Each policy is there before it is changed, and the code is warm.
    for (let n = 1; n <= policies; n += 1) await send(bench, sent, n, 0);
    await sleep(5_000);
    const measured: Sent[] = [];
    for (let n = 1; n <= changes; n += 1) {
      const next = sleep(everyMs);
      measured.push(await send(bench, sent, n, n));
      await next;
    }
    await untilAllTold(measured);
    return figures(measured, say);
  } finally {
    await fakes.stop();
  }
}

async function send({ hub }: BenchFleet, sent: Map<string, Sent>, at: number, n: number): Promise<Sent> {
  const policy = `wide-${at % policies}`;
  const change: Sent = {
    policy,
    n,
    atMs: wallMs(),
    revision: Number.POSITIVE_INFINITY,
    written: [],
    told: new Set(),
    allToldMs: Number.NaN,
  };
  sent.set(`${policy}@${n}`, change);
  const manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: policy, namespace: benchNamespace },
    data: { n: `${n}`, text: 'x'.repeat(3_000) },
  };
  change.revision = await putPolicy(hub, policy, { clusterSelector: { matchLabels: labels }, objects: [{ id: 'one', manifest }] });
  return change;
}

function see(sent: Map<string, Sent>, row: Parameters<typeof rowIsApplied>[0]): void {
  for (const change of sent.values()) {
    if (change.policy !== row.policy || !rowIsApplied(row, change.revision) || change.told.size === clusters) continue;
    change.told.add(row.cluster);
    if (change.told.size === clusters) change.allToldMs = wallMs();
  }
}

async function untilAllTold(changes: readonly Sent[]): Promise<void> {
  for (let second = 0; second < 60; second += 1) {
    if (changes.every(({ told, written }) => told.size === clusters && written.length >= clusters)) return;
    await sleep(1_000);
  }
  throw new Error('not every change has come back from every cluster');
}

function figures(changes: readonly Sent[], say: (line: string) => void): readonly Figure[] {
  const applied = changes.flatMap(({ atMs, written }) => written.map((time) => time - atMs));
  const back = changes.map(({ atMs, allToldMs }) => allToldMs - atMs);
  say(`REST call → applied at one of ${clusters} clusters: ${summary(applied)}`);
  say(`REST call → the last of ${clusters} statuses back: ${summary(back)}`);
  return [
    ...[50, 90, 99].map((p): Figure => ({ name: `propagation-100-p${p}`, value: percentile(applied, p), unit: 'ms' })),
    { name: 'propagation-100-last-back-p50', value: percentile(back, 50), unit: 'ms', min: Math.min(...back), max: Math.max(...back) },
  ];
}
