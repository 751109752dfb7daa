import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FleetPaths } from '../fleet-paths.ts';

/** Removes the state of a fleet, name by name: a home directory that somebody set to the wrong place loses nothing else. */
export function resetHome(paths: FleetPaths): void {
  const state = [
    paths.hub,
    paths.etcd,
    paths.logs,
    paths.ports,
    paths.adminToken,
    paths.hubKubeconfig,
    paths.examplesMark,
    dirname(paths.serviceAccountKey),
    join(paths.home, 'clusters'),
  ];
  for (const path of state) rmSync(path, { recursive: true, force: true });
}
