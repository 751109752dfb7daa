import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One process, for ever: a pid alone is used again sooner or later. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

/** True while exactly this process runs. */
export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  return processStartTime(pid) === startTime;
}

/** When the process started, as the kernel writes it; undefined when there is none, or only its exit status is left. */
export function processStartTime(pid: number): string | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Field 22 of `/proc/<pid>/stat` (proc_pid_stat(5)): clock ticks since boot. */
function fromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // Field 2 is the name in parentheses, and a name may hold blanks and parentheses itself.
  const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return isDead(state) ? undefined : rest[18];
}

function fromPs(pid: number): string | undefined {
  try {
    const args = ['-o', 'stat=,lstart=', '-p', String(pid)];
    const [state = '', ...time] = execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split(/\s+/);
    return state === '' || isDead(state) ? undefined : time.join(' ');
  } catch {
    return undefined;
  }
}

/** A zombie waits for its parent to fetch the status; it runs nothing. */
function isDead(state: string): boolean {
  return state.startsWith('Z') || state.startsWith('X');
}
