import { readFileSync } from 'node:fs';

/** USER_HZ is 100 on every Linux that Node runs on. Source: proc_pid_stat(5), clock ticks. */
const ticksPerSecond = 100;

/** CPU time of a process so far, user and system: fields 14 and 15 of /proc/PID/stat. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in brackets, may hold spaces; field 3 follows it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
