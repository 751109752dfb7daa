import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { fingerprintOf } from '@accord/core/cluster/decide-approval';
import { decideInvite } from '@accord/core/cluster/decide-invite';
import type { Credential, CredentialResponse, JoinRequest, PendingJoin, RenewRequest } from '@accord/proto/join-api';
import { decideRevoke } from '@accord/core/cluster/decide-revoke';
import type { Draft } from '@accord/core/registry/draft';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { openDocument } from '@accord/proto/document';
import { joinProofBytes, openCredential, renewProofBytes, tokenHash } from '@accord/proto/join';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey, type KeyPair } from '@accord/proto/keys';
import { parseMember } from '@accord/proto/member';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import { renewSubject } from '@accord/proto/subjects';
import type { ClusterId } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import type { Refused } from '../history/refusal-recorder.ts';
import { IntentLog } from '../intent/intent-log.ts';
import { writeDecision } from '../intent/write.ts';
import { Projection } from '../views/projection.ts';
import type { HubIdentity, MintRequest } from './hub-identity.ts';
import { JoinService } from './join-service.ts';

const { signal } = new AbortController();
const open = (answer: CredentialResponse | PendingJoin, hubKey: string): Credential =>
  'state' in answer ? expect.unreachable('it is not approved yet') : openCredential(answer, hubKey, nonce);
const nonce = 'n'.repeat(22);
const facts = { kubernetesVersion: 'v1.36.3', spokeVersion: '0', kubeSystemUID: 'u', platform: 'linux/amd64' };
const minuteMs = 60_000;

/** Keys of a hub whose tokens nobody checks; what was asked for is kept. */
function identityOf(pair: KeyPair): HubIdentity & { readonly minted: MintRequest[] } {
  const publicKey = parsePublicKey('account', pair.publicKey);
  const minted: MintRequest[] = [];
  const mint = (request: MintRequest) => ({ jwt: `jwt-${minted.push(request)}`, iat: 1, exp: 2 });
  const keys = { desired: { pair, keyId: keyIdOf(publicKey) }, desiredPublicKey: rawPublicKey(publicKey), hubKey: fingerprint(publicKey) };
  return { ...keys, minted, mint, lastIat: () => 0, revoke: async () => undefined };
}

async function hubWithInvitation(requireAccess: (key: string) => void = () => undefined) {
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  const bus = new MemoryBus(new MemoryBroker());
  const identity = identityOf(createKeyPair('account'));
  const projection = new Projection(clock, new Map());
  const { registry } = projection;
  const intent = new IntentLog({
    bus,
    signer: identity.desired,
    keys: trustKeys([identity.desiredPublicKey]),
    registry,
    clock,
    log,
    onFact: () => undefined,
  });
  await intent.replay(signal);
  const quarantine = { require: requireAccess };
  const told: string[] = [];
  const past = {
    wrote: ({ actor, detail }: { readonly actor: string; readonly detail: string }) => void told.push(`${actor} wrote ${detail}`),
    refuse: ({ actor, action, object, detail }: Refused) => void told.push(`${actor} ${action} ${object} ${detail}`),
  };
  const service = new JoinService({
    identity,
    intent,
    projection,
    published: new Map(),
    busPlace: { servers: ['tls://hub:4222'] },
    quarantine,
    past,
    clock,
    log,
  });
  await service.serve(bus, signal);
  const invitation = {
    cluster: 'prod-1',
    labels: { env: 'prod' },
    spec: { mode: 'Enforce' as const },
    tokenHash: tokenHash('token'),
    nowMs: clock.now(),
    expiresInMs: 60 * minuteMs,
  };
  const author = { actor: 'ann', reason: '', source: '', traceparent: '', requestId: 'r', requestDigest: new Uint8Array() };
  const write = (decide: () => readonly Draft[]): Promise<unknown> => writeDecision(intent, decide, author);
  await write(() => decideInvite(registry, invitation));
  return { clock, bus, identity, registry, service, told, write };
}
type Hub = Awaited<ReturnType<typeof hubWithInvitation>>;

function joinRequest({ clock, identity }: Hub, key: KeyPair, change: { token?: string; tsMs?: number; by?: KeyPair } = {}): JoinRequest {
  const request = { publicKey: key.publicKey, facts, tsMs: change.tsMs ?? clock.now(), nonce };
  const proof = Buffer.from((change.by ?? key).sign(joinProofBytes(change.token ?? 'token', identity.hubKey, request))).toString('base64');
  return { ...request, proof };
}

function renewRequest({ clock, identity }: Hub, cluster: string, key: KeyPair, by = key): RenewRequest {
  const request = { cluster, publicKey: key.publicKey, tsMs: clock.now(), nonce };
  return { ...request, proof: Buffer.from(by.sign(renewProofBytes(identity.hubKey, request))).toString('base64') };
}

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (isCoded(error) ? error.code : expect.unreachable(String(error))),
  );

