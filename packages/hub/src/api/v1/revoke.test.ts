import { CodedError } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const startMs = Date.UTC(2026, 0, 1);
const path = '/v1/clusters/eu-1/revoke';
let hub: MemoryHub;
let clock: ManualClock;
let cut: (id: ClusterId) => Promise<void>;
const asked: ClusterId[] = [];
beforeEach(async () => {
  clock = new ManualClock(startMs);
  cut = async () => undefined;
  asked.length = 0;
  const revoker = { cut: (id: ClusterId) => (asked.push(id), cut(id)) };
  const alarms = { of: (id: ClusterId | undefined) => (id === undefined ? ['of the fleet'] : ['of a cluster']) };
  hub = await startMemoryHub({ clock, revoker, alarms });
  await hub.addCluster('eu-1', { env: 'dev' });
});
afterEach(() => hub.stop());

const shown = async () => (await hub.call('GET', '/apis/accord.dev/v1alpha1/clusters/eu-1')).body;

test('a cluster that is revoked stays in the registry, and is shown as that with how it comes back', async () => {
  const answer = await hub.call('POST', path, { headers: { 'accord-reason': 'INC-1' } });
  expect([answer.status, answer.body]).toEqual([
    200,
    { cluster: 'eu-1', revokedAt: '2026-01-01T00:00:00.000Z', change: 'cluster/eu-1@revoked' },
  ]);
  const { status, spec } = await shown();
  expect(asked).toEqual([spec.clusterID]);
  expect(status).toMatchObject({ ready: 'False', connection: 'offline', offlineSince: '2026-01-01T00:00:00.000Z' });
  expect(status.conditions[0]).toMatchObject({ type: 'Ready', status: 'False', reason: 'Revoked' });
  expect(status.conditions[0].message).toContain('accord cluster add eu-1 --replace');
  const { body: audit } = await hub.call('GET', '/v1/audit');
  expect(audit.items[0]).toMatchObject({ action: 'ClusterRevoked', actor: 'admin', reason: 'INC-1', change: 'cluster/eu-1@revoked' });
});

test('the answer comes when the access is cut, and not before', async () => {
  const done = Promise.withResolvers<void>();
  cut = () => done.promise;
  let isAnswered = false;
  const answer = hub.call('POST', path).then(() => (isAnswered = true));
  await expect.poll(() => asked.length).toBe(1);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(isAnswered).toBe(false);
  done.resolve();
  await answer;
});

test('a server that does not take it in time is told of; the cluster is revoked all the same', async () => {
  cut = () => new Promise(() => undefined);
  const answer = hub.call('POST', path);
  await expect.poll(() => asked.length).toBe(1);
  clock.advance(20_000);
  expect(await answer).toMatchObject({
    status: 504,
    body: { code: 'timeout', help: expect.stringContaining('accord cluster revoke eu-1') },
  });
  expect((await shown()).status.conditions[0].reason).toBe('Revoked');
});

test('a server that refuses it is told of', async () => {
  cut = () => Promise.reject(new CodedError('unavailable', 'push claims: the hub stops'));
  expect(await hub.call('POST', path)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
});

test('revoking again changes nothing, and asks the server again', async () => {
  await hub.call('POST', path);
  clock.advance(1_000);
  const again = await hub.call('POST', path);
  expect(again.body).toEqual({ cluster: 'eu-1', revokedAt: '2026-01-01T00:00:00.000Z', change: '' });
  expect(asked).toHaveLength(2);
});

test('a cluster that does not exist is not found, and an operator may not', async () => {
  expect((await hub.call('POST', '/v1/clusters/nobody/revoke')).status).toBe(404);
  const { body } = await hub.call('POST', '/v1/api-tokens', { body: { name: 'oncall', role: 'operator' } });
  expect((await hub.call('POST', path, { token: body.token })).status).toBe(403);
  expect(asked).toEqual([]);
});

test('alarms of the hub stand in the status of the cluster, and those of the fleet with the fleet', async () => {
  expect((await shown()).status.alarms).toEqual(['of a cluster']);
  expect((await hub.call('GET', '/v1/fleet')).body.alarms).toEqual(['of the fleet']);
});
