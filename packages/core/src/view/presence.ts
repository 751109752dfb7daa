/** Connection of a cluster: told from its beats alone, so that a hub that was just started does not cry wolf. */
import type { ClusterId } from '@accord/proto/ids';
import type { Beat } from '@accord/proto/messages';

export interface SeenBeat {
  readonly atMs: number;
  readonly beat: Beat;
}

export interface Presence {
  readonly beats: Map<ClusterId, SeenBeat>;
  /** Start of the hub: before `graceMs` are over nobody is called offline. */
  readonly startedAtMs: number;
}

export type Connection =
  | { readonly state: 'live' }
  | { readonly state: 'offline'; readonly sinceMs: number }
  | { readonly state: 'unknown' };

/** Four beats of 2 s, the last of which may be late. */
const offlineAfterMs = 8_000;
export const graceMs = 15_000;

/** A hub that has just started has heard nobody yet, and calls nobody offline. */
export function connectionOf({ beats, startedAtMs }: Presence, id: ClusterId, nowMs: number): Connection {
  const seen = beats.get(id);
  if (seen === undefined) return nowMs - startedAtMs < graceMs ? { state: 'unknown' } : { state: 'offline', sinceMs: startedAtMs };
  return nowMs - seen.atMs <= offlineAfterMs ? { state: 'live' } : { state: 'offline', sinceMs: seen.atMs };
}
