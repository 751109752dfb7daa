import { draft } from '@accord/core/registry/draft';
import * as api from '@accord/proto/api';
import * as fleet from '@accord/proto/api-fleet';
import { joinTokensSchema } from '@accord/proto/join-api';
import * as past from '@accord/proto/api-history';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('dev', { env: 'dev' });
  await hub.addCluster('prod', { env: 'prod' });
});
afterEach(() => hub.stop());

const edit = { clusterRole: 'view', groups: ['team'] };
const policy = (spec: object = {}): object => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name: 'pay' },
  spec: { clusterSelector: { matchLabels: { env: 'prod' } }, namespaces: [{ name: 'pay', bindings: [edit] }], ...spec },
});
const put = (spec: object = {}): Promise<unknown> =>
  hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', { body: policy(spec) });

describe('answers', () => {
  /** Strict, so that an answer says no more and no less than the documentation. */
  const strict = (schema: z.ZodObject): z.ZodObject => schema.strict();
  test('are exactly what the schemas say', async () => {
    await put();
    hub.report('prod', 'pay', 'Applied');
    const asked: [url: string, schema: z.ZodObject][] = [
      ['/v1/fleet', api.fleetSchema],
      ['/v1/fleet/series', fleet.fleetSeriesSchema],
      ['/v1/clusters', fleet.clusterSummariesSchema],
      ['/v1/policies', fleet.policySummariesSchema],
      ['/v1/policies/pay/clusters', api.rowsSchema],
      ['/v1/clusters/prod/policies', api.rowsSchema],
      ['/v1/changes', past.changesSchema],
      ['/v1/changes/pay@1', past.changeSchema],
      ['/v1/changes/cluster%2Fprod@1', past.changeSchema],
      ['/v1/clusters/prod', past.clusterAtSchema],
      ['/v1/policies/pay/revisions', past.revisionsSchema],
      ['/v1/policies/pay/revisions/1', past.revisionBodySchema],
      ['/v1/policies/pay/diff?from=1&to=1', past.revisionDiffSchema],
      ['/v1/drift', past.driftsSchema],
      ['/v1/audit', api.auditSchema],
      ['/v1/api-tokens', api.apiTokensSchema],
      ['/v1/join-tokens', joinTokensSchema],
      ['/v1/policies/pay/holds', api.holdsSchema],
      ['/v1/fleet/holds', api.holdsSchema],
      ['/v1/clusters/prod/usage', api.usagesSchema],
      ['/v1/usage?min=80', api.usagesSchema],
    ];
    for (const [url, schema] of asked) {
      const { status, body } = await hub.call('GET', url);
      expect([url, status, strict(schema).safeParse(body).error]).toEqual([url, 200, undefined]);
    }
  });

  test('refusals are problems with a code and what to do', async () => {
    const { status, body, headers } = await hub.call('GET', '/v1/changes/nope@1');
    expect([status, headers['content-type'], api.problemSchema.strict().safeParse(body).success]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      true,
    ]);
    expect(body.help).toContain('accord');
  });
});

describe('traces', () => {
  test('a trace is taken and given back, and one is made where none came', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const taken = await hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', {
      body: policy(),
      headers: { traceparent, 'accord-reason': 'INC-7' },
    });
    expect(taken.headers['traceparent']).toBe(traceparent);
    const { body } = await hub.call('GET', '/v1/changes/pay@1');
    expect([body.traceparent, body.reason, body.actor]).toEqual([traceparent, 'INC-7', 'admin']);
    const made = await hub.call('GET', '/healthz', { headers: { traceparent: '00-zz' } });
    expect(made.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });
});

describe('join tokens', () => {
  const invite = (body: object, headers = {}): ReturnType<MemoryHub['call']> => hub.call('POST', '/v1/join-tokens', { body, headers });

  test('what every cluster gets goes out with each invitation', async () => {
    const installation = { caBundle: 'cGVt', spokeImage: 'r.example.net/spoke:1', spokeImagePullSecrets: ['pull'] };
    const other = await startMemoryHub({ installation });
    const rule = { name: 'edge', namePattern: 'edge-*', maxJoins: 2 };
    const made = [
      await other.call('POST', '/v1/join-tokens', { body: { cluster: 'new' } }),
      await other.call('POST', '/v1/join-rules', { body: rule }),
    ];
    for (const { status, body } of made) expect([status, body]).toEqual([201, expect.objectContaining(installation)]);
    await other.stop();
  });

  test('a name is invited once, and again after the invitation ended', async () => {
    const { status, body } = await invite({ cluster: 'new', labels: { env: 'dev' }, mode: 'Enforce', expiresIn: '1h' });
    expect([status, body.cluster, Buffer.from(body.token, 'base64url').length, body.hubKey]).toEqual([201, 'new', 32, hub.deps.hubKey()]);
    expect((await invite({ cluster: 'new' })).status).toBe(409);
    await hub.call('DELETE', '/v1/join-tokens/new');
    expect((await invite({ cluster: 'new' })).status).toBe(201);
    const { body: listed } = await hub.call('GET', '/v1/join-tokens');
    expect(listed.items.map(({ state }: { state: string }) => state).toSorted()).toEqual(['Deleted', 'Open']);
    expect(JSON.stringify(listed)).not.toContain(body.token);
  });

  test('a name that has joined, a bad label and a long life are refused', async () => {
    expect((await invite({ cluster: 'prod' })).status).toBe(409);
    expect((await invite({ cluster: 'new', labels: { 'accord.dev/name': 'x' } })).body.detail).toContain(
      'metadata.labels[accord.dev/name]',
    );
    expect((await invite({ cluster: 'new', expiresIn: '25h' })).body.detail).toContain('at most 24h');
    const { status, body } = await invite({ cluster: 'new', lables: {} });
    expect(`${status} ${body.detail}`).toContain(
      '400 the body is not what this route takes: lables: There is no field lables here. Did you mean labels?',
    );
  });

  test('a repeated request does not show the token again', async () => {
    const key = { 'idempotency-key': 'once' };
    expect((await invite({ cluster: 'new' }, key)).status).toBe(201);
    expect((await invite({ cluster: 'new' }, key)).status).toBe(409);
  });
});

