import { emptyRegistry } from '@accord/core/registry/registry';
import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { renderMetrics } from '@accord/runtime/metrics/render-metrics';
import { expect, test } from 'vitest';
import { allHubMetrics } from './hub-metrics.ts';
import { HubReader, type ReadHubDeps, type StreamState } from './read-hub.ts';

const history: StreamState = { stream: 'HISTORY', messages: 3, bytes: 90, bytesMax: 100, lastSeq: 12 };

function world(change: Partial<ReadHubDeps> = {}) {
  const clock = new ManualClock(1_000_000);
  const registry = emptyRegistry();
  let asked = 0;
  const reader = new HubReader({
    connections: { count: 4 },
    alarms: { raised: () => new Map([['Flood', 2]]) },
    history: { waiting: () => ({ outcome: 1, publish: 0, presence: 0, audit: 0 }), positions: () => ({ OUTCOMES: 0, HISTORY: 10 }) },
    projection: { registry } as never,
    loops: [{ name: 'planner', waiting: 7 }],
    revocations: () => ({ count: 1, max: 9 }),
    isBusConnected: () => true,
    streams: async () => {
      asked += 1;
      return [history];
    },
    diskFreeBytes: () => 5_000,
    ends: () => ({ 'serving-certificate': 1_060_000, 'hub-login': 1_010_000, 'system-login': 990_000 }),
    clock,
    ...change,
  });
  const valueOf = async (series: string): Promise<string | undefined> =>
    renderMetrics(allHubMetrics, await reader.read())
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1);
  return { clock, registry, valueOf, asked: () => asked };
}

test.each([
  ['accord_connections', '4'],
  ['accord_alarms{alarm="Flood"}', '2'],
  ['accord_revocations_max', '9'],
  ['accord_history_waiting{queue="outcome"}', '1'],
  ['accord_loop_keys_waiting{loop="planner"}', '7'],
  ['accord_stream_bytes{stream="HISTORY"}', '90'],
  ['accord_stream_bytes_max{stream="HISTORY"}', '100'],
  ['accord_history_lag_messages{stream="HISTORY"}', '2'],
  ['accord_disk_free_bytes', '5000'],
  ['accord_expiry_seconds{what="serving-certificate"}', '60'],
  ['accord_expiry_seconds{what="system-login"}', '-10'],
])('%s is %s', async (series, value) => expect(await world().valueOf(series)).toBe(value));

test('the server is asked for its streams once in ten seconds, however often the hub is', async () => {
  const { clock, valueOf, asked } = world();
  for (let scrapes = 0; scrapes < 3; scrapes += 1) await valueOf('accord_connections');
  expect(asked()).toBe(1);
  clock.advance(10_000);
  await valueOf('accord_connections');
  expect(asked()).toBe(2);
});

test.each<[name: string, change: Partial<ReadHubDeps>]>([
  ['is not connected', { isBusConnected: () => false }],
  ['does not answer', { streams: () => Promise.reject(new CodedError('timeout', 'no answer')) }],
])('while the bus %s nothing is told of its streams, and everything else is', async (_name, change) => {
  const { valueOf } = world(change);
  expect([await valueOf('accord_stream_bytes{stream="HISTORY"}'), await valueOf('accord_connections')]).toEqual([undefined, '4']);
});

test('of API tokens the one that ends next is told, and none that is over or revoked', async () => {
  const { registry, valueOf } = world();
  const token = (name: string, expiresAtMs: number | undefined, revokedAtMs?: number): void =>
    void registry.apiTokens.set(name, { body: { name, expiresAtMs, revokedAtMs } } as never);
  token('forever', undefined);
  token('over', 900_000);
  token('revoked', 1_001_000, 1);
  expect(await valueOf('accord_expiry_seconds{what="api-token"}')).toBeUndefined();
  token('late', 9_000_000);
  token('next', 1_100_000);
  expect(await valueOf('accord_expiry_seconds{what="api-token"}')).toBe('100');
});