describe('joining', () => {
  test('a cluster gets its id, the labels of its invitation, its record and where the bus is', async () => {
    const hub = await hubWithInvitation();
    const key = createKeyPair('user');
    const credential = open(await hub.service.join('token', joinRequest(hub, key)), hub.identity.hubKey);
    const subject = `desired.c.${credential.id}._member`;
    const member = parseMember(
      openDocument(new Uint8Array(Buffer.from(credential.member, 'base64')), subject, trustKeys([hub.identity.desiredPublicKey])).body,
    );
    const labels = { env: 'prod', 'accord.dev/name': 'prod-1', 'set.accord.dev/default': '' };
    expect(member).toMatchObject({ cluster: { id: credential.id, name: 'prod-1', labels }, revision: 1 });
    expect(credential).toMatchObject({ servers: ['tls://hub:4222'], epoch: 1, protocol: 1 });
    expect(hub.identity.minted).toEqual([{ id: credential.id, publicKey: key.publicKey, labels, iatMin: 0 }]);
  });

  test('asking again, even at the same time, gives the same id', async () => {
    const hub = await hubWithInvitation();
    const key = createKeyPair('user');
    const answers = await Promise.all([1, 2, 3].map(() => hub.service.join('token', joinRequest(hub, key))));
    const ids = answers.map((answer) => open(answer, hub.identity.hubKey).id);
    expect([new Set(ids).size, hub.registry.clusters.size]).toEqual([1, 1]);
  });

  test.each<[claim: string, request: (hub: Hub, key: KeyPair) => Promise<unknown>, code: string]>([
    ['with an unknown token', (hub, key) => hub.service.join('other', joinRequest(hub, key, { token: 'other' })), 'unauthenticated'],
    [
      'with a proof for another token',
      (hub, key) => hub.service.join('token', joinRequest(hub, key, { token: 'other' })),
      'unauthenticated',
    ],
    [
      'with a proof by another key',
      (hub, key) => hub.service.join('token', joinRequest(hub, key, { by: createKeyPair('user') })),
      'unauthenticated',
    ],
    [
      'with a clock that is six minutes ahead',
      (hub, key) => hub.service.join('token', joinRequest(hub, key, { tsMs: hub.clock.now() + 6 * minuteMs })),
      'unauthenticated',
    ],
    [
      'with a clock that is six minutes behind',
      (hub, key) => hub.service.join('token', joinRequest(hub, key, { tsMs: hub.clock.now() - 6 * minuteMs })),
      'unauthenticated',
    ],
    ['with a key that is none', (hub, key) => hub.service.join('token', { ...joinRequest(hub, key), publicKey: 'UA' }), 'invalid'],
  ])('%s is refused, and nothing is written', async (_claim, request, code) => {
    const hub = await hubWithInvitation();
    expect(await codeOf(request(hub, createKeyPair('user')))).toBe(code);
    expect([hub.registry.clusters.size, hub.identity.minted]).toEqual([0, []]);
  });

  test('a second key with the same token is refused', async () => {
    const hub = await hubWithInvitation();
    await hub.service.join('token', joinRequest(hub, createKeyPair('user')));
    expect(await codeOf(hub.service.join('token', joinRequest(hub, createKeyPair('user'))))).toBe('conflict');
    expect(hub.registry.clusters.size).toBe(1);
  });
});

describe('renewing over the bus', () => {
  const ask = ({ bus }: Hub, id: string, body: unknown): Promise<Uint8Array> =>
    bus.request(renewSubject(id as ClusterId), body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body)), {
      timeoutMs: 1_000,
    });
  const joined = async () => {
    const hub = await hubWithInvitation();
    const key = createKeyPair('user');
    const { id } = open(await hub.service.join('token', joinRequest(hub, key)), hub.identity.hubKey);
    return { hub, key, id };
  };

  test('a member gets its next token', async () => {
    const { hub, key, id } = await joined();
    const answer = await ask(hub, id, renewRequest(hub, id, key));
    expect(openCredential(JSON.parse(new TextDecoder().decode(answer)) as CredentialResponse, hub.identity.hubKey, nonce)).toMatchObject({
      id,
      jwt: 'jwt-2',
    });
  });

  test('a member cannot ask for another, whatever it proves', async () => {
    const { hub, key, id } = await joined();
    expect(await codeOf(ask(hub, 'b'.repeat(26), renewRequest(hub, id, key)))).toBe('unauthenticated');
    expect(await codeOf(ask(hub, id, renewRequest(hub, 'b'.repeat(26), key)))).toBe('unauthenticated');
    expect(await codeOf(ask(hub, id, renewRequest(hub, id, key, createKeyPair('user'))))).toBe('unauthenticated');
    expect(await codeOf(ask(hub, id, renewRequest(hub, id, createKeyPair('user'))))).toBe('unauthenticated');
  });

  test.each<[claim: string, body: unknown]>([
    ['no JSON', Uint8Array.of(0xff, 0x7b)],
    ['nothing', new Uint8Array()],
    ['null', null],
    ['a list', []],
    ['without a proof', { cluster: 'x', publicKey: 'UA', tsMs: 1, nonce }],
    ['with a proof that is no text', { cluster: 'x', publicKey: 'UA', tsMs: 1, nonce, proof: 5 }],
    ['with a time that is no number', { cluster: 'x', publicKey: 'UA', tsMs: 'now', nonce, proof: '' }],
  ])('a request that is %s is answered with a code, as a peer and not as a bug', async (_claim, body) => {
    const { hub, id } = await joined();
    expect(await codeOf(ask(hub, id, body))).toBe('garbage');
  });
});

