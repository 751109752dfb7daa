import type { ProcessIdentity } from '@accord/runtime/processes/process-identity';
import { readPrivateFile, writePrivateFile } from '../private-file.ts';
import type { Listen } from './bus-address.ts';

/** What is known about the server of a data directory, so that the next hub can adopt it. */
export interface NatsRecord extends ProcessIdentity {
  readonly argv0: string;
  /** Kept after its end too: a port that was chosen once is in the credentials of the spokes. */
  readonly listen: Listen;
}

export function writeRecord(path: string, record: NatsRecord): void {
  writePrivateFile(path, JSON.stringify(record));
}

/** Undefined when there is none or it cannot be read: then nothing is known, so nothing may be adopted or stopped. */
export function readRecord(path: string): NatsRecord | undefined {
  let value: Partial<NatsRecord> | null;
  try {
    value = JSON.parse(readPrivateFile(path) ?? 'null') as Partial<NatsRecord> | null;
  } catch {
    return undefined;
  }
  const { pid, startTime, argv0, listen } = value ?? {};
  if (!Number.isSafeInteger(pid) || pid === undefined || pid <= 1) return undefined;
  if (typeof startTime !== 'string' || typeof argv0 !== 'string') return undefined;
  if (typeof listen?.host !== 'string' || !Number.isSafeInteger(listen.port)) return undefined;
  return { pid, startTime, argv0, listen: { host: listen.host, port: listen.port } };
}
