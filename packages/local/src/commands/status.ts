import { existsSync, readFileSync } from 'node:fs';
import { localConfig, type Environment } from '../config.ts';
import { fleetPaths, type FleetPaths } from '../fleet-paths.ts';
import { fleetRegistry } from '../fleet/fleet-registry.ts';
import { fleetOwner } from '../fleet/home-lock.ts';
import { renderColumns } from './render-columns.ts';

/** What `status -o json` prints. Absent values are null, so that every process has the same fields. */
export interface FleetStatus {
  readonly running: boolean;
  readonly home: string;
  readonly hubUrl: string | null;
  readonly processes: readonly {
    readonly pid: number;
    /** `fleet` is the process that runs all others. */
    readonly kind: string;
    readonly cluster: string | null;
    readonly storeDir: string | null;
  }[];
}

export function status(output: 'text' | 'json', env: Environment): void {
  const found = readStatus(fleetPaths(localConfig(env).home));
  console.log(output === 'json' ? JSON.stringify(found, undefined, 2) : renderStatus(found));
}

/** By the records of the processes, so that it also tells what a killed fleet has left. */
export function readStatus(paths: FleetPaths): FleetStatus {
  const owner = fleetOwner(paths);
  const children = existsSync(paths.processes) ? fleetRegistry(paths).running() : [];
  const processes = children.map(({ pid, kind, cluster, storeDir }) => ({
    pid,
    kind,
    cluster: cluster ?? null,
    storeDir: storeDir ?? null,
  }));
  const fleet = owner === undefined ? [] : [{ pid: owner.pid, kind: 'fleet', cluster: null, storeDir: paths.home }];
  return { running: owner !== undefined, home: paths.home, hubUrl: readHubUrl(paths), processes: [...fleet, ...processes] };
}

function readHubUrl({ hubFile }: FleetPaths): string | null {
  try {
    const { url } = JSON.parse(readFileSync(hubFile, 'utf8')) as { url?: unknown };
    return typeof url === 'string' ? url : null;
  } catch {
    return null;
  }
}

export function renderStatus({ running, home, processes }: FleetStatus): string {
  const rows = processes.map(({ kind, cluster, pid, storeDir }) => [kind, cluster ?? '-', String(pid), storeDir ?? '-']);
  const table = rows.length === 0 ? [] : renderColumns([['KIND', 'CLUSTER', 'PID', 'STORE'], ...rows]);
  const left =
    processes.length > 0 ? 'Its fleet was killed and left these processes; ./accord local down stops them.' : 'Start one with npm start.';
  const head = running ? `A fleet runs in ${home}` : `No fleet runs in ${home}. ${left}`;
  return [head, ...table].join('\n');
}
