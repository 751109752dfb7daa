import { existsSync } from 'node:fs';
import { offerConsole } from '../builds/console-bundle.ts';
import { localConfig, type Environment } from '../config.ts';
import { PortBook } from '../control-plane/port-book.ts';
import { fleetPaths } from '../fleet-paths.ts';
import { applyExamplesOnce } from '../fleet/example-policies.ts';
import { fleetClusters, type FleetCluster } from '../fleet/fleet-clusters.ts';
import { LocalFleet } from '../fleet/local-fleet.ts';
import { renderReady } from './render-ready.ts';

export interface UpInput {
  readonly clusters: number | undefined;
  readonly port: number;
  readonly fresh: boolean;
}

/** Runs the fleet until the signal aborts, and returns when everything has ended. */
export async function up({ clusters, port, fresh }: UpInput, env: Environment, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  const { home } = localConfig(env);
  const members = fleetClusters(clusters ?? (fresh ? undefined : rememberedClusters(home)) ?? 3);
  const fleet = new LocalFleet({ home, clusters: members, env, hubPort: port, fresh, supervise: true, onProgress: say });
  const failed = new AbortController();
  const stopping = new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => void fleet.stop().then(resolve, reject), { once: true });
  });
  try {
    say(`Starting a fleet of ${members.length} in ${home}`);
    await Promise.all([fleet.start(), offerConsole({ onProgress: say }, AbortSignal.any([signal, failed.signal]))]);
    await announce(fleet, members, started);
  } catch (error) {
    failed.abort();
    if (!signal.aborted) {
      await fleet.stop();
      throw error;
    }
  }
  await stopping;
  say('Everything has stopped.');
}

async function announce(fleet: LocalFleet, members: readonly FleetCluster[], started: number): Promise<void> {
  for (const { metadata, spec } of await applyExamplesOnce(fleet.hub, fleet.paths.examplesMark))
    say(`policy ${metadata.name}: ${spec.description}`);
  const clusters = members.map(({ name, labels }) => ({ ...fleet.controlPlanes.cluster(name), labels }));
  console.log(renderReady({ hubUrl: fleet.hub.url, paths: fleet.paths, clusters, seconds: (Date.now() - started) / 1000 }));
}

/** A start without --clusters resumes the fleet as it was. */
function rememberedClusters(home: string): number | undefined {
  const { ports } = fleetPaths(home);
  if (!existsSync(ports)) return undefined;
  const count = new PortBook(ports).purposes().filter((purpose) => purpose.startsWith('cluster/')).length;
  return count === 0 ? undefined : count;
}

const say = (line: string) => console.log(line);
