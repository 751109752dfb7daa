import { setImmediate } from 'node:timers/promises';

/** Resolves after everybody else got to run: between the slices of work that would hold up the process in one piece. */
export function breathe(): Promise<void> {
  return setImmediate();
}
