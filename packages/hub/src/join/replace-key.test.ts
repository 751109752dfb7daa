import { decideAskForKey } from '@accord/core/cluster/decide-key';
import { draft } from '@accord/core/registry/draft';
import { isCoded } from '@accord/proto/coded-error';
import { openCredential, renewProofBytes } from '@accord/proto/join';
import type { RenewRequest } from '@accord/proto/join-api';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey, type KeyPair } from '@accord/proto/keys';
import { keyIdOf } from '@accord/proto/seal';
import { ManualClock } from '@accord/runtime/clock';
import { afterEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../api/memory-hub.ts';
import { writeDecision } from '../intent/write.ts';
import type { HubIdentity } from './hub-identity.ts';
import { JoinService } from './join-service.ts';

const author = { actor: 't', reason: '', source: '', traceparent: '', requestId: 'r', requestDigest: new Uint8Array() };
const nonce = 'n'.repeat(22);
const running: MemoryHub[] = [];
afterEach(async () => {
  for (const hub of running.splice(0)) await hub.stop();
});

/** A member with a key that it was told to replace, or was not. */
async function member({ isTold = true } = {}) {
  const clock = new ManualClock(1_000_000);
  const hub = await startMemoryHub({ clock });
  running.push(hub);
  const id = await hub.addCluster('eu-1', { env: 'prod' });
  const { projection, intent, log } = hub.deps;
  const key = createKeyPair('user');
  const current = () => projection.registry.clusters.get(id) ?? expect.unreachable('it was just added');
  const { body, seq } = current();
  await intent.append(draft('cluster', id, 'ClusterChanged', { ...body, publicKey: key.publicKey }, seq, 'x'), author);
  if (isTold) await writeDecision(intent, () => decideAskForKey(current()), { ...author, requestId: 'told' });
  const pair = createKeyPair('account');
  const publicKey = parsePublicKey('account', pair.publicKey);
  const identity: HubIdentity = {
    ...{ desired: { pair, keyId: keyIdOf(publicKey) }, desiredPublicKey: rawPublicKey(publicKey), hubKey: fingerprint(publicKey) },
    mint: ({ publicKey: of, labels }) => ({ jwt: `${of} ${labels['env']}`, iat: 1, exp: 2 }),
    lastIat: () => 0,
    revoke: async () => undefined,
  };
  const service = new JoinService({ identity, intent, projection, published: new Map(), busPlace: { servers: [] }, clock, log });
  const request = (next: KeyPair, by: { readonly old?: KeyPair; readonly next?: KeyPair; readonly of?: KeyPair } = {}): RenewRequest => {
    const said = { cluster: id, publicKey: (by.of ?? key).publicKey, newPublicKey: next.publicKey, tsMs: clock.now(), nonce };
    const bytes = renewProofBytes(identity.hubKey, said);
    const proofOf = (pairOf: KeyPair): string => Buffer.from(pairOf.sign(bytes)).toString('base64');
    return { ...said, proof: proofOf(by.old ?? by.of ?? key), newProof: proofOf(by.next ?? next) };
  };
  const replace = async (asked: RenewRequest): Promise<string> => {
    try {
      return openCredential(await service.renew(asked, id), identity.hubKey, nonce).jwt;
    } catch (error) {
      return isCoded(error) ? error.code : expect.unreachable(String(error));
    }
  };
  return { key, current, request, replace };
}

describe('a renewal with a new key', () => {
  test('gives the cluster that key, and the answer is for it', async () => {
    const { key, current, request, replace } = await member();
    const next = createKeyPair('user');
    expect(await replace(request(next))).toBe(`${next.publicKey} prod`);
    expect(current().body).toMatchObject({ publicKey: next.publicKey, keysToRevoke: [key.publicKey] });
    expect(current().actor).toBe('cluster:eu-1');
  });

  test('is answered again, after the answer was lost, and writes nothing more', async () => {
    const { current, request, replace } = await member();
    const next = createKeyPair('user');
    await Promise.all([replace(request(next)), replace(request(next))]);
    const { seq } = current();
    expect([await replace(request(next)), current().seq]).toEqual([`${next.publicKey} prod`, seq]);
  });

  test.each<
    [
      claim: string,
      by: (keys: { key: KeyPair; next: KeyPair; other: KeyPair }) => Parameters<Awaited<ReturnType<typeof member>>['request']>[1],
    ]
  >([
    ['that the present key did not sign', ({ other }) => ({ old: other })],
    ['that the new key did not sign', ({ other }) => ({ next: other })],
    ['of a key that is not the present one', ({ other }) => ({ of: other })],
  ])('%s is refused, and nothing is written', async (_claim, by) => {
    const { key, current, request, replace } = await member();
    const [next, other] = [createKeyPair('user'), createKeyPair('user')];
    const { seq } = current();
    expect(await replace(request(next, by({ key, next, other })))).toBe('unauthenticated');
    expect(current().seq).toBe(seq);
  });

  test('that holds a proof for another new key is refused', async () => {
    const { request, replace } = await member();
    const [next, other] = [createKeyPair('user'), createKeyPair('user')];
    expect(await replace({ ...request(next), newPublicKey: other.publicKey })).toBe('unauthenticated');
  });

  test('is refused where nobody asked for it, so that a thief cannot shut the cluster out', async () => {
    const { request, replace } = await member({ isTold: false });
    expect(await replace(request(createKeyPair('user')))).toBe('forbidden');
  });

  test('is refused to the old key from then on, whatever third key it names', async () => {
    const { request, replace } = await member();
    await replace(request(createKeyPair('user')));
    expect(await replace(request(createKeyPair('user')))).toBe('unauthenticated');
  });
});
