import { startChild, type Child } from '../processes/child.ts';
import type { ProcessRegistry } from '../processes/process-registry.ts';
import { waitReady } from '../processes/wait-ready.ts';

export interface EtcdInput {
  readonly program: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly clientPort: number;
  readonly peerPort: number;
  readonly registry: ProcessRegistry;
}

/** Starts the one etcd behind all API servers, and waits until it is healthy. */
export async function startEtcd(input: EtcdInput, signal: AbortSignal): Promise<Child> {
  const { program, dataDir, logFile, clientPort, peerPort, registry } = input;
  const [client, peer] = [`http://127.0.0.1:${clientPort}`, `http://127.0.0.1:${peerPort}`];
  const child = await startChild(registry, {
    kind: 'etcd',
    storeDir: dataDir,
    command: program,
    args: [
      `--data-dir=${dataDir}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // A crash of a process loses nothing; only a crash of the machine may. That is right for a fleet that can be made again.
      '--unsafe-no-fsync',
      `--quota-backend-bytes=${4 * 1024 ** 3}`,
      '--log-level=error',
    ],
    env: {},
    logFile,
  });
  await waitReady({ what: 'etcd', child, probe: () => isHealthy(client), limitMs: 60_000 }, signal);
  return child;
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) });
    return answer.ok;
  } catch {
    return false;
  }
}
