import type { ClusterId } from '@accord/proto/ids';
import { beatCodec } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import type { Link } from './connections.ts';
import { busEnded, busStarted, connectionOf, type Connection, type Moment, type Presence } from './presence.ts';

const id = 'a'.repeat(26) as ClusterId;
const beat = beatCodec.decode(beatCodec.encode({}));
const startMs = 1_000_000;
/** Seconds after the start of the hub, on both clocks; `lost` are those in which the hub did not run. */
const at = (second: number, lost = 0): Moment => ({ atMs: startMs + second * 1_000, awakeMs: (second - lost) * 1_000 });
const heard = (second: number | undefined, lost = 0): Presence => ({
  beats: new Map(second === undefined ? [] : [[id, { ...at(second, lost), beat }]]),
  startedAtMs: startMs,
});
/** The bus ended and started at these seconds, in turn. */
const away = (presence: Presence, ...seconds: readonly number[]): Presence =>
  seconds.reduce((before, second, turn) => (turn % 2 === 0 ? busEnded : busStarted)(before, at(second).atMs), presence);
const open = (second: number): Link => ({ open: 1, openedAt: at(second), closedAt: undefined });
const closed = (second: number): Link => ({ open: 0, openedAt: at(0), closedAt: at(second) });

function render(connection: Connection): string {
  if (connection.state !== 'offline') return connection.state;
  return `offline since ${(connection.sinceMs - startMs) / 1_000}${connection.isSilent ? ', silent' : ''}`;
}

describe('connectionOf', () => {
  const rows: [claim: string, presence: Presence, now: Moment, link: Link | undefined, expected: string][] = [
    ['nobody was heard yet and the hub has just started', heard(undefined), at(14), undefined, 'unknown'],
    ['nobody was heard when the grace is over', heard(undefined), at(15), undefined, 'offline since 0'],
    ['a beat came eight seconds ago', heard(20), at(28), undefined, 'live'],
    ['a beat came longer ago than that', heard(20), at(28.1), undefined, 'offline since 20'],
    ['the hub itself stood still meanwhile', heard(20), at(40, 15), undefined, 'live'],
    ['the hub stood still before the beat', heard(20, 15), at(28.1, 15), undefined, 'offline since 20'],
    ['it hung up three seconds ago', heard(20), at(23.5), closed(20.5), 'live'],
    ['it hung up longer ago than that', heard(20), at(23.6), closed(20.5), 'offline since 20.5'],
    ['it hung up, and the hub stood still', heard(20), at(30, 8), closed(20.5), 'live'],
    ['it hung up, and its last beat came a little later', heard(21), at(24), closed(20.5), 'offline since 20.5'],
    ['it hung up and was heard since', heard(21.4), at(24), closed(20.5), 'live'],
    ['it is connected and was never heard', heard(undefined), at(16), open(1), 'offline since 0, silent'],
    ['it is connected and has not been heard for long', heard(20), at(29), open(2), 'offline since 20, silent'],
    ['the bus was started anew and it dials', away(heard(20), 21, 22), at(27), undefined, 'live'],
    ['it dials for longer', away(heard(20), 21, 22), at(36.9), undefined, 'unknown'],
    ['it does not come back', away(heard(20), 21, 22), at(37), undefined, 'offline since 20'],
    ['it hung up because the bus ended', away(heard(20), 21, 22), at(26), closed(21), 'live'],
    ['it was away before the bus ended', away(heard(20), 29, 30), at(31), undefined, 'offline since 20'],
    ['it was heard since the bus was started, and hung up', away(heard(23), 21, 22), at(27.1), closed(23), 'offline since 23'],
    ['the bus is away and it was heard before', away(heard(20), 21), at(24), closed(20.5), 'live'],
    ['the bus is away for long', away(heard(20), 21), at(4_000), closed(20.5), 'unknown'],
    ['the bus ends again while it still dials', away(heard(20), 21, 22, 29, 30), at(44.9), undefined, 'unknown'],
    ['the bus ends and ends, and it does not come back', away(heard(20), 21, 22, 29, 30), at(45), undefined, 'offline since 20'],
    ['the bus ends again when it could have been back', away(heard(20), 21, 22, 37, 38), at(39), undefined, 'offline since 20'],
    ['it was heard between two ends of the bus', away(heard(25), 21, 22, 29, 30), at(44.9), undefined, 'unknown'],
    ['the bus ends before it could be heard', away(heard(undefined), 11, 12), at(26.9), undefined, 'unknown'],
    ['and it does not come back', away(heard(undefined), 11, 12), at(27), undefined, 'offline since 0'],
    ['the bus ends when it could have been heard', away(heard(undefined), 16, 17), at(18), undefined, 'offline since 0'],
    ['it has just logged in again and has not beaten yet', heard(20), at(40), open(39), 'offline since 20'],
  ];
  test.each(rows)('%s', (_claim, presence, now, link, expected) => {
    expect(render(connectionOf(presence, id, now, link))).toBe(expected);
  });
});
