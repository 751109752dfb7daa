import type { ClusterAccess } from '../control-plane/control-planes.ts';
import { childEnvironment, type Environment } from '../config.ts';
import { startChild, type Child } from '../processes/child.ts';
import type { ProcessRegistry } from '../processes/process-registry.ts';
import { waitReady } from '../processes/wait-ready.ts';
import { isServing } from './hub-process.ts';

export interface SpokeInput {
  readonly access: ClusterAccess;
  readonly bundle: string;
  readonly hubUrl: string;
  readonly hubKey: string;
  readonly healthPort: number;
  readonly env: Environment;
  readonly logFile: string;
  readonly registry: ProcessRegistry;
  /** Its name in the Lease; a second spoke of a cluster must have another one. */
  readonly instance?: string;
}

/** As in deploy/spoke/Dockerfile. */
export const spokeFlags = ['--lite-mode', '--max-semi-space-size=1'] as const;

/** Starts the spoke of one cluster with the flags and the rights that it has in a pod. It returns at once: see `waitForSpoke`. */
export async function startSpoke(input: SpokeInput): Promise<Child> {
  const { access, bundle, hubUrl, hubKey, healthPort, env, logFile, registry, instance } = input;
  return startChild(registry, {
    kind: 'spoke',
    cluster: access.name,
    command: process.execPath,
    args: [...spokeFlags, bundle],
    env: childEnvironment(env, {
      ACCORD_HUB_URL: hubUrl,
      ACCORD_HUB_KEY: hubKey,
      ACCORD_JOIN_TOKEN_FILE: access.paths.joinToken,
      ACCORD_KUBE_URL: access.url,
      ACCORD_KUBE_TOKEN_FILE: access.paths.spokeToken,
      ACCORD_KUBE_CA_FILE: access.paths.caFile,
      ACCORD_HEALTH_LISTEN: `127.0.0.1:${healthPort}`,
      ...(instance === undefined ? {} : { ACCORD_INSTANCE: instance }),
    }),
    logFile,
  });
}

/** Returns when the spoke is ready. A spoke that is not within a minute is killed; rejects as `waitReady`. */
export async function waitForSpoke(child: Child, { access, healthPort }: SpokeInput, signal: AbortSignal): Promise<void> {
  const probe = () => isServing(`http://127.0.0.1:${healthPort}/readyz`);
  await waitReady({ what: `spoke of ${access.name}`, child, probe, limitMs: 60_000 }, signal);
}
