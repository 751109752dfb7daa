import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchNamespace, benchSelector, putPolicy, type BenchFleet } from './bench-fleet.ts';
import type { Manifest } from './kubectl-objects.ts';
import type { Sightings } from './sightings.ts';
import { isApplied } from './watch-hub.ts';
import type { SeenObject } from './watch-objects.ts';

export interface Series {
  /** Begins the names of policies and objects. */
  readonly prefix: string;
  readonly count: number;
  /** From one call to the next; 0 sends all at once. */
  readonly everyMs: number;
  /** Of the value in the ConfigMap. */
  readonly bytes: number;
}

/** Milliseconds after the call was sent. */
export interface Change {
  /** Our own watch at the cluster's API server shows the object. */
  readonly t1: number;
  /** Our own event stream at the hub shows the policy `Applied` at this revision. */
  readonly t2: number;
}

/** Calls `measure` at an even pace, whether or not earlier ones are done, and returns all results in order. */
export async function paced<T>({ count, everyMs }: Pick<Series, 'count' | 'everyMs'>, measure: (n: number) => Promise<T>): Promise<T[]> {
  const startedAt = performance.now();
  const running: Promise<T>[] = [];
  for (let n = 0; n < count; n += 1) {
    const waitMs = startedAt + n * everyMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const result = measure(n);
    // A rejection is met below, after the pace is kept.
    result.catch(() => undefined);
    running.push(result);
  }
  return Promise.all(running);
}

/** Distinct policies of one ConfigMap each, at an even pace. */
export function publishChanges({ hub, events }: BenchFleet, watch: Sightings<SeenObject>, series: Series): Promise<Change[]> {
  const contents = Array.from({ length: series.count }, () => incompressible(series.bytes));
  return paced(series, async (n) => {
    const name = `${series.prefix}-${n}`;
    const spec = { clusterSelector: benchSelector, objects: [{ id: 'one', manifest: configMap(name, contents[n] ?? '') }] };
    const shown = watch.next(`ConfigMap ${name}`, ({ object }) => object.metadata.name === name);
    const reported = events.next(`${name} Applied`, isApplied({ policy: name, revision: 1 }));
    const t0 = performance.now();
    const [t1, t2] = await Promise.all([shown, reported, putPolicy(hub, name, spec)]);
    return { t1: t1 - t0, t2: t2 - t0 };
  });
}

export function configMap(name: string, text: string): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: benchNamespace }, data: { text } };
}

/** Text that zstd cannot shrink much: the documents on the bus are then as long as they look. */
export function incompressible(bytes: number): string {
  return randomBytes(Math.ceil((bytes * 3) / 4))
    .toString('base64')
    .slice(0, bytes);
}
