import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HubProgram } from '../chaos/hub-program.ts';
import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { Crowd } from './crowd.ts';
import { prepareFleet, readDigests, type PreparedFleet } from './prepare-fleet.ts';
import { residentMiB } from './process-memory.ts';
import { RestClient } from './rest-client.ts';
import { median } from './statistics.ts';
import { putPolicy } from './bench-fleet.ts';
import type { Fleet } from '@accord/proto/api';

const sizes: Readonly<Record<Effort, { readonly clusters: number; readonly restarts: number }>> = {
  quick: { clusters: 1_000, restarts: 1 },
  normal: { clusters: 2_000, restarts: 3 },
  full: { clusters: 10_000, restarts: 5 },
};
const policies = 100;
const settleMs = 10_000;

/** Figures 13 and 14. */
export const largeFleet: Bench = {
  name: 'fleet',
  shows: 'a hub with thousands of registered, connected, idle clusters: its memory, and kill -9 → ready again',
  run: async (effort, say) => {
    const dir = mkdtempSync(join(tmpdir(), 'accord-large-'));
    try {
      const empty = await emptyHub(join(dir, 'empty'));
      say(`hub without clusters: ${empty.toFixed(0)} MiB`);
      return await measure(join(dir, 'full'), { ...byEffort(effort, sizes), empty }, say);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function emptyHub(dataDir: string): Promise<number> {
  const hub = await HubProgram.at(dataDir);
  await hub.start();
  await sleep(settleMs);
  const memory = residentOf(hub);
  await hub.stop();
  return memory;
}

interface Large {
  readonly clusters: number;
  readonly restarts: number;
  readonly empty: number;
}

async function measure(dataDir: string, { clusters, restarts, empty }: Large, say: (line: string) => void): Promise<readonly Figure[]> {
  const fleet = await prepareFleet(dataDir, clusters);
  const hub = await HubProgram.at(dataDir);
  const startedAt = performance.now();
  await hub.start();
  await untilReady(hub);
  say(`${clusters} clusters registered; ready after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s, for the first time`);
  const rest = new RestClient({ url: hub.url, token: hub.token });
  const crowd = await Crowd.connect(hub.bus, fleet.members);
  try {
    crowd.report(0);
    await settle(hub, fleet, crowd, rest);
    const idle = residentOf(hub);
    for (let n = 0; n < policies; n += 1) await putPolicy(rest, `policy-${n}`, { clusterSelector: {}, namespaces: [{ name: `n-${n}` }] });
    crowd.report(policies);
    await settle(hub, fleet, crowd, rest);
    const busy = residentOf(hub);
    say(`${clusters} clusters connected: ${idle.toFixed(0)} MiB, with ${policies} policies ${busy.toFixed(0)} MiB`);
    const restarted: number[] = [];
    for (let n = 0; n < restarts; n += 1) restarted.push(await restart(hub));
    say(`kill -9 → ready: ${restarted.map((seconds) => seconds.toFixed(2)).join('  ')} s`);
    const perCluster = (memory: number): number => ((memory - empty) * 1_024) / clusters;
    return [
      { name: `hub-restart-${clusters}`, value: median(restarted), unit: 's', min: Math.min(...restarted), max: Math.max(...restarted) },
      { name: 'hub-memory-empty', value: empty, unit: 'MiB' },
      { name: `hub-memory-${clusters}-per-cluster`, value: perCluster(idle), unit: 'KiB' },
      { name: `hub-memory-${clusters}-per-cluster-100-policies`, value: perCluster(busy), unit: 'KiB' },
    ];
  } finally {
    rest.close();
    await crowd.stop();
    await hub.killAll();
  }
}

/** Until all beat, and what was published because of it is at rest: the beats then say what each has. */
async function settle(hub: HubProgram, fleet: PreparedFleet, crowd: Crowd, rest: RestClient): Promise<void> {
  const count = fleet.members.length;
  for (let round = 0; round < 30; round += 1) {
    crowd.beat(await readDigests(hub, fleet));
    await sleep(settleMs);
    const { clusters } = (await rest.require({ method: 'GET', path: '/v1/fleet' })) as Fleet;
    if (clusters.live === count && clusters.behind === 0) return;
  }
  throw new Error(`the fleet of ${count} clusters does not come to rest; see ${hub.log.slice(-1_000)}`);
}

async function restart(hub: HubProgram): Promise<number> {
  await hub.kill();
  const startedAt = performance.now();
  await hub.start();
  await untilReady(hub);
  return (performance.now() - startedAt) / 1_000;
}

async function untilReady(hub: HubProgram): Promise<void> {
  for (let n = 0; (await hub.readiness()) !== 'ok'; n += 1) {
    if (n > 12_000) throw new Error(`the hub is not ready: ${await hub.readiness()}`);
    await sleep(5);
  }
}

function residentOf(hub: HubProgram): number {
  return residentMiB((JSON.parse(readFileSync(join(hub.dataDir, 'hub.json'), 'utf8')) as { readonly pid: number }).pid);
}