describe('join', () => {
  const request = {
    publicKey: 'U',
    facts: { kubernetesVersion: '', spokeVersion: '', kubeSystemUID: '', platform: '' },
    tsMs: 1,
    nonce: '0123456789abcdef',
    proof: '',
  };

  test('ten failures are followed by 429, and none of them needs an API token', async () => {
    const { CodedError } = await import('@accord/proto/coded-error');
    const refusing = await startMemoryHub({
      join: {
        join: () => Promise.reject(new CodedError('unauthenticated', 'this join token is unknown, expired or used')),
        renew: () => Promise.reject(new Error()),
      },
    });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1)
      statuses.push((await refusing.call('POST', '/v1/join', { body: request, headers: { authorization: 'Join guessed' } })).status);
    await refusing.stop();
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  test('the token goes to the port with the request, and from where it came', async () => {
    const heard: unknown[] = [];
    const answer = { statement: 's', signature: 't', publicKey: 'k' };
    const joining = await startMemoryHub({
      join: { join: async (...given) => (heard.push(given), answer), renew: () => Promise.reject(new Error()) },
    });
    const { status, body } = await joining.call('POST', '/v1/join', { body: request, headers: { authorization: 'Join secret' } });
    await joining.stop();
    expect([status, body, heard]).toEqual([200, answer, [['secret', request, '127.0.0.1']]]);
  });
});

describe('rows', () => {
  test('are there from the moment of the write, filtered and paged', async () => {
    await put({ clusterSelector: {} });
    hub.report('prod', 'pay', 'Failed', 'no permission');
    const rows = async (query: string): Promise<string> => {
      const { body } = await hub.call('GET', `/v1/policies/pay/clusters?${query}`);
      return `${body.items.map(({ cluster, state }: Record<string, string>) => `${cluster}:${state}`).join(' ')} of ${body.total}`;
    };
    expect(await rows('')).toBe('dev:Pending prod:Failed of 2');
    expect(await rows('state=Failed')).toBe('prod:Failed of 1');
    const { body } = await hub.call('GET', '/v1/policies/pay/clusters?limit=1');
    expect(await rows(`limit=1&continue=${body.continue}`)).toBe('prod:Failed of 2');
    expect((await hub.call('GET', '/v1/policies/nope/clusters')).status).toBe(404);
    expect((await hub.call('GET', '/v1/clusters/nope/policies')).status).toBe(404);
  });
});

describe('confirmations', () => {
  test('a removal is confirmed for a revision and a count', async () => {
    await put();
    const confirm = (revision: number): ReturnType<MemoryHub['call']> =>
      hub.call('POST', '/v1/policies/pay/confirm-removal', { body: { revision, count: 7 } });
    expect((await confirm(9)).status).toBe(409);
    const { status, body } = await confirm(1);
    expect([status, body.change]).toEqual([202, 'pay@1']);
    expect(hub.deps.projection.registry.policies.get('pay' as never)?.body).toMatchObject({ removalsMax: 7, step: 1 });
  });

  test('a cluster that has read the last confirmation, and waits all the same, is heard once more', async () => {
    await put();
    const confirm = async (): Promise<number | undefined> => {
      await hub.call('POST', '/v1/policies/pay/confirm-removal', { body: { revision: 1, count: 7 } });
      return hub.deps.projection.registry.policies.get('pay' as never)?.body.step;
    };
    const waits = (): void => hub.report('prod', 'pay', 'Stalled', { reason: 'RemovalBrake', held: 7 });
    waits();
    expect([await confirm(), await confirm()]).toEqual([1, 1]);
    waits();
    expect([await confirm(), await confirm()]).toEqual([2, 2]);
  });

  test('an epoch is confirmed for the whole fleet, and only the current one', async () => {
    const { intent, projection } = hub.deps;
    const author = { actor: 'hub', reason: '', source: '', traceparent: '', requestId: 'epoch', requestDigest: new Uint8Array() };
    await intent.append(draft('fleet', 'epoch', 'EpochStarted', { epoch: 2, confirmedEpoch: 1 }, 0, 'fleet@2'), author);
    const confirm = async (epoch: number): Promise<number> =>
      (await hub.call('POST', '/v1/fleet/confirm-epoch', { body: { epoch } })).status;
    expect([await confirm(3), await confirm(2)]).toEqual([409, 202]);
    expect(projection.registry.epoch?.body.confirmedEpoch).toBe(2);
  });
});
