import { CodedError } from '@accord/proto/coded-error';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

let hub: MemoryHub;
beforeEach(async () => {
  const refuse = (): Promise<never> => Promise.reject(new CodedError('unauthenticated', 'the proof does not match'));
  hub = await startMemoryHub({ join: { join: refuse, renew: refuse } });
});
afterEach(() => hub.stop());

const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
const send = (method: 'PUT' | 'POST', url: string, remoteAddress: string, body: object) =>
  hub.app.inject({
    ...{ method, url, remoteAddress, payload: JSON.stringify(body) },
    headers: { authorization: `Bearer ${hub.adminToken}`, 'content-type': 'application/json' },
  });
const policy = (name: string, priority: number) => ({
  ...{ apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name } },
  spec: { clusterSelector: {}, priority },
});

/** Waits until so many entries are there, and gives them, the newest first. */
const entries = (query: string, count: number): Promise<readonly string[]> =>
  vi.waitFor(async () => {
    const { body } = await hub.call('GET', `/v1/audit?${query}`);
    const lines = body.items.map(({ actor, action, object, detail }: Record<string, string>) => `${actor} ${action} ${object} ${detail}`);
    expect(lines).toHaveLength(count);
    return lines;
  });

test('each write says from where it came, and is one entry', async () => {
  await send('PUT', `${policies}/p`, '192.0.2.1', policy('p', 1));
  await send('PUT', `${policies}/p`, '192.0.2.2', policy('p', 2));
  // What came from where is recorded on the bus, beside the answer.
  await vi.waitFor(async () =>
    expect(await entries('object=policy.p', 2)).toEqual([
      'admin PolicyChanged policy.p from 192.0.2.2',
      'admin PolicyCreated policy.p from 192.0.2.1',
    ]),
  );
  expect(await entries('action=Written', 0)).toEqual([]);
});

test('whoever is let in is told of with his address, once', async () => {
  for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.9']) await send('PUT', `${policies}/p`, address, policy('p', 1));
  expect((await entries('action=CallerSeen&actor=admin', 3)).toSorted()).toEqual([
    'admin CallerSeen api from 127.0.0.1',
    'admin CallerSeen api from 192.0.2.1',
    'admin CallerSeen api from 192.0.2.9',
  ]);
});

test('a refused renewal says as which cluster it was asked for', async () => {
  const cluster = await hub.addCluster('eu-1', {});
  const request = { cluster, publicKey: 'U', tsMs: 1, nonce: '0123456789abcdef', proof: '' };
  await send('POST', '/v1/renew', '192.0.2.1', request);
  expect(await entries('object=/v1/renew', 1)).toEqual([
    'nobody at 192.0.2.1 POST /v1/renew 401: the proof does not match (as cluster eu-1)',
  ]);
});
