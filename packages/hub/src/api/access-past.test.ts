/** Bindings at the past: nothing of what lies outside is shown, and nobody learns that it was there. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

const binding = { role: 'admin', clusters: { matchLabels: { env: 'dev' } }, policies: ['team-*'] };
let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('dev-1', { env: 'dev' });
  await hub.addCluster('prod-secret', { env: 'prod' });
});
afterEach(() => hub.stop());

const put = (name: string, spec: object = {}): ReturnType<MemoryHub['call']> => {
  const all = { clusterSelector: { matchLabels: { env: 'dev' } }, namespaces: [{ name: 'team-pay' }], ...spec };
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec: all };
  return hub.call('PUT', `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`, { body });
};

describe('what is read of the past', () => {
  test('of what is out of reach the past is as if it had none', async () => {
    await put('base-secret', { clusterSelector: {} });
    const token = await hub.tokenWith(binding);
    const said = async (url: string, name: string): Promise<string> => {
      const { status, body } = await hub.call('GET', url.replace('NAME', name), { token });
      return `${status} ${JSON.stringify(body)}`.replaceAll(name, 'NAME');
    };
    const ofPolicies = ['/v1/policies/NAME/revisions', '/v1/policies/NAME/revisions/1', '/v1/policies/NAME/diff?from=1&to=1'];
    for (const url of [...ofPolicies, '/v1/changes/NAME@1', '/v1/changes?policy=NAME', '/v1/drift?policy=NAME'])
      expect(await said(url, 'base-secret')).toBe(await said(url, 'nothing-here'));
    for (const url of ['/v1/clusters/NAME', '/v1/changes?cluster=NAME', '/v1/drift?cluster=NAME'])
      expect(await said(url, 'prod-secret')).toBe(await said(url, 'nothing-here'));
  });

  test('a page of what is seen goes on behind what is not', async () => {
    for (const name of ['team-a', 'base-secret', 'base-more', 'team-b']) await put(name);
    const token = await hub.tokenWith(binding);
    const { body: first } = await hub.call('GET', '/v1/changes?limit=1', { token });
    const { body: second } = await hub.call('GET', `/v1/changes?limit=1&continue=${first.continue}`, { token });
    expect([first.items[0].id, second.items[0].id]).toEqual(['team-b@1', 'team-a@1']);
  });
});
