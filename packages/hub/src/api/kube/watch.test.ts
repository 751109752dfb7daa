import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const path = '/apis/accord.dev/v1alpha1/clusterpolicies';
let hub: MemoryHub;
let url: string;
let ended: AbortController;
beforeEach(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('prod', { env: 'prod' });
  url = await hub.app.listen({ host: '127.0.0.1', port: 0 });
  ended = new AbortController();
});
afterEach(async () => {
  ended.abort();
  await hub.stop();
});

const policy = (name: string, spec: object = {}, labels: object = {}): object => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name, labels },
  spec: { clusterSelector: { matchLabels: { env: 'prod' } }, ...spec },
});
const put = async (name: string, spec = {}, labels = {}): Promise<string> =>
  (await hub.call('PUT', `${path}/${name}`, { body: policy(name, spec, labels) })).body.metadata.resourceVersion;

/** Collects `TYPE name@generation` lines of a watch until it is ended. */
async function watch(query: string): Promise<{ readonly lines: string[]; readonly status: number }> {
  const response = await fetch(`${url}${path}?watch=true&${query}`, {
    headers: { authorization: `Bearer ${hub.adminToken}` },
    signal: ended.signal,
  });
  const lines: string[] = [];
  void (async () => {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const { type, object } = JSON.parse(part);
        lines.push(
          `${type} ${object.metadata.name ?? ''}@${object.metadata.generation ?? ''}${object.status ? ` ${object.status.summary}` : ''}`,
        );
      }
    }
    lines.push('end');
  })().catch(() => undefined);
  return { lines, status: response.status };
}
const version = async (): Promise<string> => (await hub.call('GET', path)).body.metadata.resourceVersion;

describe('watch', () => {
  test('shows what is there, then what changes, what is reported and what goes', async () => {
    await put('a');
    const { lines } = await watch('');
    await put('b');
    hub.report('prod', 'a', 'Applied');
    await expect.poll(() => lines).toEqual(['ADDED a@1 1 pending', 'ADDED b@1 1 pending', 'MODIFIED a@1 1 applied']);
    await hub.call('DELETE', `${path}/b`);
    await expect.poll(() => lines.slice(3)).toEqual(['DELETED b@1 1 pending']);
  });

  test('from a version it shows only what came after', async () => {
    await put('a');
    const from = await version();
    await put('b');
    const { lines } = await watch(`resourceVersion=${from}`);
    await put('c');
    await expect.poll(() => lines).toEqual(['ADDED b@1 1 pending', 'ADDED c@1 1 pending']);
  });

  test('with a selector, what no longer matches is gone and what matches now is new', async () => {
    const { lines } = await watch('labelSelector=team%3Dx');
    await put('a');
    await put('a', {}, { team: 'x' });
    await put('a', { priority: 1 }, { team: 'x' });
    await put('a', { priority: 1 }, {});
    await expect.poll(() => lines).toEqual(['ADDED a@1 1 pending', 'MODIFIED a@2 1 pending', 'DELETED a@2 1 pending']);
  });

  test('sendInitialEvents marks the end of what is there', async () => {
    await put('a');
    const { lines } = await watch('sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true');
    await expect.poll(() => lines).toEqual(['ADDED a@1 1 pending', 'BOOKMARK @']);
  });

  test('a version of an earlier process is too old', async () => {
    await put('a');
    const from = await version();
    hub = await hub.restart();
    url = await hub.app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await hub.call('GET', `${path}?watch=true&resourceVersion=${from}`);
    expect([answer.status, answer.body.reason]).toEqual([410, 'Expired']);
  });

  test('ends when its time is over', async () => {
    const { lines } = await watch('timeoutSeconds=1');
    await expect.poll(() => lines, { timeout: 5_000 }).toEqual(['end']);
  });

  test('ends when the token is revoked', async () => {
    const { body } = await hub.call('POST', '/v1/api-tokens', { body: { name: 'short', role: 'viewer' } });
    const response = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${body.token}` }, signal: ended.signal });
    const text = response.text();
    await hub.call('DELETE', '/v1/api-tokens/short');
    expect(await text).toContain(': connected');
  });
});
