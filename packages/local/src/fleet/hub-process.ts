import { fileURLToPath } from 'node:url';
import { childEnvironment, type Environment } from '../config.ts';
import type { FleetPaths } from '../fleet-paths.ts';
import { startChild, type Child } from '../processes/child.ts';
import type { ProcessRegistry } from '../processes/process-registry.ts';
import { waitReady } from '../processes/wait-ready.ts';

export interface HubInput {
  readonly paths: FleetPaths;
  readonly bundle: string;
  readonly natsServer: string;
  readonly port: number;
  readonly natsPort: number;
  readonly env: Environment;
  readonly logFile: string;
  readonly registry: ProcessRegistry;
}

/**
 * As in deploy/hub/Dockerfile. What is thrown away at once is collected sooner, and threads share what they free: memory that the process
 * keeps. What was compiled at one start is read at the next.
 */
export const hubFlags = ['--max-semi-space-size=2'] as const;
export const hubEnvironment = {
  MALLOC_ARENA_MAX: '2',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../../node_modules/.cache/node', import.meta.url)),
} as const;

/** Starts the hub, which starts or adopts its nats-server, and waits until it serves. */
export async function startHub(
  { paths, bundle, natsServer, port, natsPort, env, logFile, registry }: HubInput,
  signal: AbortSignal,
): Promise<Child> {
  const child = await startChild(registry, {
    kind: 'hub',
    storeDir: paths.hub,
    command: process.execPath,
    args: [
      ...hubFlags,
      bundle,
      `--data=${paths.hub}`,
      `--listen=127.0.0.1:${port}`,
      `--nats-server=${natsServer}`,
      `--nats-listen=127.0.0.1:${natsPort}`,
    ],
    env: childEnvironment(env, { ...telemetryOf(env), ...hubEnvironment }),
    logFile,
  });
  await waitReady({ what: 'hub', child, probe: () => isServing(`http://127.0.0.1:${port}/readyz`), limitMs: 60_000 }, signal);
  return child;
}

/** Where its traces go, by the standard variables of OpenTelemetry. */
function telemetryOf(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (name.startsWith('OTEL_') && value !== undefined ? [[name, value]] : [])),
  );
}

/** True when the health endpoint answers 200. */
export async function isServing(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
