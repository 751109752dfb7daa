import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One process, for ever: a pid alone is used again sooner or later. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

/** True while exactly this process runs. A foreign process that got the same pid later has another start time. */
export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  return processStartTime(pid) === startTime;
}

/** When the process started, as the kernel writes it; undefined when there is no such process, or only its exit status is left. */
export function processStartTime(pid: number): string | undefined {
  return process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
}

function startTimeFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  return parseProcStat(stat);
}

/** Reads field 22 of `/proc/<pid>/stat` (proc_pid_stat(5)): clock ticks since boot. */
export function parseProcStat(stat: string): string | undefined {
  // Field 2 is the name in parentheses, and a name may hold blanks and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];
  return state === undefined || isDead(state) ? undefined : startTime;
}

function startTimeFromPs(pid: number): string | undefined {
  try {
    const output = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [state = '', ...time] = output.trim().split(/\s+/);
    return state === '' || isDead(state) ? undefined : time.join(' ');
  } catch {
    return undefined;
  }
}

/** A zombie waits for its parent to fetch the status. It runs nothing and cannot be stopped any more. */
function isDead(state: string): boolean {
  return state.startsWith('Z') || state.startsWith('X');
}
