import { parseDuration } from '@accord/proto/duration';
import type { GuardrailWindow } from '@accord/proto/guardrail';
import { Cron } from 'croner';

/** A time that comes again and again. */
export interface Window {
  /** The first start after this time; undefined when there is none. */
  readonly startAfter: (ms: number) => number | undefined;
  readonly lengthMs: number;
}

/** Whether one of several windows is open, and until when it stays so; `untilMs` is undefined when it never changes. */
export interface WindowState {
  readonly isOpen: boolean;
  readonly untilMs: number | undefined;
}

/** Windows that follow one another without a gap are one; more than this many in a row count as always open. */
const rowMax = 1_000;

/** Throws RangeError with the place of what is no schedule, no duration or no time zone. */
export function readWindow({ schedule, duration, timeZone = 'UTC' }: GuardrailWindow, index: number): Window {
  const at = `spec.windows[${index}]`;
  const lengthMs = parseDuration(duration);
  if (lengthMs === undefined) throw new RangeError(`${at}.duration: ${JSON.stringify(duration)} is no duration`);
  const cron = scheduleOf(schedule, timeZone, at);
  return { lengthMs, startAfter: (ms) => cron.nextRun(new Date(ms))?.getTime() };
}

function scheduleOf(schedule: string, timeZone: string, at: string): Cron {
  if (!isTimeZone(timeZone)) throw new RangeError(`${at}.timeZone: ${JSON.stringify(timeZone)} is no time zone, such as Europe/Berlin`);
  try {
    return new Cron(schedule, { timezone: timeZone, mode: '5-part', paused: true });
  } catch (cause) {
    throw new RangeError(`${at}.schedule: ${JSON.stringify(schedule)} is no schedule, such as 0 22 * * 1-5`, { cause });
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** No windows at all are always open. */
export function windowAt(windows: readonly Window[], nowMs: number): WindowState {
  if (windows.length === 0) return { isOpen: true, untilMs: undefined };
  let untilMs = endOfOpen(windows, nowMs);
  if (untilMs === undefined) {
    const starts = windows.flatMap(({ startAfter }) => startAfter(nowMs) ?? []);
    return { isOpen: false, untilMs: starts.length === 0 ? undefined : Math.min(...starts) };
  }
  for (let row = 0; row < rowMax; row += 1) {
    const later = endOfOpen(windows, untilMs);
    if (later === undefined) return { isOpen: true, untilMs };
    untilMs = later;
  }
  return { isOpen: true, untilMs: undefined };
}

/** The latest end among the windows that are open then. */
function endOfOpen(windows: readonly Window[], ms: number): number | undefined {
  const ends = windows.flatMap(({ startAfter, lengthMs }) => {
    const start = startAfter(ms - lengthMs);
    return start !== undefined && start <= ms ? [start + lengthMs] : [];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}
