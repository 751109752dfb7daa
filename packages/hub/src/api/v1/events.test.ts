import { eventSchema, type HubEvent } from '@accord/proto/api';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
let hub: MemoryHub;
let url: string;
beforeAll(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('dev', { env: 'dev' });
  await hub.addCluster('prod-secret', { env: 'prod' });
  url = await hub.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => hub.stop());

const put = (name: string, spec: object = {}): ReturnType<MemoryHub['call']> =>
  hub.call('PUT', `${policies}/${name}`, {
    body: {
      ...{ apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name } },
      spec: { clusterSelector: {}, namespaces: [{ name: 'n' }], ...spec },
    },
  });

interface Reader {
  /** Those that came so far, each of them as the schema says. */
  readonly events: readonly HubEvent[];
  readonly text: () => string;
  /** Of the last event, or of the last sign of life. */
  readonly lastId: () => string;
  readonly close: () => void;
}

async function read({ token = hub.adminToken, after }: { token?: string; after?: string } = {}): Promise<Reader> {
  const ended = new AbortController();
  const headers = { authorization: `Bearer ${token}`, ...(after !== undefined && { 'last-event-id': after }) };
  const response = await fetch(`${url}/v1/events`, { headers, signal: ended.signal });
  let text = '';
  const events: HubEvent[] = [];
  void (async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const all = [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => eventSchema.parse(JSON.parse(json)));
      events.splice(0, events.length, ...all);
    }
  })().catch(() => undefined);
  await vi.waitFor(() => expect(text).toMatch(/^id: /m));
  return { events, text: () => text, lastId: () => [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '', close: () => ended.abort() };
}

const words = (events: readonly HubEvent[]): string =>
  events
    .map((event) =>
      event.type === 'row' ? `${event.row.policy} ${event.row.state}` : 'name' in event ? `${event.type} ${event.name}` : event.type,
    )
    .join(', ');

describe('events', () => {
  test('tell what changed, each with a position', async () => {
    const reader = await read();
    await put('first');
    hub.report('dev', 'first', 'Applied');
    await vi.waitFor(() => expect(words(reader.events)).toBe('policy first, change, first Applied'));
    expect(reader.events[1]).toMatchObject({ id: 'first@1', object: 'policy/first', actor: 'admin' });
    expect(reader.events[2]).toMatchObject({ change: 'first@1', row: { cluster: 'dev' } });
    expect(reader.text().match(/^id: [0-9a-f]{12}-[0-9]+\nevent: /gm)).toHaveLength(3);
    reader.close();
  });

  test('after a position are those that were missed, each thing once and as it is now, and then the live ones', async () => {
    const before = await read();
    const after = before.lastId();
    before.close();
    await put('missed');
    hub.report('dev', 'missed', 'Retrying', 'not yet');
    hub.report('dev', 'missed', 'Applied');
    const reader = await read({ after });
    await vi.waitFor(() => expect(words(reader.events)).toBe('policy missed, change, missed Applied'));
    hub.report('dev', 'missed', 'Failed', 'it says no');
    await vi.waitFor(() => expect(words(reader.events)).toBe('policy missed, change, missed Applied, missed Failed'));
    reader.close();
    const again = await read({ after: reader.lastId() });
    hub.report('dev', 'missed', 'Applied');
    await vi.waitFor(() => expect(words(again.events)).toBe('missed Applied'));
    again.close();
  });

  test.each(['nonsense', '000000000000-3', '-', '9'.repeat(300), 'ABC-1'])(
    'a position like %s means reading anew, and is live',
    async (after) => {
      const reader = await read({ after });
      expect(reader.events).toEqual([{ type: 'reset', reason: 'unknown' }]);
      hub.report('dev', 'missed', 'Applied');
      await vi.waitFor(() => expect(words(reader.events)).toBe('reset, missed Applied'));
      reader.close();
    },
  );

  test('a position that is too far back means reading anew', async () => {
    const first = await read();
    const after = first.lastId();
    first.close();
    for (let n = 0; n < 20_001; n += 1) hub.deps.projection.notify({ type: 'policy', policy: 'missed' as never });
    const late = await read({ after });
    expect(late.events[0]).toEqual({ type: 'reset', reason: 'too-old' });
    late.close();
  });

  test('of what lies outside of bindings nobody is told, and its number tells nothing', async () => {
    const token = await hub.tokenWith({ role: 'viewer', clusters: { matchLabels: { env: 'dev' } }, policies: ['team-*'] });
    const reader = await read({ token });
    const start = reader.lastId();
    await put('secret-a');
    await put('team-a');
    hub.report('prod-secret', 'team-a', 'Applied');
    hub.report('dev', 'secret-a', 'Applied');
    hub.report('dev', 'team-a', 'Applied');
    await vi.waitFor(() => expect(words(reader.events)).toBe('policy team-a, change, team-a Applied'));
    expect(reader.text()).not.toContain('secret');
    expect(Number(reader.lastId().split('-')[1]) - Number(start.split('-')[1])).toBe(3);
    reader.close();
    // The position of one view is none of another.
    const admin = await read({ after: reader.lastId() });
    // What that view has still to tell may follow.
    expect(admin.events[0]).toEqual({ type: 'reset', reason: 'unknown' });
    admin.close();
  });
});
