import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { Discovery } from './discovery.ts';
import type { ObjectMeta, WatchEvent } from './kube.ts';
import { definitionKind } from './own-kinds.ts';
import type { Transport } from './transport.ts';

const never = new AbortController().signal;
const meta: ObjectMeta = { uid: 'u', resourceVersion: '1', labels: {}, annotations: {}, managedFields: [], deletionTimestamp: undefined };

/** A server that serves widgets, once it does. */
function world() {
  const clock = new ManualClock(1_000_000);
  const server = { served: ['Widget'], asked: 0 };
  const send = async ({ path }: { readonly path: string }) => {
    if (path === '/apis') server.asked += 1;
    const resources = server.served.map((kind) => ({
      ...{ resource: `${kind.toLowerCase()}s`, scope: 'Namespaced', verbs: ['get'] },
      responseKind: { group: 'example.com', version: 'v1', kind },
    }));
    const items = path === '/apis' ? [{ metadata: { name: 'example.com' }, versions: [{ version: 'v1', resources }] }] : [];
    return { status: 200, body: { items } };
  };
  const discovery = new Discovery({ send } as unknown as Transport, clock);
  const show = (type: 'present' | 'gone', name: string, deletionTimestamp?: string): void => {
    const event: WatchEvent = {
      ...{ type, key: `apiextensions.k8s.io/CustomResourceDefinition//${name}` as never },
      ...{ ref: { kind: definitionKind, namespace: undefined, name }, meta: { ...meta, deletionTimestamp } },
    };
    discovery.onDefinition(event);
  };
  const find = async (kind: string): Promise<string> => (await discovery.kindOf('example.com/v1', kind, never))?.resource ?? 'none';
  return { clock, server, discovery, show, find };
}

/** A server with these groups. */
function groupsWorld() {
  const groups: object[] = [];
  const send = async ({ path }: { readonly path: string }) => ({ status: 200, body: { items: path === '/apis' ? groups : [] } });
  const serve = (name: string, ...versions: readonly object[]): void => void groups.push({ metadata: { name }, versions });
  const forget = (): void => void groups.splice(0);
  return { discovery: new Discovery({ send } as unknown as Transport, new ManualClock(1)), serve, forget };
}

test('a kind that is missed is asked for again, though not for each object that misses it', async () => {
  const { clock, server, find } = world();
  expect([await find('Gadget'), await find('Gadget'), await find('Ghost'), server.asked]).toEqual(['none', 'none', 'none', 1]);
  server.served.push('Gadget');
  clock.advance(300);
  expect([await find('Gadget'), await find('Widget'), server.asked]).toEqual(['gadgets', 'widgets', 2]);
});

test('what goes with a namespace is what can be deleted in one, once for all of its versions', async () => {
  const kind = (name: string, scope: string, ...verbs: string[]) => ({
    ...{ resource: `${name.toLowerCase()}s`, scope, verbs },
    responseKind: { kind: name },
  });
  const { discovery, serve } = groupsWorld();
  serve('', { version: 'v1', resources: [kind('Pod', 'Namespaced', 'get', 'delete'), kind('Node', 'Cluster', 'get', 'delete')] });
  serve('metrics.k8s.io', { version: 'v1', resources: [kind('PodMetrics', 'Namespaced', 'get', 'list')] });
  serve(
    'example.com',
    ...[
      { version: 'v2', resources: [kind('Widget', 'Namespaced', 'delete')] },
      { version: 'v1', resources: [kind('Widget', 'Namespaced', 'delete'), kind('Gadget', 'Namespaced', 'delete')] },
    ],
  );
  const found = await discovery.inNamespaces(never);
  expect(found.map(({ group, version, resource }) => `${group}/${version} ${resource}`)).toEqual([
    '/v1 pods',
    'example.com/v2 widgets',
    'example.com/v1 gadgets',
  ]);
});

test('while a server behind the API server does not answer, nobody knows what goes with a namespace', async () => {
  const { discovery, serve } = groupsWorld();
  serve('example.com', { version: 'v1', freshness: 'Stale' });
  await expect(discovery.inNamespaces(never)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a definition that changed lets who misses a kind ask at once, and costs nobody else a request', async () => {
  const { server, show, find } = world();
  await find('Gadget');
  server.served.push('Gadget');
  show('present', 'gadgets.example.com');
  expect([await find('Widget'), server.asked]).toEqual(['widgets', 1]);
  expect([await find('Gadget'), server.asked]).toEqual(['gadgets', 2]);
});

test('a kind whose definition is being deleted counts as gone, and is there again with the next definition', async () => {
  const { server, show, find } = world();
  expect(await find('Widget')).toBe('widgets');
  show('present', 'widgets.example.com', '2026-01-01T00:00:00Z');
  expect(await find('Widget')).toBe('none');
  server.served = [];
  show('gone', 'widgets.example.com');
  expect(await find('Widget')).toBe('none');
  server.served = ['Widget'];
  show('present', 'widgets.example.com');
  expect(await find('Widget')).toBe('widgets');
});

test('a kind is found in the version that is served: its own, or the one that the server prefers', async () => {
  const { discovery, serve } = groupsWorld();
  const widget = { resource: 'widgets', scope: 'Namespaced', verbs: ['get'], responseKind: { kind: 'Widget' } };
  serve('example.com', { version: 'v2', resources: [widget] }, { version: 'v1', resources: [widget] });
  const found = async (version: string, kind = 'Widget') =>
    (await discovery.servedAs({ group: 'example.com', version, kind }, never))?.version ?? 'none';
  expect([await found('v1'), await found('v2'), await found('v1beta1'), await found('v1', 'Gadget')]).toEqual(['v1', 'v2', 'v2', 'none']);
});

test('which version is served is asked anew after a definition was written, and not for each object', async () => {
  const { server, show, discovery } = world();
  const widget = { group: 'example.com', version: 'v1', kind: 'Widget' };
  await discovery.servedAs(widget, never);
  await discovery.servedAs(widget, never);
  expect(server.asked).toBe(1);
  server.served = [];
  show('present', 'widgets.example.com');
  expect([await discovery.servedAs(widget, never), server.asked]).toEqual([undefined, 2]);
});

test('while a server behind the API server does not answer, its kinds are not known, and are no kinds that are not served', async () => {
  const { discovery, serve } = groupsWorld();
  serve('example.com', { version: 'v1', freshness: 'Stale' });
  await expect(discovery.kindOf('example.com/v1', 'Widget', never)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(discovery.servedAs({ group: 'example.com', version: 'v2', kind: 'Widget' }, never)).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(await discovery.kindOf('other.example.com/v1', 'Widget', never)).toBeUndefined();
  expect(await discovery.servedAs({ group: 'other.example.com', version: 'v1', kind: 'Widget' }, never)).toBeUndefined();
});

test('a kind that was not known is found as soon as the server behind the API server answers', async () => {
  const { discovery, serve, forget } = groupsWorld();
  const widget = { group: 'example.com', version: 'v1', kind: 'Widget' };
  serve('example.com', { version: 'v1', freshness: 'Stale' });
  await expect(discovery.servedAs(widget, never)).rejects.toMatchObject({ code: 'unavailable' });
  forget();
  const resource = { resource: 'widgets', scope: 'Namespaced', verbs: ['get'], responseKind: { kind: 'Widget' } };
  serve('example.com', { version: 'v1', resources: [resource] });
  expect((await discovery.servedAs(widget, never))?.resource).toBe('widgets');
});
