import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
});
afterEach(() => hub.stop());

async function tokenFor(role: string, name = role): Promise<string> {
  const { body } = await hub.call('POST', '/v1/api-tokens', { body: { name, role } });
  return body.token;
}
const clusters = '/apis/accord.dev/v1alpha1/clusters';
const put = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'p' }, spec: {} };

describe('who may', () => {
  test('without a token nothing but health and the documentation is answered', async () => {
    const paths = [clusters, '/v1/fleet', '/api', '/apis', '/metrics', '/v1/events', '/openapi/v3', '/healthz', '/readyz', '/openapi.json'];
    const answers = await Promise.all(paths.map(async (url) => `${url} ${(await hub.app.inject({ url })).statusCode}`));
    expect(answers.join('\n')).toBe(
      [...paths.slice(0, 7).map((path) => `${path} 401`), ...paths.slice(7).map((path) => `${path} 200`)].join('\n'),
    );
  });

  test('a viewer reads, an operator writes policies, an admin makes tokens', async () => {
    const [viewer, operator] = [await tokenFor('viewer'), await tokenFor('operator')];
    const asked: [token: string, method: 'GET' | 'PUT' | 'POST', url: string, body: unknown][] = [
      [viewer, 'GET', clusters, undefined],
      [viewer, 'PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/p', put],
      [operator, 'PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/p', put],
      [operator, 'POST', '/v1/join-tokens', { cluster: 'c' }],
      [operator, 'POST', '/v1/fleet/confirm-epoch', { epoch: 1 }],
      [operator, 'GET', '/v1/audit', undefined],
    ];
    const statuses: number[] = [];
    for (const [token, method, url, body] of asked) statuses.push((await hub.call(method, url, { token, body })).status);
    expect(statuses).toEqual([200, 403, 201, 403, 403, 403]);
  });

  test('only an admin acknowledges risks or changes what was acknowledged; an operator may stop and delete it', async () => {
    const token = await tokenFor('operator');
    const path = '/apis/accord.dev/v1alpha1/clusterpolicies/p';
    const rules = [{ apiGroups: ['apps'], resources: ['*'], verbs: ['get'] }];
    const risky = { ...put, spec: { clusterRoles: [{ name: 'r', rules }], acknowledgeRisks: ['Wildcard'] } };
    const refused = await hub.call('PUT', path, { token, body: risky });
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('a policy that acknowledges risks needs role admin'),
    ]);
    const written = await hub.call('PUT', path, { body: risky });
    expect([written.status, String(written.headers['warning'])]).toEqual([201, expect.stringContaining('It was acknowledged')]);
    const more = { ...risky, spec: { ...risky.spec, clusterRoles: [{ name: 'r', rules: [...rules, ...rules] }] } };
    const statuses: number[] = [];
    for (const body of [more, put, { ...risky, spec: { ...risky.spec, suspended: true } }])
      statuses.push((await hub.call('PUT', path, { token, body })).status);
    expect(statuses).toEqual([403, 403, 200]);
    expect((await hub.call('DELETE', path, { token })).status).toBeLessThan(300);
  });

  test('a refusal says what is missing and stands in the audit', async () => {
    const viewer = await tokenFor('viewer');
    const { body } = await hub.call('POST', '/v1/join-tokens', { token: viewer, body: { cluster: 'c' } });
    expect(body.detail).toBe('POST /v1/join-tokens needs role admin, and token/viewer has role viewer');
    expect(body.help).toContain('Ask an admin');
    await hub.call('GET', '/v1/fleet', { token: 'guessed' });
    // It is recorded on the bus first, beside the answer.
    await vi.waitFor(async () => {
      const { body: audit } = await hub.call('GET', '/v1/audit?result=refused');
      expect(audit.items.map(({ actor, object, detail }: Record<string, string>) => `${actor} ${object} ${detail}`)).toEqual([
        'nobody at 127.0.0.1 /v1/fleet 401: this hub does not know the token',
        'token/viewer /v1/join-tokens 403: POST /v1/join-tokens needs role admin, and token/viewer has role viewer (from 127.0.0.1)',
      ]);
    });
  });

  test('a revoked token opens nothing from the answer on, also after a restart', async () => {
    const token = await tokenFor('viewer');
    expect((await hub.call('GET', clusters, { token })).status).toBe(200);
    await hub.call('DELETE', '/v1/api-tokens/viewer');
    const refused = await hub.call('GET', clusters, { token });
    expect(`${refused.status} ${refused.body.message}`).toMatch(/^401 token viewer is revoked/);
    hub = await hub.restart();
    expect((await hub.call('GET', clusters, { token })).status).toBe(401);
  });

  test('an expired token says when it expired', async () => {
    const { body } = await hub.call('POST', '/v1/api-tokens', { body: { name: 'short', role: 'viewer', expiresIn: '1s' } });
    await expect
      .poll(async () => (await hub.call('GET', clusters, { token: body.token })).body.message, { timeout: 5_000 })
      .toMatch(/^token short expired at 20/);
  });

  test('a foreign name and a foreign origin are refused, before the token is looked at', async () => {
    const status = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await hub.call('GET', '/healthz', { headers })).status;
    expect(await status({ host: 'localhost:7420' })).toBe(200);
    expect(await status({ host: 'rebound.example:7420' })).toBe(403);
    expect(await status({ origin: 'http://127.0.0.1:7420' })).toBe(200);
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ origin: 'null' })).toBe(403);
  });
});
