/** Connection of a cluster: told from its beats, and sooner where the server says that it hung up. */
import type { ClusterId } from '@accord/proto/ids';
import type { Beat } from '@accord/proto/messages';
import type { Link } from './connections.ts';

/** A moment of the hub, on two clocks. */
export interface Moment {
  readonly atMs: number;
  /** Stands still while the hub itself does not get to run: what it did not hear then, nobody kept from it. */
  readonly awakeMs: number;
}

export interface SeenBeat extends Moment {
  readonly beat: Beat;
}

export interface Presence {
  readonly beats: Map<ClusterId, SeenBeat>;
  /** Start of the hub: before `graceMs` are over nobody is called offline. */
  readonly startedAtMs: number;
  /** When the bus was last away under this hub. */
  readonly busOutage?: BusOutage;
}

/** Cuts everybody, who then dials again, spread over ten seconds. One that begins before all of them can be back goes on with the one before. */
export interface BusOutage {
  readonly fromMs: number;
  /** Undefined while the bus is away. */
  readonly untilMs: number | undefined;
}

export type Connection =
  | { readonly state: 'live' }
  /** `isSilent`: it is connected, and its spoke does not answer. */
  | { readonly state: 'offline'; readonly sinceMs: number; readonly isSilent?: true }
  | { readonly state: 'unknown' };

/** Four beats of 2 s, the last of which may be late. */
const offlineAfterMs = 8_000;
/** A spoke that changes its token is back in 13 ms, one that lost its connection after some seconds. */
const closedAfterMs = 3_000;
/** A beat comes on another connection than the news of the end, and may come after it. Whoever is there beats again in the rest of that time. */
const straggleMs = 800;
export const graceMs = 15_000;

export function busEnded(presence: Presence, atMs: number): Presence {
  const { busOutage: before } = presence;
  const isSame = before !== undefined && atMs - (before.untilMs ?? atMs) < graceMs;
  return { ...presence, busOutage: { fromMs: isSame ? before.fromMs : atMs, untilMs: undefined } };
}

export function busStarted(presence: Presence, atMs: number): Presence {
  return { ...presence, busOutage: { fromMs: presence.busOutage?.fromMs ?? atMs, untilMs: atMs } };
}

/** A hub that has just started has heard nobody yet, and calls nobody offline; nor does it whoever is cut because the bus ended. */
export function connectionOf(presence: Presence, id: ClusterId, now: Moment, link?: Link): Connection {
  const { beats, startedAtMs } = presence;
  const seen = beats.get(id);
  const isSilent = isOpenFor(link, now, offlineAfterMs) && { isSilent: true as const };
  if (seen === undefined) {
    const hasTime = now.atMs - startedAtMs < graceMs || isCut(presence, startedAtMs, graceMs, now);
    return hasTime ? { state: 'unknown' } : { state: 'offline', sinceMs: startedAtMs, ...isSilent };
  }
  const wasHeard = now.awakeMs - seen.awakeMs <= offlineAfterMs;
  if (isCut(presence, seen.atMs, offlineAfterMs, now)) return { state: wasHeard ? 'live' : 'unknown' };
  if (!wasHeard) return { state: 'offline', sinceMs: seen.atMs, ...isSilent };
  const closedAt = link?.closedAt;
  // A beat that came later still is of a connection of which the server has not told yet.
  const isGone = closedAt !== undefined && now.awakeMs - closedAt.awakeMs > closedAfterMs && seen.awakeMs <= closedAt.awakeMs + straggleMs;
  return isGone ? { state: 'offline', sinceMs: closedAt.atMs } : { state: 'live' };
}

/** The bus ended before somebody had to be heard again, who has been on his way back since or cannot be. */
function isCut({ busOutage }: Presence, lastMs: number, withinMs: number, now: Moment): boolean {
  if (busOutage === undefined) return false;
  const { fromMs, untilMs = now.atMs } = busOutage;
  return lastMs <= untilMs && fromMs - lastMs <= withinMs && now.atMs - untilMs < graceMs;
}

/** Whoever has just logged in has not had the time to beat. */
function isOpenFor(link: Link | undefined, now: Moment, ms: number): boolean {
  return link !== undefined && link.open > 0 && now.awakeMs - (link.openedAt?.awakeMs ?? now.awakeMs) > ms;
}
