import type { ClusterId } from '@accord/proto/ids';
import { beatCodec } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import type { Link } from './connections.ts';
import { connectionOf, type Connection, type Moment, type Presence } from './presence.ts';

const id = 'a'.repeat(26) as ClusterId;
const beat = beatCodec.decode(beatCodec.encode({}));
const startMs = 1_000_000;
/** Seconds after the start of the hub, on both clocks; `lost` are those in which the hub did not run. */
const at = (second: number, lost = 0): Moment => ({ atMs: startMs + second * 1_000, awakeMs: (second - lost) * 1_000 });
const heard = (second: number | undefined, lost = 0): Presence => ({
  beats: new Map(second === undefined ? [] : [[id, { ...at(second, lost), beat }]]),
  startedAtMs: startMs,
});
const busStarted = (second: number, presence: Presence): Presence => ({ ...presence, busStartedAtMs: startMs + second * 1_000 });
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
    ['the bus was started anew and it dials', busStarted(22, heard(20)), at(27), undefined, 'live'],
    ['it dials for longer', busStarted(22, heard(20)), at(36.9), undefined, 'unknown'],
    ['it does not come back', busStarted(22, heard(20)), at(37), undefined, 'offline since 20'],
    ['it hung up because the bus ended', busStarted(22, heard(20)), at(26), closed(21), 'live'],
    ['it was away before the bus ended', busStarted(29, heard(20)), at(30), undefined, 'offline since 20'],
    ['it was heard since the bus was started, and hung up', busStarted(22, heard(23)), at(27.1), closed(23), 'offline since 23'],
    ['it has just logged in again and has not beaten yet', heard(20), at(40), open(39), 'offline since 20'],
  ];
  test.each(rows)('%s', (_claim, presence, now, link, expected) => {
    expect(render(connectionOf(presence, id, now, link))).toBe(expected);
  });
});
