import { iatAheadSecondsMax } from '@accord/core/cluster/decide-revoke';
import type { ClusterId } from '@accord/proto/ids';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { beatCodec } from '@accord/proto/messages';
import { keyIdOf } from '@accord/proto/seal';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { startMemoryHub } from '../api/memory-hub.ts';
import type { HubIdentity } from './hub-identity.ts';
import { CredentialReplacer } from './replace-credentials.ts';

/** Keys of a hub whose tokens nobody checks; what was revoked is kept. */
function identityThatKeeps(revoked: string[], minted: number[] = []): HubIdentity {
  const pair = createKeyPair('account');
  const publicKey = parsePublicKey('account', pair.publicKey);
  return {
    desired: { pair, keyId: keyIdOf(publicKey) },
    desiredPublicKey: rawPublicKey(publicKey),
    hubKey: fingerprint(publicKey),
    mint: ({ iatMin }) => (minted.push(iatMin), { jwt: 'jwt', iat: iatMin, exp: iatMin + 1 }),
    lastIat: () => 0,
    revoke: async (key) => void revoked.push(key),
  };
}

/** A cluster of which a hub that was just started has not heard yet. */
async function unheard() {
  const world = await relabelled();
  world.hub.deps.projection.presence.beats.clear();
  return world;
}

/** A cluster that was relabelled while it was connected, and has not switched to its new credential. */
async function relabelled() {
  const clock = new ManualClock(1_000_000_000_000);
  const hub = await startMemoryHub({ clock });
  const id = await hub.addCluster('eu-1', { env: 'dev' });
  await hub.call('PATCH', '/apis/accord.dev/v1alpha1/clusters/eu-1', {
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { metadata: { labels: { env: 'prod' } } },
  });
  const revoked: string[] = [];
  const minted: number[] = [];
  const published = Promise.withResolvers<ClusterId>();
  const { projection, intent, log } = hub.deps;
  const replacer = new CredentialReplacer({
    isRotating: () => true,
    identity: identityThatKeeps(revoked, minted),
    projection,
    intent,
    clock,
    log,
    publish: published.resolve,
  });
  return { clock, hub, id, replacer, revoked, minted, published: published.promise };
}

test('a stop does not wait for a cluster that has not switched, and leaves its old credential alive', async () => {
  const { hub, id, replacer, revoked, published } = await relabelled();
  const stop = new AbortController();
  const running = replacer.loop.run(stop.signal);
  expect(await published).toBe(id);
  stop.abort();
  await running;
  expect(revoked).toEqual([]);
  await hub.stop();
});

test('a cluster that does not switch in time loses its old credential', async () => {
  const { clock, hub, replacer, revoked, published } = await relabelled();
  const stop = new AbortController();
  const running = replacer.loop.run(stop.signal);
  await published;
  clock.advance(5_000);
  await expect.poll(() => revoked.length).toBe(1);
  stop.abort();
  await running;
  await hub.stop();
});

test('a hub that was just started gives a cluster the same time, although it has not heard of it yet', async () => {
  const { clock, hub, replacer, revoked, published } = await unheard();
  const stop = new AbortController();
  const running = replacer.loop.run(stop.signal);
  await published;
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(revoked).toEqual([]);
  clock.advance(5_000);
  await expect.poll(() => revoked.length).toBe(1);
  stop.abort();
  await running;
  await hub.stop();
});

test('a cluster that is revoked in between gets no credential, and nothing more is asked for', async () => {
  const { clock, hub, id, replacer, revoked, published } = await relabelled();
  const stop = new AbortController();
  const running = replacer.loop.run(stop.signal);
  await published;
  expect(replacer.documentOf(id)).toBeDefined();
  await hub.call('POST', '/v1/clusters/eu-1/revoke');
  expect(replacer.documentOf(id)).toBeUndefined();
  clock.advance(5_000);
  await replacer.loop.settled();
  expect(revoked).toEqual([]);
  stop.abort();
  await running;
  await hub.stop();
});

test('a beat that speaks of a token far ahead of the clock moves no token there', async () => {
  const { clock, hub, id, replacer, published, minted } = await relabelled();
  hub.deps.projection.beat(id, beatCodec.decode(beatCodec.encode({ tokenIat: 9_000_000_000 })));
  const stop = new AbortController();
  const running = replacer.loop.run(stop.signal);
  await published;
  expect(minted[0]).toBe(clock.now() / 1_000 + 1 + iatAheadSecondsMax + 1);
  stop.abort();
  await running;
  await hub.stop();
});

test('no token is made for a cluster that was revoked before its relabel was carried out', async () => {
  const { hub, replacer, minted } = await relabelled();
  await hub.call('POST', '/v1/clusters/eu-1/revoke');
  const stop = new AbortController();
  const running = replacer.loop.run(stop.signal);
  await replacer.loop.settled();
  expect(minted).toEqual([]);
  stop.abort();
  await running;
  await hub.stop();
});

test('when a key is replaced everybody gets a token of the next one, and the old tokens are not revoked', async () => {
  const { clock, hub, id, replacer, revoked, minted } = await relabelled();
  const { projection } = hub.deps;
  const stop = new AbortController();
  const running = Promise.all([replacer.loop.run(stop.signal), replacer.waves.run(stop.signal)]);
  const use = (): void => projection.beat(id, beatCodec.decode(beatCodec.encode({ tokenIat: Math.max(...minted) })));
  await expect.poll(() => minted.length).toBeGreaterThan(0);
  use();
  await expect.poll(() => (clock.advance(500), use(), replacer.waiting())).toEqual([]);
  const [mints, revocations] = [minted.length, revoked.length];
  replacer.renewAll();
  expect(replacer.waiting()).toEqual([id]);
  await expect.poll(() => minted.length).toBe(mints + 1);
  expect(replacer.documentOf(id)).toBeDefined();
  await expect.poll(() => (clock.advance(20), replacer.waiting())).toEqual([id]);
  use();
  await expect.poll(() => (clock.advance(20), replacer.waiting())).toEqual([]);
  expect([revoked.length, replacer.documentOf(id)]).toEqual([revocations, undefined]);
  stop.abort();
  await running;
  await hub.stop();
});

test('nobody waits for a cluster that is away: it renews when it is back', async () => {
  const { clock, hub, id, replacer } = await relabelled();
  replacer.renewAll();
  expect(replacer.waiting()).toEqual([id]);
  clock.advance(60_000);
  expect(replacer.waiting()).toEqual([]);
  await hub.stop();
});
