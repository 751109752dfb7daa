/** What other clusters are told of one cluster: when it says something new, and never faster than they can bear. */
import { equalJson } from '@accord/proto/canonical';
import type { Capacity, PublishedStatus } from '@accord/proto/record';
import type { Connection } from '../view/presence.ts';
import { refilled, type Credit } from './credit.ts';

/** What the hub remembers of a cluster between two looks at it. */
export interface PublishState {
  /** As it stands in FLEET, or will; undefined before the first time. */
  readonly told: PublishedStatus | undefined;
  /** Changes that may be told at once. */
  readonly credit: Credit;
  /** What the connection was when it was last looked at, and the times at which it came or went. */
  readonly connection: Connection['state'];
  readonly turns: readonly number[];
}

export interface Seen {
  readonly name: string;
  readonly connection: Connection;
  readonly isRevoked: boolean;
  readonly kubernetesVersion: string;
  readonly platform: string;
  readonly capacity: Capacity | undefined;
  /** False while the members of sets have been sent as much about each other as they are to be. */
  readonly hasRoom: boolean;
  readonly nowMs: number;
}

/** A spoke that lies or a cluster that trembles makes all others of its sets write at most this often, after a few changes at once. */
export const changeEveryMs = 10_000;
/** Joining takes three of them, and who is lost and found just after it must not wait. */
const rule = { max: 6, everyMs: changeEveryMs };
/** A cluster that comes and goes as often as this is not ready, however it looks at the moment, until it has been quiet for a while. */
const turnsMax = 8;
const turnsWithinMs = 60_000;
const quietMs = 30_000;

export function startPublishing(told: PublishedStatus | undefined, nowMs: number): PublishState {
  return { told, credit: refilled(undefined, rule, nowMs), connection: 'unknown', turns: [] };
}

/** The next state; `told` of it is what is to be published. `isWaiting`: there is more to tell, and it must be looked at again. */
export function decidePublish(before: PublishState, seen: Seen): { readonly state: PublishState; readonly isWaiting: boolean } {
  const { nowMs, connection } = seen;
  const now = connection.state === 'unknown' ? before.connection : connection.state;
  const isTurn = now !== before.connection && before.connection !== 'unknown';
  const turns = [...before.turns, ...(isTurn ? [nowMs] : [])].filter((atMs) => nowMs - atMs < turnsWithinMs);
  const isFlapping = turns.length >= turnsMax && nowMs - (turns.at(-1) ?? 0) < quietMs;
  const credit = refilled(before.credit, rule, nowMs);
  const looked = { ...before, connection: now, turns, credit };
  const next = statusOf(before.told, seen, isFlapping);
  if (before.told !== undefined && equalJson(before.told, next)) return { state: looked, isWaiting: isFlapping };
  if (credit.left < 1 || !seen.hasRoom) return { state: looked, isWaiting: true };
  return { state: { ...looked, told: next, credit: { ...credit, left: credit.left - 1 } }, isWaiting: isFlapping };
}

function statusOf(told: PublishedStatus | undefined, seen: Seen, isFlapping: boolean): PublishedStatus {
  const { kubernetesVersion, platform, capacity, nowMs } = seen;
  // What a hub that has just started does not know yet is no news.
  if (seen.connection.state === 'unknown' && told !== undefined) return told;
  const known = { kubernetesVersion, platform, ...(capacity !== undefined && { capacity }) };
  const ready = readiness(seen, isFlapping);
  const sinceMs = told?.ready === ready.ready ? told.sinceMs : Math.round(nowMs);
  return { ...ready, sinceMs, ...known };
}

function readiness({ name, connection, isRevoked }: Seen, isFlapping: boolean): Pick<PublishedStatus, 'ready' | 'reason' | 'message'> {
  if (isRevoked)
    return { ready: 'False', reason: 'Revoked', message: `The access of ${name} was taken away; the hub believes nothing that it says.` };
  if (isFlapping)
    return {
      ready: 'False',
      reason: 'Flapping',
      message: `The spoke of ${name} comes and goes; it is ready when it has stayed for a while.`,
    };
  switch (connection.state) {
    case 'live':
      return { ready: 'True', reason: 'Connected', message: `The spoke of ${name} is connected.` };
    case 'offline':
      return { ready: 'False', reason: 'Offline', message: `The hub does not hear the spoke of ${name}.` };
    case 'unknown':
      return { ready: 'Unknown', reason: 'NotHeardYet', message: `The hub has not heard of ${name} yet.` };
  }
}
