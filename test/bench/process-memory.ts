import { readFileSync } from 'node:fs';

/** Resident memory of a process, in MiB: VmRSS of /proc/PID/status. */
export function residentMiB(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (line === null) throw new Error(`no VmRSS of process ${pid}`);
  return Number(line[1]) / 1024;
}
