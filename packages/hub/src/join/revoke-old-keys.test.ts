import { draft } from '@accord/core/registry/draft';
import type { ClusterFact } from '@accord/core/registry/facts';
import { CodedError } from '@accord/proto/coded-error';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { keyIdOf } from '@accord/proto/seal';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test, vi } from 'vitest';
import { startMemoryHub } from '../api/memory-hub.ts';
import type { HubIdentity } from './hub-identity.ts';
import { OldKeyRevoker } from './revoke-old-keys.ts';

const second = 1_000_000_000;

/** A cluster that has joined again, and a server that takes revocations or does not. */
async function rejoined(revoke: HubIdentity['revoke'], change: Partial<ClusterFact> = {}, isSwitched = () => false) {
  const clock = new ManualClock(second * 1_000);
  const hub = await startMemoryHub({ clock });
  const id = await hub.addCluster('eu-1', {});
  const { projection, intent, log } = hub.deps;
  const { body, seq } = projection.registry.clusters.get(id) ?? expect.unreachable('it was just added');
  const author = { actor: 't', reason: '', source: '', traceparent: '', requestId: 'r', requestDigest: new Uint8Array() };
  await intent.append(
    draft('cluster', id, 'ClusterRejoined', { ...body, keysToRevoke: ['UA1', 'UA2'], ...change }, seq, 'cluster/eu-1@1'),
    author,
  );
  const pair = createKeyPair('account');
  const publicKey = parsePublicKey('account', pair.publicKey);
  const identity: HubIdentity = {
    ...{ desired: { pair, keyId: keyIdOf(publicKey) }, desiredPublicKey: rawPublicKey(publicKey), hubKey: fingerprint(publicKey) },
    mint: () => expect.unreachable('nothing is minted for a key that is revoked'),
    // Issued ahead of the clock, by more than is usual.
    lastIat: (key) => (key === 'UA2' ? second + 500 : 0),
    revoke,
  };
  const at = projection.registry;
  const connections = {
    linkOf: (key: string) => ({
      open: Number(isSwitched() && key === at.clusters.get(id)?.body.publicKey),
      openedAt: undefined,
      closedAt: undefined,
    }),
  };
  const revoker = new OldKeyRevoker({ identity, projection, intent, connections, clock, log });
  const left = (): readonly string[] | undefined => projection.registry.clusters.get(id)?.body.keysToRevoke;
  return { clock, hub, revoker, left };
}

test('the keys of before are revoked past every token that they may have, and then struck out', async () => {
  const revoke = vi.fn<HubIdentity['revoke']>(async () => undefined);
  const { hub, revoker, left } = await rejoined(revoke);
  const stop = new AbortController();
  const running = revoker.loop.run(stop.signal);
  await expect.poll(left).toBeUndefined();
  expect(revoke.mock.calls).toEqual([
    ['UA1', second + 120],
    ['UA2', second + 500],
  ]);
  stop.abort();
  await running;
  await hub.stop();
});

test('a server that does not take it is asked again, and until then it stays to be done', async () => {
  const revoke = vi.fn<HubIdentity['revoke']>(async () => undefined);
  revoke.mockRejectedValueOnce(new CodedError('unavailable', 'no server'));
  const { clock, hub, revoker, left } = await rejoined(revoke);
  const stop = new AbortController();
  const running = revoker.loop.run(stop.signal);
  await expect.poll(() => revoke.mock.calls.length).toBe(2);
  expect(left()).toEqual(['UA1', 'UA2']);
  await expect
    .poll(() => {
      clock.advance(500);
      return left();
    })
    .toBeUndefined();
  stop.abort();
  await running;
  await hub.stop();
});

describe('a key that was replaced', () => {
  const replaced = { keysToRevoke: ['UA1'], replacedKeys: [{ publicKey: 'UA1', atMs: 1 }] };
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  test('is refused as soon as the cluster is connected with the new one, and not before', async () => {
    const revoke = vi.fn<HubIdentity['revoke']>(async () => undefined);
    let isSwitched = false;
    const { clock, hub, revoker, left } = await rejoined(revoke, replaced, () => isSwitched);
    const stop = new AbortController();
    const running = revoker.loop.run(stop.signal);
    clock.advance(4_000);
    await turns();
    expect([revoke.mock.calls.length, left()]).toEqual([0, ['UA1']]);
    isSwitched = true;
    await expect.poll(() => (clock.advance(20), left())).toBeUndefined();
    expect(revoke.mock.calls.map(([key]) => key)).toEqual(['UA1']);
    stop.abort();
    await running;
    await hub.stop();
  });

  test('is refused after five seconds although the cluster has not switched: it then comes back with the new one', async () => {
    const revoke = vi.fn<HubIdentity['revoke']>(async () => undefined);
    const { clock, hub, revoker, left } = await rejoined(revoke, replaced);
    const stop = new AbortController();
    const running = revoker.loop.run(stop.signal);
    await expect.poll(() => (clock.advance(500), left())).toBeUndefined();
    expect(clock.now()).toBeGreaterThanOrEqual(second * 1_000 + 5_000);
    stop.abort();
    await running;
    await hub.stop();
  });

  test('is given no time where a lost one is to be refused with it', async () => {
    const revoke = vi.fn<HubIdentity['revoke']>(async () => undefined);
    const { hub, revoker, left } = await rejoined(revoke, { ...replaced, keysToRevoke: ['UA1', 'UA3'] });
    const stop = new AbortController();
    const running = revoker.loop.run(stop.signal);
    await expect.poll(left).toBeUndefined();
    stop.abort();
    await running;
    await hub.stop();
  });
});
