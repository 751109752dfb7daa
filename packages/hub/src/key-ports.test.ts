import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draft } from '@accord/core/registry/draft';
import { openCredential, renewProofBytes } from '@accord/proto/join';
import { createKeyPair } from '@accord/proto/keys';
import { ManualClock } from '@accord/runtime/clock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from './api/memory-hub.ts';
import { DesiredKeys } from './identity/desired-keys.ts';
import { openKeyRing } from './identity/key-ring.ts';
import { JoinService } from './join/join-service.ts';
import { CredentialReplacer } from './join/replace-credentials.ts';
import { keyPorts } from './key-ports.ts';

const author = { actor: 't', reason: '', source: '', traceparent: '', requestId: 'r', requestDigest: new Uint8Array() };
const nonce = 'n'.repeat(22);
let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub({ clock: new ManualClock(1_000_000_000) });
});
afterEach(() => hub.stop());

/** A hub with keys in files, and one member of it. */
async function world() {
  const { projection, intent, log } = hub.deps;
  const clock = hub.deps.clock as ManualClock;
  const startEpoch = async (epoch: number): Promise<unknown> =>
    intent.append(
      draft('fleet', 'epoch', 'EpochStarted', { epoch, confirmedEpoch: 1 }, projection.registry.epoch?.seq ?? 0, `fleet@${epoch}`),
      {
        ...author,
        requestId: `e${epoch}`,
      },
    );
  await startEpoch(1);
  const dir = mkdtempSync(join(tmpdir(), 'accord-ports-'));
  const desiredKeys = new DesiredKeys(dir, openKeyRing(dir, { mayCreate: true }));
  const id = await hub.addCluster('eu-1', {});
  const key = createKeyPair('user');
  const { body, seq } = projection.registry.clusters.get(id) ?? expect.unreachable('it was just added');
  await intent.append(draft('cluster', id, 'ClusterChanged', { ...body, publicKey: key.publicKey }, seq, 'x'), author);
  const revoked: [string, number][] = [];
  const identity = {
    desired: desiredKeys.signer,
    get desiredPublicKey() {
      return desiredKeys.publicKey;
    },
    get hubKey() {
      return desiredKeys.current;
    },
    trust: desiredKeys,
    mint: () => ({ jwt: 'jwt', iat: 1, exp: 2 }),
    lastIat: () => 0,
    revoke: async (of: string, until: number) => void revoked.push([of, until]),
  };
  const isRotating = (): boolean => desiredKeys.isBegun;
  const replacer = new CredentialReplacer({ identity, intent, projection, isRotating, publish: () => undefined, clock, log });
  const ports = keyPorts({ desiredKeys, clock }, {} as never, { replacer, projection }, identity);
  const service = new JoinService({ identity, intent, projection, published: new Map(), busPlace: { servers: [] }, clock, log });
  const renew = async (pin: string) => {
    const said = { cluster: id, publicKey: key.publicKey, tsMs: clock.now(), nonce };
    const proof = Buffer.from(key.sign(renewProofBytes(pin, said))).toString('base64');
    return openCredential(await service.renew({ ...said, proof }), pin, nonce);
  };
  return { key, clock, desiredKeys, desired: ports.desired, revoked, renew, startEpoch };
}

test('a spoke that knows the first key alone renews after two rotations, and is told what to believe', async () => {
  const { desired, renew, startEpoch } = await world();
  const pin = desired.current;
  for (const epoch of [2, 3]) {
    await desired.begin();
    expect((await renew(pin)).desiredKeys).toHaveLength(2);
    await desired.finish();
    expect((await renew(pin)).desiredKeys).toHaveLength(2);
    await startEpoch(epoch);
    expect((await renew(pin)).desiredKeys).toHaveLength(1);
  }
  expect(desired.current).not.toBe(pin);
});

test('a proof for another hub is refused, however many keys this one had', async () => {
  const { desired, renew } = await world();
  await desired.begin();
  await desired.finish();
  await expect(renew('f'.repeat(64))).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('who did not renew in between is shut out, so that it renews and is told', async () => {
  const { key, clock, desired, revoked } = await world();
  await desired.begin();
  await desired.finish();
  expect(revoked).toEqual([[key.publicKey, clock.now() / 1_000 - 1]]);
});

test('a third key waits until the first one is believed no more', async () => {
  const { desired, startEpoch } = await world();
  await desired.begin();
  await desired.finish();
  await expect(desired.begin()).rejects.toMatchObject({ code: 'conflict', help: expect.stringContaining('rotate-keys.md') });
  await startEpoch(2);
  await expect(desired.begin()).resolves.toBeUndefined();
});
