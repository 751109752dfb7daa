import { randomInt } from 'node:crypto';
import type { BusPlace } from '../bus.ts';

/** In the order in which they are dialled: those of now begin at any of them, so that a fleet spreads, and those of before come last. */
export function serverPool({ servers, former = [] }: BusPlace): string[] {
  const first = servers.length < 2 ? 0 : randomInt(servers.length);
  return [...new Set([...servers.slice(first), ...servers.slice(0, first), ...former])];
}

/** Whether other addresses are to be dialled now. */
export function isElsewhere(place: BusPlace, before: BusPlace): boolean {
  return serversOf(place) !== serversOf(before);
}

function serversOf({ servers, former = [] }: BusPlace): string {
  return [...new Set([...servers, ...former])].toSorted().join();
}
