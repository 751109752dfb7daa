/** Bindings at the whole API: what is closed, what is refused, and that nothing of what lies outside is shown. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

const clusters = '/apis/accord.dev/v1alpha1/clusters';
const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
const binding = {
  role: 'operator',
  clusters: { matchLabels: { env: 'dev' } },
  policies: ['team-*'],
  namespaces: ['team-*'],
  parts: ['namespaces', 'quota', 'configMaps'],
};

let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub({ declaredLabels: { env: { required: true, values: ['dev', 'prod', 'stage'], protected: true } } });
  await hub.addCluster('dev-1', { env: 'dev' });
  await hub.addCluster('prod-secret', { env: 'prod' });
});
afterEach(() => hub.stop());

const policy = (name: string, spec: object = {}): object => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name },
  spec: { clusterSelector: { matchLabels: { env: 'dev' } }, namespaces: [{ name: 'team-pay', quota: { hard: { pods: '1' } } }], ...spec },
});
const put = (name: string, spec: object = {}, token = hub.adminToken): ReturnType<MemoryHub['call']> =>
  hub.call('PUT', `${policies}/${name}`, { token, body: policy(name, spec) });

describe('routes', () => {
  test('every route declares who may call it', () => {
    expect(hub.routes.length).toBeGreaterThan(40);
    expect(hub.routes.filter(({ config }) => config?.role === undefined).map(({ method, url }) => `${String(method)} ${url}`)).toEqual([]);
  });

  test('a route that declares nothing is closed, even to the first admin', async () => {
    hub.app.get('/v1/forgotten', () => 'secret');
    const { status, body } = await hub.call('GET', '/v1/forgotten');
    expect([status, body.detail]).toEqual([403, 'GET /v1/forgotten declares no role, so nobody may call it']);
  });

  test('a route that declares a role and no scope is closed to bindings, whatever their role', async () => {
    hub.app.get('/v1/new', { config: { role: 'viewer' } }, () => 'secret');
    const token = await hub.tokenWith({ ...binding, role: 'admin', clusters: {} });
    const { status, body } = await hub.call('GET', '/v1/new', { token });
    expect([status, body.detail]).toEqual([403, 'GET /v1/new concerns the whole fleet, and token/team has role viewer in bindings only']);
    expect((await hub.call('GET', '/v1/new')).status).toBe(200);
  });
});

describe('bindings of a token', () => {
  test('are shown as they count, with what they leave out', async () => {
    await hub.tokenWith({ role: 'viewer', clusters: {} }, binding);
    const { body } = await hub.call('GET', '/v1/api-tokens');
    const full = { namespaces: [], policies: [], parts: [], clusterScoped: false, priorityMax: 100 };
    expect(body.items).toEqual([
      expect.objectContaining({
        name: 'team',
        role: 'operator',
        bindings: [
          { ...full, role: 'viewer', clusters: {} },
          { ...full, ...binding },
        ],
      }),
    ]);
  });

  test('survive a restart', async () => {
    const token = await hub.tokenWith(binding);
    hub = await hub.restart();
    expect((await hub.call('GET', '/v1/whoami', { token })).body).toMatchObject({ actor: 'token/team', bindings: [binding] });
    expect((await put('platform', {}, token)).status).toBe(403);
  });

  test.each([
    [{ role: 'viewer', bindings: [binding] }, 'role, bindings: one of the two is needed'],
    [{}, 'role, bindings: one of the two is needed'],
    [{ bindings: [{ ...binding, parts: ['quotas'] }] }, 'bindings[0].parts[0]: "quotas" is not known here. Did you mean quota?'],
    [{ bindings: [{ ...binding, parts: ['everything'] }] }, 'Write one of namespaces, podSecurity'],
    [{ bindings: [{ ...binding, role: 'operater' }] }, 'Did you mean operator?'],
    [{ bindings: [{ ...binding, policies: ['Team_*'] }] }, 'bindings[0].policies[0]: must be lower-case letters'],
    [{ bindings: [{ ...binding, namespaces: ['a', 'a'] }] }, 'bindings[0].namespaces: names one twice'],
    [{ bindings: [{ ...binding, clusters: { matchLabels: { 'a b': 'c' } } }] }, 'bindings[0].clusters.matchLabels'],
    [
      { bindings: [{ ...binding, clusters: { matchExpressions: [{ key: 'env', operator: 'In' }] } }] },
      'bindings[0].clusters.matchExpressions[0]',
    ],
    [{ bindings: [{ ...binding, clusters: undefined }] }, 'bindings[0].clusters'],
    [{ bindings: [{ ...binding, priorityMax: 5_000 }] }, 'bindings[0].priorityMax'],
    [{ bindings: [] }, 'bindings'],
  ])('%j is refused', async (body, said) => {
    const answer = await hub.call('POST', '/v1/api-tokens', { body: { name: 'team', ...body } });
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining(said)]);
  });
});

describe('refusals', () => {
  test('say what is missing, and stand in the audit with who and what', async () => {
    const token = await hub.tokenWith(binding);
    const { status, body } = await put('team-pay', { priority: 500, namespaces: [{ name: 'other', limits: [{ type: 'Pod' }] }] }, token);
    expect(status).toBe(403);
    expect(body.message).toContain(
      'token/team may not do this: outside of every binding: spec.priority: 500, at most 100; spec.namespaces[0].name: namespace "other"; spec.namespaces[0].limits: the part limits',
    );
    // It is recorded on the bus first, beside the answer.
    await vi.waitFor(async () => {
      const audit = await hub.call('GET', '/v1/audit?result=refused');
      expect(audit.body.items).toEqual([
        expect.objectContaining({
          actor: 'token/team',
          action: 'PUT',
          object: `${policies}/team-pay`,
          detail: expect.stringContaining('spec.priority: 500'),
        }),
      ]);
    });
  });

  test('a dry run is judged as the write', async () => {
    const token = await hub.tokenWith(binding);
    const answer = await hub.call('PUT', `${policies}/team-pay?dryRun=All`, { token, body: policy('team-pay', { clusterSelector: {} }) });
    expect(answer.status).toBe(403);
    await put('team-wide', { clusterSelector: {} });
    expect((await hub.call('DELETE', `${policies}/team-wide?dryRun=All`, { token })).status).toBe(403);
  });

  test('a name outside is refused alike whether there is something or not', async () => {
    await put('platform');
    const token = await hub.tokenWith(binding);
    const said = async (name: string): Promise<string> =>
      [
        await hub.call('PUT', `${policies}/${name}`, { token, body: policy(name) }),
        await hub.call('POST', policies, { token, body: policy(name) }),
        await hub.call('DELETE', `${policies}/${name}`, { token }),
        await hub.call('GET', `${policies}/${name}`, { token }),
      ]
        .map(({ status, body }) => `${status} ${body.message}`)
        .join('\n')
        .replaceAll(name, 'NAME');
    expect(await said('platform')).toBe(await said('nothing'));
    expect(await said('nothing')).toMatch(/^403 .*\n403 .*\n403 .*\n404 /);
  });
});

describe('what is read', () => {
  const row = (name: string, cluster: string): string => `${name} on ${cluster}`;

  test('ends where the bindings end', async () => {
    await put('team-pay');
    await put('team-both', { clusterSelector: {} });
    await put('base-secret', { clusterSelector: {} });
    for (const [cluster, name] of [
      ['dev-1', 'team-pay'],
      ['dev-1', 'base-secret'],
      ['prod-secret', 'team-both'],
    ] as const)
      hub.report(cluster, name, 'Failed', 'because');
    const token = await hub.tokenWith({ ...binding, role: 'admin' });
    const read = async (url: string): Promise<string> => JSON.stringify((await hub.call('GET', url, { token })).body);
    for (const url of [
      clusters,
      policies,
      `${policies}/team-both`,
      '/v1/fleet',
      '/v1/changes',
      '/v1/changes/team-both@1',
      '/v1/audit',
      '/v1/policies/team-both/clusters',
      '/v1/clusters/dev-1/policies',
      '/v1/usage',
      '/v1/fleet/holds',
      '/v1/changes?limit=1',
      '/v1/changes/base-secre@1',
      '/v1/clusters/dev-1',
      '/v1/clusters/prod-secre',
      '/v1/policies/team-both/revisions',
      '/v1/policies/team-both/revisions/1',
      '/v1/policies/team-both/diff?from=1&to=1',
      '/v1/policies/base-secre/revisions',
      '/v1/drift',
      '/v1/drift?cluster=prod-secre',
    ])
      expect([url, (await read(url)).includes('secret')]).toEqual([url, false]);
    const { body } = await hub.call('GET', '/v1/fleet', { token });
    expect(body.problems.map(({ policy: name, cluster }: Record<string, string>) => row(name ?? '', cluster ?? ''))).toEqual([
      'team-pay on dev-1',
    ]);
    const { warning } = (
      await put('team-new', { dependsOn: ['base-secret'], clusterSelector: { matchLabels: { env: 'dev', tier: 'x' } } }, token)
    ).headers;
    expect(String(warning)).toContain('There is no policy base-secret.');
  });

  test('needs one binding for both ends of a row', async () => {
    await put('team-both', { clusterSelector: {} });
    await put('base-secret', { clusterSelector: {} });
    const token = await hub.tokenWith(
      { ...binding, role: 'viewer' },
      { role: 'viewer', clusters: { matchLabels: { env: 'prod' } }, policies: ['base-*'] },
    );
    const rowsOn = async (cluster: string): Promise<unknown> =>
      (await hub.call('GET', `/v1/clusters/${cluster}/policies`, { token })).body.items.map(
        ({ policy: name }: Record<string, string>) => name,
      );
    expect([await rowsOn('dev-1'), await rowsOn('prod-secret')]).toEqual([['team-both'], ['base-secret']]);
  });

  test('a cycle by way of what one does not see is refused without its names', async () => {
    await put('base-secret', { dependsOn: ['team-pay'] });
    const token = await hub.tokenWith(binding);
    const { status, body } = await put('team-pay', { dependsOn: ['base-secret'] }, token);
    expect([status, body.message]).toEqual([422, expect.stringContaining('by way of policies that you do not see')]);
  });
});

describe('declared labels', () => {
  test('a value that is not declared is refused on a cluster and warned of in a selector', async () => {
    const invited = await hub.call('POST', '/v1/join-tokens', { body: { cluster: 'new', labels: { env: 'prd' } } });
    expect([invited.status, invited.body.detail]).toEqual([
      422,
      expect.stringContaining('labels.env: env=prd is not declared. Did you mean prod?'),
    ]);
    const missing = await hub.call('POST', '/v1/join-tokens', { body: { cluster: 'new', labels: {} } });
    expect(missing.body.detail).toContain('Every cluster has a label env. Add it: one of dev, prod, stage.');
    const { headers } = await put('p', { clusterSelector: { matchLabels: { env: 'prd' } } });
    expect(String(headers['warning'])).toContain('env=prd is not declared, so no cluster has it. Did you mean prod?');
  });

  test('a protected label is changed by role admin only', async () => {
    const { body } = await hub.call('POST', '/v1/api-tokens', { body: { name: 'op', role: 'operator' } });
    const patch = (labels: object, token?: string): ReturnType<MemoryHub['call']> =>
      hub.call('PATCH', `${clusters}/dev-1`, {
        body: { metadata: { labels } },
        headers: { 'content-type': 'application/merge-patch+json' },
        ...(token === undefined ? {} : { token }),
      });
    const refused = await patch({ env: 'stage' }, body.token);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('label env is protected, which takes role admin'),
    ]);
    expect((await patch({ tier: 'gold' }, body.token)).status).toBe(200);
    expect((await patch({ env: 'stage' })).status).toBe(200);
    expect((await patch({ env: 'elsewhere' })).status).toBe(422);
  });
});

test('the first admin cannot lock himself out: his token is no fact that anybody could revoke', async () => {
  for (const name of ['admin', 'token/admin', 'first'])
    expect((await hub.call('DELETE', `/v1/api-tokens/${encodeURIComponent(name)}`)).status).toBe(404);
  await hub.call('POST', '/v1/api-tokens', { body: { name: 'admin', role: 'viewer' } });
  await hub.call('DELETE', '/v1/api-tokens/admin');
  hub = await hub.restart();
  expect((await hub.call('GET', '/v1/api-tokens')).status).toBe(200);
});
