import { randomBytes } from 'node:crypto';
import { createKeyPair } from '@accord/proto/keys';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

const clusters = '/apis/accord.dev/v1alpha1/clusters';
let hub: MemoryHub;
beforeAll(async () => {
  // A bug, as far as a request can tell: what is no CodedError.
  const join = { join: () => Promise.reject(new Error('broken')), renew: () => Promise.reject(new Error('broken')) };
  hub = await startMemoryHub({ join });
});
afterAll(() => hub.stop());

/** Where somebody may put a credential by mistake, or on purpose. What is refused is audited; what is a bug is logged. */
test.each([
  ['an API token', `acc_${randomBytes(32).toString('base64url')}`],
  ['a join token', randomBytes(32).toString('base64url')],
  ['a seed', createKeyPair('user').seed],
])('%s in a request that fails is in no line that the hub logs, before anything is cut out', async (_what, secret) => {
  const authorization = `Bearer ${secret}`;
  const asked = [
    await hub.call('GET', '/v1/fleet', { headers: { authorization } }),
    await hub.call('GET', `/v1/fleet?token=${secret}`, { headers: { authorization: `Basic ${secret}` } }),
    await hub.call('POST', '/v1/join', { body: { token: secret }, headers: { authorization } }),
    await hub.call('PUT', `${clusters}/x?token=${secret}`, { body: `{"metadata": ${secret}` }),
    await hub.call('POST', '/v1/join-tokens', { body: { [secret]: secret } }),
  ];
  expect(asked.every(({ status }) => status >= 400)).toBe(true);
  const text = hub.log.lines.map(({ message, fields }) => `${message} ${JSON.stringify(fields)} ${String(fields.error)}`).join('\n');
  expect(text).not.toContain(secret);
});
