import { sealCredential } from '@accord/proto/join';
import { CodedError } from '@accord/proto/coded-error';
import type { Credential, CredentialResponse, RenewRequest } from '@accord/proto/join-api';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { objectKey } from '@accord/proto/ids';
import { pinField } from '@accord/proto/labels';
import { keyIdOf } from '@accord/proto/seal';
import { signLink } from '@accord/proto/trust-chain';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { credentialName, CredentialStore } from './credential-store.ts';
import { Membership } from './membership.ts';

const namespace = 'accord-system';
const secret = objectKey('', 'Secret', namespace, credentialName);
const { signal } = new AbortController();
const id = 'a'.repeat(26);
/** The second one takes the place of the first, which was stolen. */
const [stolen, replaced] = [hubOf(), hubOf()];

function hubOf() {
  const pair = createKeyPair('account');
  const publicKey = parsePublicKey('account', pair.publicKey);
  const raw = rawPublicKey(publicKey);
  return { pair, raw, pin: fingerprint(publicKey), signer: { pair, keyId: keyIdOf(publicKey) }, text: Buffer.from(raw).toString('base64') };
}

const tokenOf = (sub: string, iat: number): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({})}.${part({ sub, name: id, iat, exp: iat + 3_600, nats: { tags: [] } })}.x`;
};
const credentialOf = (jwt: string, nonce: string, by: ReturnType<typeof hubOf>): Credential => ({
  ...{ id, jwt, servers: [], member: '', anchors: [], desiredKeys: [by.text], epoch: 1, protocol: 1, nonce },
});

/** A member that believes the stolen key, and whoever answers its renewals. */
async function member() {
  const [clock, cluster, key] = [new ManualClock(1_000_000_000), new FakeCluster(), createKeyPair('user')];
  const store = new CredentialStore(new FakeKube(cluster), namespace);
  // A thief may have given it one that is far ahead.
  await store.save({ key, credential: credentialOf(tokenOf(key.publicKey, 2_000_000), '', stolen), joinedWith: 'h' }, signal);
  const way = { answersBy: replaced as typeof replaced | undefined, chain: [] as ReturnType<typeof signLink>[] };
  const asked: RenewRequest[] = [];
  const renew = async (request: RenewRequest): Promise<CredentialResponse> => {
    asked.push(request);
    const by = way.answersBy;
    if (by === undefined) throw new CodedError('unavailable', 'the hub is away');
    return sealCredential(by.signer, by.raw, credentialOf(tokenOf(key.publicKey, 1_000_000), request.nonce, by), way.chain);
  };
  const log = new ListLog();
  const deps = {
    store,
    hub: { join: vi.fn<never>(), renew },
    hubKey: stolen.pin,
    readToken: async () => undefined,
    facts: vi.fn<never>(),
    clock,
    log,
  };
  const pin = (text: string): void => cluster.edit(secret, 'kubectl', { data: { [pinField]: Buffer.from(text).toString('base64') } });
  const open = (): Promise<Membership> => Membership.open(deps, signal);
  return { clock, store, key, way, asked, log, pin, open, membership: await open() };
}

test('nothing happens where nothing, or no fingerprint, is pinned', async () => {
  const { membership, asked, pin } = await member();
  expect(await membership.followPin(signal)).toBe(10_000);
  pin('latest');
  expect([await membership.followPin(signal), asked, membership.credential.desiredKeys]).toEqual([10_000, [], [stolen.text]]);
});

test('pinned anew it believes nothing until the hub has answered with that key', async () => {
  const { membership, key, way, pin } = await member();
  way.answersBy = undefined;
  pin(replaced.pin);
  expect([await membership.followPin(signal), membership.credential.desiredKeys]).toEqual([5_000, []]);
  expect(membership.take({ jwt: tokenOf(key.publicKey, 3_000_000), desiredKeys: [stolen.text] })).toBe(false);
  expect(membership.credential.desiredKeys).toEqual([]);
});

test('a pin that is put back leaves everything as it was', async () => {
  const { key, way, log, pin, open, membership: before } = await member();
  pin(replaced.pin);
  await before.followPin(signal);
  const membership = await open();
  way.answersBy = undefined;
  log.lines.length = 0;
  pin(stolen.pin);
  await membership.followPin(signal);
  expect([await membership.followPin(signal), membership.credential.desiredKeys]).toEqual([5_000, []]);
  expect(log.lines.filter(({ message }) => message.startsWith('its owner pinned another key'))).toHaveLength(1);
  pin(replaced.pin);
  expect([await membership.followPin(signal), membership.credential.desiredKeys]).toEqual([10_000, [replaced.text]]);
  way.answersBy = replaced;
  expect(membership.take({ jwt: tokenOf(key.publicKey, 3_000_000) })).toBe(true);
});

test('an answer by the stolen key is refused, also with a chain from there to the pinned one', async () => {
  const { membership, way, pin, log } = await member();
  way.answersBy = stolen;
  way.chain = [signLink(stolen.pair, replaced.pair)];
  pin(replaced.pin);
  expect([await membership.followPin(signal), membership.credential.desiredKeys]).toEqual([5_000, []]);
  expect(JSON.stringify(log.lines)).toContain('the hub has not answered with the pinned key');
});

test('with the answer it stores what counts from then on, whatever a thief had said of its time, and begins anew with it', async () => {
  const { membership, store, key, asked, pin, open } = await member();
  pin(replaced.pin);
  expect(await membership.followPin(signal)).toBeUndefined();
  // What this process held must not come back.
  await membership.store(signal);
  const stored = await store.loadOrCreate(signal);
  expect([stored.pinnedTo, stored.joinedWith, stored.key.publicKey]).toEqual([replaced.pin, 'h', key.publicKey]);
  const next = await open();
  expect([next.credential.desiredKeys, next.claims().iat, await next.followPin(signal), asked.length]).toEqual([
    [replaced.text],
    1_000_000,
    10_000,
    1,
  ]);
});

test('a start does not go on with what the stolen key had signed', async () => {
  const { clock, way, asked, pin, open } = await member();
  way.answersBy = undefined;
  pin(replaced.pin);
  const opening = open();
  await expect.poll(() => (clock.advance(5_000), asked.length)).toBeGreaterThan(1);
  way.answersBy = replaced;
  await expect.poll(() => (clock.advance(5_000), asked.length)).toBeGreaterThan(2);
  expect((await opening).credential.desiredKeys).toEqual([replaced.text]);
});