describe('a cluster whose access was revoked', () => {
  const revoked = async () => {
    const hub = await hubWithInvitation();
    const key = createKeyPair('user');
    const { id } = openCredential(
      (await hub.service.join('token', joinRequest(hub, key))) as CredentialResponse,
      hub.identity.hubKey,
      nonce,
    );
    await hub.write(() => [...hub.registry.clusters.values()].flatMap((cluster) => decideRevoke(cluster, hub.clock.now())));
    return { hub, key, id };
  };
  const says = { code: 'forbidden', message: expect.stringContaining('the access of cluster prod-1 was revoked at') as string };
  const help = expect.stringContaining('accord cluster add prod-1 --replace') as string;

  test.each<[how: string, ask: (world: Awaited<ReturnType<typeof revoked>>) => Promise<unknown>]>([
    ['renewing over HTTPS', ({ hub, key, id }) => hub.service.renew(renewRequest(hub, id, key))],
    [
      'renewing over the bus',
      ({ hub, key, id }) => {
        const body = new TextEncoder().encode(JSON.stringify(renewRequest(hub, id, key)));
        return hub.bus.request(renewSubject(id as ClusterId), body, { timeoutMs: 1_000 });
      },
    ],
    ['repeating its join', ({ hub, key }) => hub.service.join('token', joinRequest(hub, key))],
  ])('is told so when %s, and nothing is minted for it', async (_how, ask) => {
    const world = await revoked();
    await expect(ask(world)).rejects.toMatchObject({ ...says, help });
    expect(world.hub.identity.minted).toHaveLength(1);
  });

  test('is told nothing of it as long as it does not prove its key', async () => {
    const { hub, key, id } = await revoked();
    expect(await codeOf(hub.service.renew(renewRequest(hub, id, key, createKeyPair('user'))))).toBe('unauthenticated');
  });
});

test('a key in quarantine gets no credential, and is told until when', async () => {
  const quarantined = new Set<string>();
  const hub = await hubWithInvitation((key) => {
    if (quarantined.has(key)) throw new CodedError('busy', 'this key flooded the bus');
  });
  const key = createKeyPair('user');
  const { id } = openCredential((await hub.service.join('token', joinRequest(hub, key))) as CredentialResponse, hub.identity.hubKey, nonce);
  quarantined.add(key.publicKey);
  expect(await codeOf(hub.service.renew(renewRequest(hub, id, key)))).toBe('busy');
  quarantined.clear();
  expect(await codeOf(hub.service.renew(renewRequest(hub, id, key)))).toBe('accepted');
});

describe('the audit', () => {
  test('says from where a cluster joined and with which key, once however often it asks', async () => {
    const hub = await hubWithInvitation();
    const key = createKeyPair('user');
    for (let times = 0; times < 2; times += 1) await hub.service.join('token', joinRequest(hub, key), '192.0.2.7');
    const actor = `join:${tokenHash('token').slice(0, 12)}`;
    expect(hub.told).toEqual([`${actor} wrote from 192.0.2.7, fingerprint ${fingerprintOf(key.publicKey)}`]);
  });

  test('names a member whose renewal over the bus was refused', async () => {
    const hub = await hubWithInvitation();
    const key = createKeyPair('user');
    const { id } = open(await hub.service.join('token', joinRequest(hub, key)), hub.identity.hubKey);
    hub.told.length = 0;
    const ask = (body: string): Promise<string> =>
      codeOf(hub.bus.request(renewSubject(id as ClusterId), new TextEncoder().encode(body), { timeoutMs: 1_000 }));
    await ask(JSON.stringify(renewRequest(hub, id, key, createKeyPair('user'))));
    await ask('{');
    await ask(JSON.stringify(renewRequest(hub, id, key)));
    expect(hub.told).toEqual([
      `cluster:prod-1 RenewCredential cluster.${id} unauthenticated: the proof does not match: it must be made with the key, for this token and this hub`,
      `cluster:prod-1 RenewCredential cluster.${id} garbage: this is no request for a credential`,
    ]);
  });
});
