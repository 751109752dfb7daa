import type { Live } from '@accord/bus/bus';
import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { sealCredential } from '@accord/proto/join';
import type { Credential, CredentialResponse, RenewRequest } from '@accord/proto/join-api';
import { objectKey } from '@accord/proto/ids';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { keyIdOf } from '@accord/proto/seal';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { credentialName, CredentialStore } from './credential-store.ts';
import { keepCredential } from './keep-credential.ts';
import { Membership } from './membership.ts';

const namespace = 'accord-system';
const secret = objectKey('', 'Secret', namespace, credentialName);
const { signal } = new AbortController();
const id = 'a'.repeat(26);
const lifeSeconds = 24 * 3_600;
const hourMs = 3_600_000;
const hubPair = createKeyPair('account');
const hubPublic = parsePublicKey('account', hubPair.publicKey);
const signer = { pair: hubPair, keyId: keyIdOf(hubPublic) };
const tokenOf = (sub: string, iat: number): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({})}.${part({ sub, name: id, iat, exp: iat + lifeSeconds, nats: { tags: [] } })}.x`;
};

async function member() {
  const clock = new ManualClock(1_000_000_000);
  const kube = new FakeKube(new FakeCluster());
  const store = new CredentialStore(kube, namespace);
  const key = createKeyPair('user');
  const credential = {
    id,
    jwt: tokenOf(key.publicKey, 1_000_000),
    servers: ['nats://a:1'],
    member: '',
    anchors: [],
    desiredKeys: [],
  } as unknown as Credential;
  await store.save({ key, credential }, signal);
  /** On which way each token was asked for. */
  const asked: ('bus' | 'https')[] = [];
  const issue = (way: 'bus' | 'https', nonce: string): CredentialResponse => {
    asked.push(way);
    const jwt = tokenOf(key.publicKey, Math.floor(clock.now() / 1_000));
    return sealCredential(signer, rawPublicKey(hubPublic), { ...credential, jwt, nonce });
  };
  const broker = new MemoryBroker();
  const [hub, spoke] = [new MemoryBus(broker), new MemoryBus(broker)];
  const overBus = async ({ body }: Live): Promise<Uint8Array> => {
    const { nonce } = JSON.parse(new TextDecoder().decode(body)) as RenewRequest;
    return new TextEncoder().encode(JSON.stringify(issue('bus', nonce)));
  };
  await hub.serve('rpc.*.renew', overBus, signal);
  const port = { join: vi.fn<never>(), renew: async ({ nonce }: RenewRequest) => issue('https', nonce) };
  const log = new ListLog();
  const deps = { store, hub: port, hubKey: fingerprint(hubPublic), readToken: async () => undefined, facts: vi.fn<never>(), clock, log };
  const membership = await Membership.open(deps, signal);
  const stored = async (): Promise<number> =>
    JSON.parse(Buffer.from((await store.loadOrCreate(signal)).credential?.jwt.split('.')[1] ?? '', 'base64url').toString()).iat;
  const bus = Object.assign(spoke, { reconnect: async () => undefined });
  const connection = {
    become: (state: 'connected' | 'disconnected') => (state === 'connected' ? broker.connect(spoke) : broker.disconnect(spoke)),
  };
  return { clock, kube, key, store, membership, stored, log, bus, connection, asked };
}

test('a new token is used at once although it cannot be stored yet, and is stored when the API server takes it', async () => {
  const { clock, kube, key, membership, stored, log } = await member();
  const stop = new AbortController();
  const changed = vi.fn<() => void>();
  const keeper = keepCredential({
    membership,
    clock,
    log,
    random: () => 0.5,
    onChanged: changed,
    isRefused: () => false,
    keyToReplace: () => undefined,
    onGone: () => undefined,
  });
  kube.refuse(secret, { outcome: 'retry', reason: 'Unreachable', because: 'connection refused' });
  keeper.offer(new TextEncoder().encode(JSON.stringify({ jwt: tokenOf(key.publicKey, 1_000_050) })));
  const running = keeper.run(stop.signal);
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  expect([membership.claims().iat, await stored()]).toEqual([1_000_050, 1_000_000]);
  kube.refuse(secret, undefined);
  await vi.waitFor(async () => {
    clock.advance(1_000);
    expect(await stored()).toBe(1_000_050);
  });
  stop.abort();
  await running;
});

test('where the bus is comes with each new token, and is kept with where it was', async () => {
  const { key, membership, store } = await member();
  const places = [['nats://b:1'], undefined, ['nats://c:1']].map((servers, n) => {
    membership.take({ jwt: tokenOf(key.publicKey, 1_000_050 + n), ...(servers && { servers }) });
    return membership.place;
  });
  expect(places).toEqual([
    { servers: ['nats://b:1'], former: ['nats://a:1'] },
    { servers: ['nats://b:1'], former: ['nats://a:1'] },
    { servers: ['nats://c:1'], former: ['nats://b:1', 'nats://a:1'] },
  ]);
  await membership.store(signal);
  expect(await store.loadOrCreate(signal)).toMatchObject({ credential: { servers: ['nats://c:1'] }, former: ['nats://b:1', 'nats://a:1'] });
});

/** A keeper that runs, whose draws are given one after the other, the last one for ever. */
async function kept(draws: readonly number[] = [0.5]) {
  const world = await member();
  const { clock, membership, bus, log } = world;
  const stop = new AbortController();
  const refused = { iat: 0 };
  let drawn = 0;
  const keeper = keepCredential({
    ...{ membership, clock, log, onChanged: () => undefined, keyToReplace: () => undefined, onGone: () => undefined },
    random: () => draws[Math.min(drawn++, draws.length - 1)] ?? 0.5,
    isRefused: (iat) => refused.iat === iat,
  });
  const running = keeper.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  const pass = async (ms: number, looks = 20): Promise<void> => {
    for (let look = 0; look < looks; look += 1) {
      clock.advance(ms / looks);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const useBus = (): void => keeper.useBus(bus, stop.signal);
  return { ...world, pass, useBus, refused };
}

test('a token is renewed over the bus at the moment that was drawn for it, and not at the first look that draws early', async () => {
  // One for a bus that would be away, then late for the first token, and early ever after.
  const { asked, membership, useBus, pass } = await kept([0.5, 0.99, 0]);
  useBus();
  await pass(13 * hourMs, 300);
  expect(asked).toEqual([]);
  await pass(0.5 * hourMs, 10);
  expect(asked).toEqual(['bus']);
  expect(membership.claims().iat).toBeGreaterThan(1_000_000 + 13 * 3_600);
});

test('a server that restarts makes nobody turn to HTTPS; one that stays away does', async () => {
  const { asked, connection, useBus, pass } = await kept();
  useBus();
  connection.become('disconnected');
  await pass(25_000);
  connection.become('connected');
  await pass(60_000);
  connection.become('disconnected');
  await pass(25_000);
  expect(asked).toEqual([]);
  await pass(10_000);
  expect(asked[0]).toBe('https');
});

test('a token that the bus refuses is replaced over HTTPS at once', async () => {
  const { asked, membership, connection, useBus, pass, refused } = await kept();
  useBus();
  connection.become('disconnected');
  await pass(10_000);
  refused.iat = membership.claims().iat;
  await pass(2_000);
  expect([asked, membership.claims().iat > refused.iat]).toEqual([['https'], true]);
});

test('a spoke that comes back with a token that is over renews over HTTPS before the bus lets it in', async () => {
  const { asked, clock, membership, pass, stored } = await kept();
  clock.advance(30 * hourMs);
  await pass(4_000);
  expect(asked).toEqual(['https']);
  expect(membership.claims().exp * 1_000).toBeGreaterThan(clock.now());
  expect(await stored()).toBe(membership.claims().iat);
});

test('a bus that refuses every token has the hub asked more and more seldom', async () => {
  const { asked, membership, connection, useBus, pass, refused } = await kept();
  useBus();
  connection.become('disconnected');
  for (let second = 0; second < 60; second += 1) {
    refused.iat = membership.claims().iat;
    await pass(1_000, 1);
  }
  expect(asked).toHaveLength(5);
});
