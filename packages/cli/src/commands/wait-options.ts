import { Option, type Command } from 'commander';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { parseDuration, parseOfflineMax } from '../parse-duration.ts';
import type { Waiting } from '../wait.ts';

export interface WaitOptions {
  readonly wait?: true;
  readonly timeout: number;
  readonly allowOffline: number;
}

/** The flags of every verb that can wait for clusters. */
export function addWaitOptions(command: Command): Command {
  return command
    .option('--wait', 'wait until every cluster is done; exit code 3 when the time is over, 4 when only offline clusters are left')
    .addOption(new Option('--timeout <duration>', 'how long to wait').argParser(parseDuration).default(60_000, '1m'))
    .option('--allow-offline <n>', 'so many offline clusters (or all) are no failure', parseOfflineMax, 0);
}

export function waitingOf({ timeout, allowOffline }: WaitOptions, nowMs: number): Waiting {
  return { deadlineMs: nowMs + timeout, offlineMax: allowOffline };
}

const worstFirst: readonly ExitCode[] = [exitCodes.failed, exitCodes.notConverged, exitCodes.offline];

/** Of several waits the one that a person has to act on first. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return worstFirst.find((code) => codes.includes(code)) ?? exitCodes.done;
}
