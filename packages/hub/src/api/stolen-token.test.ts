/** An API token of role admin was stolen: what its thief does, and what is left of it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

let hub: MemoryHub;
let stolen: string;
beforeEach(async () => {
  hub = await startMemoryHub();
  stolen = (await hub.call('POST', '/v1/api-tokens', { body: { name: 'ops', role: 'admin' } })).body.token;
});
afterEach(() => hub.stop());

interface Entry {
  readonly actor: string;
  readonly action: string;
}

const asThief = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => hub.call(method, path, { body, token: stolen });

/** What the audit says that he did, the last first. That he was there is written a moment later. */
async function audited(): Promise<readonly string[]> {
  const { body } = await hub.call('GET', '/v1/audit');
  return body.items
    .filter(({ actor, action }: Entry) => actor === 'token/ops' && action !== 'CallerSeen')
    .map(({ action }: Entry) => action);
}

async function rob(): Promise<{ readonly made: string; readonly invitation: string }> {
  const made = (await asThief('POST', '/v1/api-tokens', { name: 'backdoor', role: 'admin' })).body.token;
  const invitation = (await asThief('POST', '/v1/join-tokens', { cluster: 'mine', labels: { env: 'prod' } })).body.token;
  const spec = { clusterSelector: {}, namespaces: [{ name: 'mine', configMaps: [{ name: 'c', data: {} }] }] };
  const policy = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'evil' }, spec };
  expect((await asThief('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/evil', policy)).status).toBe(201);
  return { made, invitation };
}

test('the audit names everything that was done with it, refusals too', async () => {
  await rob();
  expect((await hub.call('DELETE', '/v1/api-tokens/ops')).status).toBe(200);
  expect((await asThief('GET', '/v1/fleet')).status).toBe(401);
  expect(await audited()).toEqual(['PolicyCreated', 'JoinTokenCreated', 'NameReserved', 'ApiTokenCreated']);
  // What was refused is written a moment later, many at once.
  await vi.waitFor(async () => expect(JSON.stringify((await hub.call('GET', '/v1/audit')).body)).toContain('token ops is revoked'));
});

test('what was made with it outlives it, and the audit says what that is', async () => {
  const { made } = await rob();
  await hub.call('DELETE', '/v1/api-tokens/ops');
  expect((await hub.call('GET', '/v1/fleet', { token: made })).status).toBe(200);
  const tokens = (await hub.call('GET', '/v1/join-tokens')).body.items;
  expect(tokens).toMatchObject([{ cluster: 'mine', state: 'Open', createdBy: 'token/ops' }]);
  await hub.call('DELETE', '/v1/api-tokens/backdoor');
  await hub.call('DELETE', `/v1/join-tokens/${tokens[0].hash}`);
  expect((await hub.call('GET', '/v1/fleet', { token: made })).status).toBe(401);
  expect((await hub.call('GET', '/v1/join-tokens')).body.items[0].state).toBe('Deleted');
});

test('nothing that it reads holds a private key or a token', async () => {
  await rob();
  for (const path of ['/v1/api-tokens', '/v1/join-tokens', '/v1/audit', '/v1/keys/spokes-scope', '/v1/fleet']) {
    const text = JSON.stringify((await asThief('GET', path)).body);
    expect(text).not.toMatch(/\bS[AOU][A-Z2-7]{56}\b/);
    for (const secret of [stolen, hub.adminToken]) expect(text).not.toContain(secret);
  }
});
