import { dirname, join } from 'node:path';
import type { FleetPaths } from '../fleet-paths.ts';
import { ProcessRegistry } from '../processes/process-registry.ts';

/** The processes of a fleet: ours, and the nats-server that the hub records because it outlives a killed hub. */
export function fleetRegistry(paths: FleetPaths): ProcessRegistry {
  const given = { kind: 'nats-server', storeDir: join(dirname(paths.natsRecord), 'js') } as const;
  return new ProcessRegistry({ dir: paths.processes, adopted: [{ path: paths.natsRecord, given }] });
}
