import { once } from 'node:events';
import { request } from 'node:http';
import { ListLog } from '@accord/runtime/log';
import { Meter } from '@accord/runtime/metrics/meter';
import { read } from '@accord/runtime/metrics/metric';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { serveHealth } from './health.ts';
import { allSpokeMetrics, spokeMetrics } from './metrics/spoke-metrics.ts';

const stop = new AbortController();
const log = new ListLog();
const meter = new Meter(allSpokeMetrics);
const state = { isReady: false };
let port = 0;
beforeAll(async () => {
  const readings = () => [read(spokeMetrics.connected, 1), ...meter.readings()];
  serveHealth('127.0.0.1:0', { isHealthy: () => true, isReady: () => state.isReady, readings }, log, stop.signal);
  const told = await vi.waitUntil(() => log.lines.find(({ message }) => message === 'health is served'));
  ({ port } = told.fields['address'] as { readonly port: number });
});
afterAll(() => stop.abort());

async function ask(path: string, method = 'GET', body = ''): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const sent = request({ host: '127.0.0.1', port, path, method, agent: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [AsyncIterable<Buffer> & { readonly statusCode?: number }];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, text };
}

test('says whether it is healthy and whether it is ready', async () => {
  expect([await ask('/healthz'), await ask('/readyz')]).toEqual([
    { status: 200, text: 'ok\n' },
    { status: 503, text: 'not yet\n' },
  ]);
  state.isReady = true;
  expect((await ask('/readyz')).status).toBe(200);
});

test('tells its metrics, as they are now', async () => {
  meter.count(spokeMetrics.heals, 2, { kind: 'Role' });
  const { text } = await ask('/metrics');
  expect(text).toContain('# TYPE accord_spoke_connected gauge\naccord_spoke_connected 1\n');
  expect(text).toContain('accord_spoke_heals_total{kind="Role"} 2\n');
  expect(text).toContain('accord_spoke_kube_requests_total{code="429"} 0\n');
});

test.each([
  ['POST', '/metrics', 405],
  ['DELETE', '/healthz', 405],
  ['GET', '/', 404],
  ['GET', '/metrics?x=1', 404],
  ['GET', '/../etc/passwd', 404],
])('%s %s is %i, and its body is not read', async (method, path, status) => {
  expect((await ask(path, method, method === 'POST' ? 'x'.repeat(100_000) : '')).status).toBe(status);
});
