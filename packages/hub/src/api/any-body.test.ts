import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

let hub: MemoryHub;
beforeAll(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('dev', { env: 'dev' });
});
afterAll(() => hub.stop());

const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
const merge = { 'content-type': 'application/merge-patch+json' };
const object = (spec: unknown, metadata: object = {}): object => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name: 'p', ...metadata },
  spec,
});

/** Values that come close to what is wanted get further in than any at random. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>({}, [], '', null, -1, 1e300, '__proto__', { matchLabels: { a: null } }, [{ name: 'x' }], [{ manifest: {} }]),
);
const spec = fc.dictionary(
  fc.constantFrom(
    'clusterSelector',
    'namespaces',
    'objects',
    'clusterRoles',
    'clusterBindings',
    'priority',
    'mode',
    'prune',
    'epoch',
    'constructor',
    '__proto__',
  ),
  value,
);

describe('whatever is sent', () => {
  const routes: [method: 'PUT' | 'POST' | 'PATCH' | 'DELETE', url: string, headers: Record<string, string>][] = [
    ['PUT', `${policies}/p`, {}],
    ['POST', policies, {}],
    ['PATCH', `${policies}/p`, merge],
    ['DELETE', `${policies}/p`, {}],
    ['PUT', '/apis/accord.dev/v1alpha1/clusters/dev', {}],
    ['PATCH', '/apis/accord.dev/v1alpha1/clusters/dev', merge],
    ['POST', '/v1/preview', {}],
    ['POST', '/v1/join-tokens', {}],
    ['POST', '/v1/api-tokens', {}],
    ['POST', '/v1/policies/p/confirm-removal', {}],
    ['POST', '/v1/fleet/confirm-epoch', {}],
  ];
  test.each(routes)('%s %s answers, and never with an error of its own', async (method, url, headers) => {
    await hub.call('PUT', `${policies}/p`, { body: object({}) });
    const bodies = fc.oneof(
      fc.jsonValue(),
      spec.map((some) => object(some)),
      spec.map((some) => ({ spec: some })),
      spec.map((some) => ({ object: object(some) })),
      value.map((labels) => object({}, { labels, annotations: labels })),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom('application/json', 'application/yaml', undefined), async (body, type) => {
        const { status } = await hub.call(method, url, {
          body,
          headers: type === undefined || headers === merge ? headers : { 'content-type': type },
        });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });

  test('no query makes an error of its own', async () => {
    const names = ['labelSelector', 'fieldSelector', 'limit', 'continue', 'resourceVersion', 'wait', 'timeout', 'dryRun', 'state'];
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...names), fc.string()),
        fc.constantFrom(policies, '/v1/policies/p/clusters', '/v1/changes', '/v1/audit'),
        async (query, path) => {
          const { status } = await hub.call('GET', `${path}?${new URLSearchParams(query).toString()}`);
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a bug would be seen: the log of all this has no error', () => {
    expect(hub.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
