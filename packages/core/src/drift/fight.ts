import type { Culprit } from './find-culprit.ts';
import type { Heat } from './heat.ts';

/** Somebody undoes an object again and again, so that its heal waits. */
export interface Fight extends Pick<Culprit, 'manager' | 'operation'>, Pick<Heat, 'sinceMs'> {
  /** How often in succession, with the last time, which is not healed yet. */
  readonly times: number;
  /** When the next heal is. */
  readonly untilMs: number;
}

/** In words, as a row tells it of an object. */
export function describeFight({ manager, operation, times, sinceMs, untilMs }: Fight): string {
  const who = `${manager === '' ? 'somebody' : manager}${operation === '' ? '' : ` (${operation})`}`;
  return `undone ${times} times since ${timeOf(sinceMs)}, last by ${who}; the next heal is at ${timeOf(untilMs)}`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
