import type { BusPlace } from '@accord/bus/bus';

/** More than one, since a hub may be told wrong addresses twice before somebody notices. */
const formerMax = 4;

/** Where the bus was before the hub named `next`, latest first. */
export function formerServers({ servers, former = [] }: BusPlace, next: readonly string[]): readonly string[] {
  if (next.length === 0) return former;
  return [...new Set([...servers, ...former])].filter((server) => !next.includes(server)).slice(0, formerMax);
}
