import { parseDuration } from '@accord/proto/duration';
import type { GuardrailWindow } from '@accord/proto/guardrail';
import { Cron } from 'croner';

/** A time that comes again and again. */
export interface Window {
  /** The first start after this time; undefined when there is none. */
  readonly startAfter: (ms: number) => number | undefined;
  readonly lengthMs: number;
}

/** Whether one of several windows is open, and when that may change; `untilMs` is undefined where it never does. */
export interface WindowState {
  readonly isOpen: boolean;
  readonly untilMs: number | undefined;
}

/** Windows that follow one another without a gap are one; nobody has to know now what comes after more than this. */
const horizonMs = 3_600_000;

/** Throws RangeError with the place of what is no schedule, no duration or no time zone. */
export function readWindow({ schedule, duration, timeZone = 'UTC' }: GuardrailWindow, index: number): Window {
  const at = `spec.windows[${index}]`;
  const lengthMs = parseDuration(duration);
  if (lengthMs === undefined) throw new RangeError(`${at}.duration: ${JSON.stringify(duration)} is no duration`);
  const cron = scheduleOf(schedule, timeZone, at);
  return { lengthMs, startAfter: remembered((ms) => cron.nextRun(new Date(ms))?.getTime()) };
}

/** To find no start in all years to come takes long, and is asked again and again. */
function remembered(startAfter: Window['startAfter']): Window['startAfter'] {
  let last: { readonly fromMs: number; readonly start: number | undefined } | undefined;
  return (ms) => {
    const holds = last !== undefined && ms >= last.fromMs && (last.start === undefined || last.start > ms);
    if (!holds) last = { fromMs: ms, start: startAfter(ms) };
    return last?.start;
  };
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
  const endMs = endOfOpen(windows, nowMs);
  if (endMs !== undefined) return { isOpen: true, untilMs: endOfRow(windows, endMs, nowMs + horizonMs) };
  const starts = windows.flatMap(({ startAfter }) => startAfter(nowMs) ?? []);
  return { isOpen: false, untilMs: starts.length === 0 ? undefined : Math.min(...starts) };
}

function endOfRow(windows: readonly Window[], endMs: number, horizon: number): number {
  const later = endMs > horizon ? undefined : endOfOpen(windows, endMs);
  return later === undefined ? endMs : endOfRow(windows, later, horizon);
}

/** The latest end among the windows that are open then. */
function endOfOpen(windows: readonly Window[], ms: number): number | undefined {
  const ends = windows.flatMap(({ startAfter, lengthMs }) => {
    const start = startAfter(ms - lengthMs);
    return start !== undefined && start <= ms ? [start + lengthMs] : [];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}
