import type { Credential } from '@accord/proto/join-api';
import { objectKey } from '@accord/proto/ids';
import { createKeyPair } from '@accord/proto/keys';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { credentialName, CredentialStore } from './credential-store.ts';
import { keepCredential } from './keep-credential.ts';
import { Membership } from './membership.ts';

const namespace = 'accord-system';
const secret = objectKey('', 'Secret', namespace, credentialName);
const { signal } = new AbortController();
const id = 'a'.repeat(26);
const tokenOf = (sub: string, iat: number): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({})}.${part({ sub, name: id, iat, exp: iat + 3_600, nats: { tags: [] } })}.x`;
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
  const nobody = { join: vi.fn<never>(), renew: vi.fn<never>() };
  const log = new ListLog();
  const deps = { store, hub: nobody, hubKey: '', readToken: async () => undefined, facts: vi.fn<never>(), clock, log };
  const membership = await Membership.open(deps, signal);
  const stored = async (): Promise<number> =>
    JSON.parse(Buffer.from((await store.loadOrCreate(signal)).credential?.jwt.split('.')[1] ?? '', 'base64url').toString()).iat;
  return { clock, kube, key, store, membership, stored, log };
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
