import type { ClusterId } from '@accord/proto/ids';
import { draft } from '@accord/core/registry/draft';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeyPort } from '../deps.ts';
import { everyKey, startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const path = '/v1/keys/spokes-scope';
const author = { actor: 't', reason: '', source: '', traceparent: '', requestId: 'r', requestDigest: new Uint8Array() };
let hub: MemoryHub;
let waiting: readonly ClusterId[];
let renewed: number;
beforeEach(async () => {
  const keys: { current: string; next: string | undefined } = { current: 'A1', next: undefined };
  waiting = [];
  renewed = 0;
  const scope: KeyPort = {
    get current() {
      return keys.current;
    },
    get next() {
      return keys.next;
    },
    begin: async () => void (keys.next ??= 'A2'),
    finish: async () => void Object.assign(keys, { current: keys.next, next: undefined }),
    renewAll: () => void (renewed += 1),
    waiting: () => waiting,
  };
  hub = await startMemoryHub({ keys: everyKey(scope) });
  await hub.deps.intent.append(draft('fleet', 'epoch', 'EpochStarted', { epoch: 1, confirmedEpoch: 1 }, 0, 'fleet@1'), author);
  waiting = [await hub.addCluster('eu-1', {})];
});
afterEach(() => hub.stop());
const rotate = (body: object = {}, of = path) => hub.call('POST', `${of}/rotate`, { body });

test('a second key is added once, everybody renews once, and who has not is named', async () => {
  const begun = { current: 'A1', next: 'A2', waiting: ['eu-1'] };
  expect(await rotate()).toMatchObject({ status: 200, body: begun });
  expect((await rotate()).body).toEqual(begun);
  expect([renewed, (await hub.call('GET', path)).body]).toEqual([1, begun]);
});

test('the first key stays as long as somebody uses a token of it', async () => {
  await rotate();
  const refused = await rotate({ finish: true });
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
    409,
    'conflict',
    'not everybody has renewed since it was added: eu-1',
  ]);
  waiting = [];
  expect((await rotate({ finish: true })).body).toEqual({ current: 'A2', waiting: [] });
});

test('after a theft nobody is waited for', async () => {
  await rotate();
  expect((await rotate({ finish: true, force: true })).body).toEqual({ current: 'A2', waiting: [] });
});

test('nothing is taken out where nothing was added', async () => {
  expect(await rotate({ finish: true, force: true })).toMatchObject({
    status: 409,
    body: { help: expect.stringContaining('accord keys rotate') },
  });
});

test('the audit says what was done by whom, once', async () => {
  await rotate();
  await rotate();
  await rotate({ finish: true, force: true });
  const { body } = await hub.call('GET', '/v1/audit');
  const actions = body.items.map(({ action, actor }: { action: string; actor: string }) => `${action} ${actor}`);
  expect(actions.slice(0, 2)).toEqual(['HubKeyReplaced admin', 'HubKeyAdded admin']);
  expect(actions.filter((said: string) => said.startsWith('HubKeyAdded'))).toHaveLength(1);
});

test('an operator may neither look nor rotate', async () => {
  const { body } = await hub.call('POST', '/v1/api-tokens', { body: { name: 'oncall', role: 'operator' } });
  expect((await hub.call('GET', path, { token: body.token })).status).toBe(403);
  expect((await hub.call('POST', `${path}/rotate`, { token: body.token, body: {} })).status).toBe(403);
});

test('the key that signs desired state signs only when everybody knows it, whatever the hurry', async () => {
  const desired = '/v1/keys/desired';
  await rotate({}, desired);
  expect(await rotate({ finish: true, force: true }, desired)).toMatchObject({
    status: 409,
    body: { help: expect.stringContaining('key-theft') },
  });
  waiting = [];
  expect((await rotate({ finish: true }, desired)).body).toEqual({ current: 'A2', waiting: [] });
});
