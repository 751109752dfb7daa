import { readFileSync } from 'node:fs';
import { isRunning, type ProcessIdentity } from '@accord/runtime/processes/process-identity';

/** In the order in which a fleet is stopped: who writes goes before what it writes to. */
export const processKinds = ['spoke', 'hub', 'nats-server', 'kube-controller-manager', 'kube-apiserver', 'etcd'] as const;

export type ProcessKind = (typeof processKinds)[number];

/** What is known about one process of ours, written down so that a later start can find it again. */
export interface ProcessRecord extends ProcessIdentity {
  readonly kind: ProcessKind;
  readonly cluster?: string;
  /** Directory in which the process keeps its data. */
  readonly storeDir?: string;
  readonly argv0: string;
  /** Who started it. */
  readonly parent?: ProcessIdentity;
}

/** Sends a signal to this process and to no other; false when it is gone. */
export function signalProcess(record: ProcessIdentity, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  if (!isRunning(record)) return false;
  try {
    process.kill(record.pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Reads a record; undefined when the file is missing or torn, which means that nothing is known, so nothing may be stopped. */
export function readRecord(path: string, given: Partial<ProcessRecord> = {}): ProcessRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, startTime, kind, cluster, storeDir, argv0, parent } = { ...given, ...value } as Record<string, unknown>;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 1) return undefined;
  if (typeof startTime !== 'string' && typeof startTime !== 'number') return undefined;
  const known = processKinds.find((candidate) => candidate === kind);
  if (known === undefined) return undefined;
  return {
    pid,
    startTime: String(startTime),
    kind: known,
    ...(typeof cluster === 'string' ? { cluster } : {}),
    ...(typeof storeDir === 'string' ? { storeDir } : {}),
    argv0: typeof argv0 === 'string' ? argv0 : '',
    ...(isIdentity(parent) ? { parent } : {}),
  };
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return typeof value === 'object' && value !== null && 'pid' in value && 'startTime' in value;
}
