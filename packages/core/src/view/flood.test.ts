import { expect, test } from 'vitest';
import { connectionsPerKeyMax, judgeFlood, messagesPerSecondMax, type Traffic } from './flood.ts';

const traffic = (cid: number, received: number, key = 'U1', sinceMs = 0): Traffic => ({
  ...{ key, server: 'N1', cid, address: '10.0.0.1', sinceMs, received },
});
/** Two looks, ten seconds apart. */
const looked = (before: readonly Traffic[] | undefined, now: readonly Traffic[]): string[] =>
  judgeFlood(before && { connections: before, atServerMs: 50_000 }, { connections: now, atServerMs: 60_000 }).map(
    ({ key, because }) => `${key}: ${because}`,
  );

test('a key that sends as much as it may is no flood, and one that sends more is', () => {
  const most = messagesPerSecondMax * 10;
  expect(looked([traffic(1, 500)], [traffic(1, 500 + most)])).toEqual([]);
  expect(looked([traffic(1, 500)], [traffic(1, 500 + most + 10)])).toEqual(['U1: 2001 messages a second']);
});

test('the connections of a key are counted together, those of two keys are not', () => {
  const half = messagesPerSecondMax * 6;
  const before = [traffic(1, 0), traffic(2, 0), traffic(3, 0, 'U2')];
  expect(looked(before, [traffic(1, half), traffic(2, half), traffic(3, half, 'U2')])).toEqual(['U1: 2400 messages a second']);
});

test('a connection that has come since the last look sent everything since then', () => {
  expect(looked([], [traffic(1, 30_000, 'U1', 55_000)])).toEqual(['U1: 3000 messages a second']);
});

test('an older one that is listed for the first time is judged at the next look', () => {
  expect(looked([], [traffic(1, 1_000_000, 'U1', 40_000)])).toEqual([]);
  expect(looked(undefined, [traffic(1, 1_000_000)])).toEqual([]);
});

test('more connections of a key than any spoke has are a flood', () => {
  const open = (count: number): Traffic[] => Array.from({ length: count }, (_, cid) => traffic(cid, 0));
  expect(looked(undefined, open(connectionsPerKeyMax))).toEqual([]);
  expect(looked(undefined, open(connectionsPerKeyMax + 1))).toEqual(['U1: 9 connections at once']);
});
