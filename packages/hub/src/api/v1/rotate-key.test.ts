import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const path = '/v1/clusters/eu-1/rotate-key';
let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('eu-1', { env: 'dev' });
});
afterEach(() => hub.stop());

test('the cluster is told in its record which key to replace, and the audit says who told it', async () => {
  const { status, body } = await hub.call('POST', path, { headers: { 'accord-reason': 'yearly' } });
  const cluster = [...hub.deps.projection.registry.clusters.values()][0]?.body;
  expect([status, body]).toEqual([202, { cluster: 'eu-1', change: 'cluster/eu-1@2', keyToReplace: cluster?.publicKey }]);
  expect(cluster?.keyToReplace).toBe(cluster?.publicKey);
  const { body: audit } = await hub.call('GET', '/v1/audit');
  expect(audit.items[0]).toMatchObject({ action: 'KeyReplacementAsked', actor: 'admin', reason: 'yearly' });
});

test('telling it twice changes nothing', async () => {
  await hub.call('POST', path);
  expect((await hub.call('POST', path)).body.change).toBe('');
});

test('a cluster that does not exist is not found, and an operator may not', async () => {
  expect((await hub.call('POST', '/v1/clusters/nobody/rotate-key')).status).toBe(404);
  const { body } = await hub.call('POST', '/v1/api-tokens', { body: { name: 'oncall', role: 'operator' } });
  expect((await hub.call('POST', path, { token: body.token })).status).toBe(403);
});

test('a revoked cluster is refused, with how it comes back', async () => {
  await hub.call('POST', '/v1/clusters/eu-1/revoke');
  expect(await hub.call('POST', path)).toMatchObject({ status: 403, body: { help: expect.stringContaining('--replace') } });
});
