/** In which mode a cluster starts, and that only somebody who says so changes it. */
import { draft } from '@accord/core/registry/draft';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterByName } from '@accord/core/registry/registry';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const path = '/apis/accord.dev/v1alpha1/clusters/dev';
const merge = { 'content-type': 'application/merge-patch+json' };
const author = { actor: 'test', reason: '', source: '', traceparent: '', requestId: '', requestDigest: new Uint8Array() };

let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('dev', { env: 'dev' });
});
afterEach(() => hub.stop());

const written = (spec: object): object => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'Cluster',
  metadata: { name: 'dev', labels: { env: 'dev' } },
  spec,
});
const modeNow = async (): Promise<unknown> => (await hub.call('GET', path)).body.spec.mode;
const setMode = (mode: string) => hub.call('PATCH', path, { body: { spec: { mode } }, headers: merge });

describe('a write without a mode', () => {
  const doors: [name: string, write: () => ReturnType<MemoryHub['call']>][] = [
    ['a replacement', () => hub.call('PUT', path, { body: written({ region: 'eu' }) })],
    ['a replacement without a spec', () => hub.call('PUT', path, { body: { ...written({}), spec: undefined } })],
    ['a replacement whose mode is null', () => hub.call('PUT', path, { body: written({ mode: null, region: 'eu' }) })],
    ['a merge patch', () => hub.call('PATCH', path, { body: { spec: { region: 'eu' } }, headers: merge })],
    ['a merge patch that takes the mode away', () => hub.call('PATCH', path, { body: { spec: { mode: null } }, headers: merge })],
    ['a relabel', () => hub.call('PATCH', path, { body: { metadata: { labels: { tier: 'edge' } } }, headers: merge })],
  ];
  test.each(doors)('%s keeps Inform', async (_name, write) => {
    await setMode('Inform');
    expect((await write()).status).toBe(200);
    expect(await modeNow()).toBe('Inform');
  });

  test.each(doors)('%s keeps Enforce', async (_name, write) => {
    expect((await write()).status).toBe(200);
    expect(await modeNow()).toBe('Enforce');
  });

  test('as a dry run shows what is kept', async () => {
    await setMode('Inform');
    const { body } = await hub.call('PUT', `${path}?dryRun=All`, { body: written({ region: 'eu' }) });
    expect(body.spec).toMatchObject({ mode: 'Inform', region: 'eu' });
  });

  test('does not move a cluster into Inform whose fact is from before facts named a mode', async () => {
    const { registry } = hub.deps.projection;
    const { body, seq } = clusterByName(registry, 'dev') ?? expect.unreachable('it was added');
    const old = { ...body, spec: {}, revision: 2 } as unknown as ClusterFact;
    await hub.deps.intent.append(draft('cluster', body.id, 'ClusterChanged', old, seq, 'cluster/dev@2'), author);
    expect((await hub.call('PUT', path, { body: written({ region: 'eu' }) })).status).toBe(200);
    expect(await modeNow()).toBe('Enforce');
  });
});

describe('a new cluster', () => {
  const starts: [name: string, route: string, said: object, mode: string][] = [
    ['by a token that says nothing', '/v1/join-tokens', {}, 'Inform'],
    ['by a token with a spec that names no mode', '/v1/join-tokens', { spec: { region: 'eu' } }, 'Inform'],
    ['by a token that says Enforce', '/v1/join-tokens', { mode: 'Enforce' }, 'Enforce'],
    ['by a token whose spec says Enforce', '/v1/join-tokens', { spec: { mode: 'Enforce' } }, 'Enforce'],
    ['by a rule that says nothing', '/v1/join-rules', {}, 'Inform'],
    ['by a rule that says Enforce', '/v1/join-rules', { mode: 'Enforce' }, 'Enforce'],
  ];
  test.each(starts)('%s starts as it should', async (_name, route, said, mode) => {
    const named = route === '/v1/join-rules' ? { name: 'new', namePattern: 'new-*', maxJoins: 2 } : { cluster: 'new' };
    expect((await hub.call('POST', route, { body: { ...named, ...said } })).status).toBe(201);
    expect([...hub.deps.projection.registry.tokens.values()].map(({ body }) => body.spec.mode)).toEqual([mode]);
  });

  test('joining again keeps the mode that it has', async () => {
    expect((await hub.call('POST', '/v1/join-tokens', { body: { cluster: 'dev', replace: true } })).status).toBe(201);
    expect([...hub.deps.projection.registry.tokens.values()].map(({ body }) => body.spec.mode)).toEqual(['Enforce']);
  });
});
