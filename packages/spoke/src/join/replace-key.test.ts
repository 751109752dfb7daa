import { CodedError } from '@accord/proto/coded-error';
import { renewProofBytes, sealCredential } from '@accord/proto/join';
import type { Credential, CredentialResponse, RenewRequest } from '@accord/proto/join-api';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey, verifySignature } from '@accord/proto/keys';
import { keyIdOf } from '@accord/proto/seal';
import { signLink } from '@accord/proto/trust-chain';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { CredentialStore } from './credential-store.ts';
import { keepCredential } from './keep-credential.ts';
import { Membership } from './membership.ts';

const namespace = 'accord-system';
const { signal } = new AbortController();
const id = 'a'.repeat(26);
const hubPair = createKeyPair('account');
const hubPublic = parsePublicKey('account', hubPair.publicKey);
const hubKey = fingerprint(hubPublic);
const signer = { pair: hubPair, keyId: keyIdOf(hubPublic) };

const tokenOf = (sub: string, iat: number): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({})}.${part({ sub, name: id, iat, exp: iat + 3_600, nats: { tags: [] } })}.x`;
};
const credentialOf = (jwt: string, nonce: string): Credential => ({
  id,
  jwt,
  servers: [],
  member: '',
  anchors: [],
  desiredKeys: [],
  epoch: 1,
  protocol: 1,
  nonce,
});

/** A hub that answers whoever proves both keys, as often as it is asked; it remembers what it was asked. */
function hub(world: { answers: boolean }) {
  const asked: RenewRequest[] = [];
  const renew = async (request: RenewRequest): Promise<CredentialResponse> => {
    asked.push(request);
    const { newPublicKey = '', newProof = '' } = request;
    const bytes = renewProofBytes(hubKey, request);
    const isProven = (key: string, proof: string): boolean =>
      verifySignature(parsePublicKey('user', key), bytes, new Uint8Array(Buffer.from(proof, 'base64')));
    if (!isProven(request.publicKey, request.proof) || !isProven(newPublicKey, newProof))
      throw new CodedError('unauthenticated', 'no proof');
    if (!world.answers) throw new CodedError('timeout', 'the answer was lost');
    return sealCredential(signer, rawPublicKey(hubPublic), credentialOf(tokenOf(newPublicKey, 1_000_000), request.nonce));
  };
  return { asked, renew, join: vi.fn<never>() };
}

async function member() {
  const clock = new ManualClock(1_000_000_000);
  const store = new CredentialStore(new FakeKube(new FakeCluster()), namespace);
  const key = createKeyPair('user');
  await store.save({ key, credential: credentialOf(tokenOf(key.publicKey, 1_000_000), ''), joinedWith: 'h' }, signal);
  const way = { answers: true };
  const port = hub(way);
  const log = new ListLog();
  const deps = { store, hub: port, hubKey, readToken: async () => undefined, facts: vi.fn<never>(), clock, log };
  const open = () => Membership.open(deps, signal);
  return { clock, store, key, way, port, log, open, membership: await open() };
}

describe('a spoke that is told to replace its key', () => {
  test('uses the new one at once, and stores it alone', async () => {
    const { store, key, port, membership } = await member();
    expect(membership.hasKeyToReplace(key.publicKey)).toBe(true);
    await membership.replaceKey(membership.overHttps, signal);
    const next = port.asked[0]?.newPublicKey;
    expect([membership.key.publicKey, membership.hasKeyToReplace(key.publicKey)]).toEqual([next, false]);
    await membership.store(signal);
    const stored = await store.loadOrCreate(signal);
    expect([stored.key.publicKey, stored.replacement, stored.joinedWith]).toEqual([next, undefined, 'h']);
  });

  test('does nothing when it is told of a key that it does not have any more', async () => {
    const { membership } = await member();
    expect([membership.hasKeyToReplace(createKeyPair('user').publicKey), membership.hasKeyToReplace(undefined)]).toEqual([false, false]);
  });

  test('has stored the new key before it sends it, and goes on with that after a crash', async () => {
    const { store, way, port, membership, open } = await member();
    way.answers = false;
    await expect(membership.replaceKey(membership.overHttps, signal)).rejects.toMatchObject({ code: 'timeout' });
    expect((await store.loadOrCreate(signal)).replacement?.publicKey).toBe(port.asked[0]?.newPublicKey);
    way.answers = true;
    const next = await open();
    // Whatever the record says by then.
    expect(next.hasKeyToReplace(undefined)).toBe(true);
    await next.replaceKey(next.overHttps, signal);
    expect(port.asked.map(({ newPublicKey }) => newPublicKey)).toEqual([next.key.publicKey, next.key.publicKey]);
  });

  test('which died between the answer and the store asks again with the same two keys', async () => {
    const { port, membership, open } = await member();
    await membership.replaceKey(membership.overHttps, signal);
    const next = await open();
    expect(next.hasKeyToReplace(undefined)).toBe(true);
    await next.replaceKey(next.overHttps, signal);
    expect(new Set(port.asked.map(({ publicKey, newPublicKey }) => `${publicKey} ${newPublicKey}`)).size).toBe(1);
  });

  test('sends nothing when the API server does not take the new key', async () => {
    const { store, port, membership } = await member();
    vi.spyOn(store, 'save').mockRejectedValueOnce(new CodedError('unavailable', 'no API server'));
    await expect(membership.replaceKey(membership.overHttps, signal)).rejects.toMatchObject({ code: 'unavailable' });
    expect(port.asked).toEqual([]);
  });

  test('takes no token for another key', async () => {
    const { key, membership } = await member();
    const renew = async ({ nonce }: RenewRequest): Promise<CredentialResponse> =>
      sealCredential(signer, rawPublicKey(hubPublic), credentialOf(tokenOf(key.publicKey, 2_000_000), nonce));
    await expect(membership.replaceKey(renew, signal)).rejects.toMatchObject({ code: 'bad-signature' });
    expect(membership.key.publicKey).toBe(key.publicKey);
  });

  test('asks again until the hub answers, and then tells its other parts', async () => {
    const { clock, key, way, port, membership, log } = await member();
    const stop = new AbortController();
    const changed = vi.fn<() => void>();
    const keeper = keepCredential({
      ...{ membership, clock, log, random: () => 0.5, onChanged: changed },
      ...{ isRefused: () => false, keyToReplace: () => key.publicKey, onGone: () => undefined },
    });
    way.answers = false;
    const running = keeper.run(stop.signal);
    await vi.waitFor(() => expect(port.asked).toHaveLength(1));
    way.answers = true;
    await vi.waitFor(() => {
      clock.advance(1_000);
      expect(changed).toHaveBeenCalled();
    });
    expect(new Set(port.asked.flatMap(({ newPublicKey }) => newPublicKey ?? []))).toEqual(new Set([membership.key.publicKey]));
    stop.abort();
    await running;
  });
});

describe('a hub that has replaced its own key', () => {
  const nextPair = createKeyPair('account');
  const nextPublic = parsePublicKey('account', nextPair.publicKey);
  const nextSigner = { pair: nextPair, keyId: keyIdOf(nextPublic) };
  const text = (key: typeof hubPublic): string => Buffer.from(rawPublicKey(key)).toString('base64');
  const answers =
    (key: string, chain = [signLink(hubPair, nextPair)]) =>
    async ({ nonce }: RenewRequest): Promise<CredentialResponse> => {
      const credential = { ...credentialOf(tokenOf(key, 2_000_000), nonce), desiredKeys: [text(nextPublic), text(hubPublic)], member: 'm' };
      return sealCredential(nextSigner, rawPublicKey(nextPublic), credential, chain);
    };

  test('is known by the chain from the key that was pinned, and its keys are believed and stored from then on', async () => {
    const { key, store, membership } = await member();
    expect(await membership.renew(answers(key.publicKey), signal)).toBe(true);
    await membership.store(signal);
    const { credential } = await store.loadOrCreate(signal);
    expect([credential?.desiredKeys, credential?.member]).toEqual([[text(nextPublic), text(hubPublic)], 'm']);
  });

  test('is known without a chain by who knows the key already, and the pin of the installation does not count any more', async () => {
    const { key, membership } = await member();
    membership.take({ jwt: tokenOf(key.publicKey, 1_500_000), desiredKeys: [text(nextPublic)] });
    expect(await membership.renew(answers(key.publicKey, []), signal)).toBe(true);
    const old = async ({ nonce }: RenewRequest): Promise<CredentialResponse> =>
      sealCredential(signer, rawPublicKey(hubPublic), credentialOf(tokenOf(key.publicKey, 3_000_000), nonce));
    const other = await member();
    other.membership.take({ jwt: tokenOf(other.key.publicKey, 1_500_000), desiredKeys: [text(nextPublic)] });
    await expect(other.membership.renew(old, signal)).rejects.toMatchObject({ code: 'bad-signature' });
  });

  test('is not known without a chain, nor by one that somebody else signed', async () => {
    const { key, membership } = await member();
    for (const chain of [[], [signLink(createKeyPair('account'), nextPair)]])
      await expect(membership.renew(answers(key.publicKey, chain), signal)).rejects.toMatchObject({ code: 'bad-signature' });
    expect(membership.credential.desiredKeys).toEqual([]);
  });

  test.each([
    ['both keys', 2, 2],
    ['one key alone, which only a renewal may', 1, 0],
    ['three keys', 3, 0],
  ])('tells of %s in a document', async (_claim, told, believed) => {
    const { clock, key, membership, log } = await member();
    const stop = new AbortController();
    const changed = Promise.withResolvers<void>();
    const deps = { isRefused: () => false, keyToReplace: () => undefined, onGone: () => undefined, onChanged: () => changed.resolve() };
    const keeper = keepCredential({ membership, clock, log, random: () => 0.5, ...deps });
    const desiredKeys = [text(hubPublic), text(nextPublic), text(hubPublic)].slice(0, told);
    keeper.offer(new TextEncoder().encode(JSON.stringify({ jwt: tokenOf(key.publicKey, 1_000_050), desiredKeys })));
    const running = keeper.run(stop.signal);
    await changed.promise;
    expect([membership.claims().iat, membership.credential.desiredKeys.length]).toEqual([1_000_050, believed]);
    stop.abort();
    await running;
  });
});
