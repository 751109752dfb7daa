import { expect, test } from 'vitest';
import type { ConnectionEvent, ServerMonitor } from './server-monitor.ts';

/** What a monitor is tried on: a server to which keys connect. */
export interface MonitorStage {
  readonly monitor: ServerMonitor;
  /** Keys that the server lets in. */
  readonly keys: readonly [string, string];
  /** Logs in, and resolves when the server has said yes. */
  readonly connect: (key: string) => Promise<{ readonly send: (messages: number) => Promise<void>; readonly close: () => Promise<void> }>;
  /** Tries to log in with a key that is not let in, and resolves when the server has said no. */
  readonly knock: () => Promise<string>;
}

/** The promises of `ServerMonitor`; run on the fake and on a real server. */
export function describeMonitor(open: () => Promise<MonitorStage>): void {
  describeEvents(open);
  describeListings(open);
}

/** Everything that is told, and what is told of one key. */
async function follow({ monitor }: MonitorStage) {
  const seen: ConnectionEvent[] = [];
  const stop = new AbortController();
  await monitor.follow((event) => seen.push(event), stop.signal);
  const keyOf = (event: ConnectionEvent): string => (event.type === 'refused' ? event.key : event.connection.key);
  const ofKey = (key: string): string[] => seen.filter((event) => keyOf(event) === key).map(({ type }) => type);
  return { seen, ofKey, stop };
}

function describeEvents(open: () => Promise<MonitorStage>): void {
  test('who comes and goes is told by key, with what is needed to cut it', async () => {
    const stage = await open();
    const { seen, ofKey, stop } = await follow(stage);
    const [key] = stage.keys;
    const one = await stage.connect(key);
    await expect.poll(() => ofKey(key)).toEqual(['connected']);
    const { connections } = await stage.monitor.listOf(key);
    expect(seen).toContainEqual({ type: 'connected', connection: { ...connections[0], received: undefined } });
    await one.close();
    await expect.poll(() => ofKey(key)).toEqual(['connected', 'ended']);
    expect((await stage.monitor.listOf(key)).connections).toEqual([]);
    stop.abort();
  });

  test('who is cut is told to have ended; cutting it again is no failure', async () => {
    const stage = await open();
    const { ofKey, stop } = await follow(stage);
    const [key, other] = stage.keys;
    await stage.connect(key);
    await stage.connect(other);
    const [connection] = (await stage.monitor.listOf(key)).connections;
    if (connection === undefined) return expect.unreachable('it is connected');
    await stage.monitor.kick(connection);
    await expect.poll(() => ofKey(key)).toEqual(['connected', 'ended']);
    await stage.monitor.kick(connection);
    expect((await stage.monitor.listOf(other)).connections).toHaveLength(1);
    stop.abort();
  });

  test('who is not let in is told with the key that he showed', async () => {
    const stage = await open();
    const { ofKey, stop } = await follow(stage);
    const key = await stage.knock();
    await expect.poll(() => ofKey(key)).toEqual(['refused']);
    stop.abort();
  });
}

function describeListings(open: () => Promise<MonitorStage>): void {
  test('what is open is listed with what it sent, the busiest first', async () => {
    const stage = await open();
    const [quiet, busy] = stage.keys;
    await stage.connect(quiet);
    await (await stage.connect(busy)).send(25);
    const { connections, total } = await stage.monitor.busiest();
    expect([connections[0]?.key, connections[0]?.received, total >= 2]).toEqual([busy, 25, true]);
    expect((await stage.monitor.list(0)).connections.map(({ key }) => key)).toEqual(expect.arrayContaining([quiet, busy]));
    expect((await stage.monitor.list(total)).connections).toEqual([]);
  });

  test('it is told at once that events may have been missed before', async () => {
    const { monitor } = await open();
    const fresh = Promise.withResolvers<void>();
    const stop = new AbortController();
    monitor.onFresh(fresh.resolve, stop.signal);
    await fresh.promise;
    stop.abort();
  });
}
