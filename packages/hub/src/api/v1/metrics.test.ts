import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allHubMetrics } from '../../metrics/hub-metrics.ts';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

let hub: MemoryHub;
beforeAll(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('prod', { env: 'prod' });
  const policy = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'pay' }, spec: { clusterSelector: {} } };
  await hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', { body: policy });
  hub.report('prod', 'pay', 'Applied');
});
afterAll(() => hub.stop());

const scrape = async (): Promise<readonly string[]> =>
  String((await hub.call('GET', '/metrics')).body)
    .trim()
    .split('\n');

describe('GET /metrics', () => {
  test('is one well-formed line each', async () => {
    for (const line of await scrape())
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? (-?[0-9.e+-]+|\+Inf))$/);
  });

  test('has what is, what happened and how the process is', async () => {
    const lines = await scrape();
    for (const series of [
      'accord_policy_rows{state="Applied"} 1',
      'accord_clusters{state="live"} 1',
      'accord_ready 1',
      'accord_late_applies_total 0',
    ])
      expect(lines).toContain(series);
    expect(lines.some((line) => line.startsWith('process_resident_memory_bytes '))).toBe(true);
  });

  test('has each series once', async () => {
    const series = (await scrape()).filter((line) => !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')));
    expect(series.filter((one, at) => series.indexOf(one) !== at)).toEqual([]);
  });

  test('names no metric twice, and no label that its definition does not have', async () => {
    const lines = await scrape();
    const names = lines.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2]);
    expect(names).toEqual(allHubMetrics.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    const labelsOf = new Map(allHubMetrics.map(({ name, labels }) => [name, new Set([...Object.keys(labels), 'le'])]));
    const foreign = lines
      .filter((line) => !line.startsWith('#'))
      .flatMap((line) => {
        const [, name = '', labels = ''] = /^(\w+?)(?:_bucket|_sum|_count)?(?:\{(.*)\})? /.exec(line) ?? [];
        const known = labelsOf.get(name) ?? labelsOf.get(/^\w+/.exec(line)?.[0] ?? '');
        return [...labels.matchAll(/(\w+)="/g)].filter(([, label = '']) => known?.has(label) !== true).map(() => line);
      });
    expect(foreign).toEqual([]);
  });
});

describe('requests', () => {
  test('are counted by route and status; an address that is no route is one series, whatever is in it', async () => {
    await hub.call('GET', '/v1/policies/pay/clusters');
    for (const path of ['/a', '/b', '/wp-admin']) await hub.call('GET', path);
    const counted = (await scrape()).filter((line) => line.startsWith('accord_http_requests_total'));
    expect(counted).toContain('accord_http_requests_total{method="GET",route="/v1/policies/:name/clusters",code="200"} 1');
    expect(counted.filter((line) => line.includes('code="404"'))).toEqual([
      'accord_http_requests_total{method="GET",route="unknown",code="404"} 3',
    ]);
  });

  test('that stay open are counted while they do, and their time is not that of an answer', async () => {
    const url = await hub.app.listen({ host: '127.0.0.1', port: 0 });
    const stop = new AbortController();
    const headers = { authorization: `Bearer ${hub.adminToken}` };
    const { body } = await fetch(`${url}/v1/events`, { headers, signal: stop.signal });
    expect(await scrape()).toContain('accord_http_streams_open{kind="events"} 1');
    await body?.cancel();
    stop.abort();
    await vi.waitFor(async () => expect(await scrape()).toContain('accord_http_streams_open{kind="events"} 0'));
    expect((await scrape()).filter((line) => line.startsWith('accord_http_request_seconds') && line.includes('/v1/events'))).toEqual([]);
  });
});
