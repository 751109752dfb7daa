import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@accord/proto/coded-error';
import { isRunning } from '@accord/runtime/processes/process-identity';
import { localConfig, type Environment } from '../config.ts';
import { fleetPaths } from '../fleet-paths.ts';
import { fleetRegistry } from '../fleet/fleet-registry.ts';
import { fleetOwner, lockHome } from '../fleet/home-lock.ts';

const limitMs = 30_000;

/** Stops the fleet of this home directory, and whatever a killed one left behind. */
export async function down(env: Environment): Promise<void> {
  const paths = fleetPaths(localConfig(env).home);
  const owner = fleetOwner(paths);
  if (owner !== undefined) {
    process.kill(owner.pid, 'SIGTERM');
    const deadline = Date.now() + limitMs;
    while (isRunning(owner)) {
      if (Date.now() > deadline) throw new CodedError('timeout', `The fleet (pid ${owner.pid}) did not stop within ${limitMs / 1000} s.`);
      await sleep(50);
    }
  }
  const lock = lockHome(paths);
  const leftovers = await fleetRegistry(paths).stopLeftovers();
  lock.release();
  for (const { kind, pid } of leftovers) console.log(`${kind} (pid ${pid}) was left from an earlier start; stopped`);
  if (owner !== undefined) console.log(`The fleet (pid ${owner.pid}) has stopped.`);
  else if (leftovers.length === 0) console.log(`No fleet runs in ${paths.home}.`);
}
