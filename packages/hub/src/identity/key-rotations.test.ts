import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterEach, describe, expect, test } from 'vitest';
import { identityOf, openClaims, type AccountName } from './claims-files.ts';
import { claimsLookupSubject, claimsUpdateSubject } from './hub-users.ts';
import { HubCredentials } from './hub-credentials.ts';
import { KeyRotations } from './key-rotations.ts';
import { openKeyRing } from './key-ring.ts';
import type { KeyRotation } from './signing-rotation.ts';
import { SpokeMint } from './spoke-mint.ts';
import { SpokesClaims } from './spokes-claims.ts';
import type { Claims } from './token.ts';

const nowMs = 1_795_440_000_000;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

type Payload = Claims<{ readonly signing_keys: readonly string[] }>;
const payloadOf = (token: string): Payload => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Payload;
const names = ['SYS', 'HUB', 'SPOKES'] as const satisfies readonly AccountName[];

/** A data directory, and a server that outlives hubs: what it was started with, what it was pushed, and whether it answers. */
function realm() {
  return {
    dataDir: mkdtempSync(join(tmpdir(), 'accord-rotations-')),
    server: { operator: '', accounts: new Map<string, string>(), starts: 0, takes: true },
  };
}

/** A hub that starts there. Like the supervisor it starts the server anew when that knows another operator. */
function start({ dataDir, server }: ReturnType<typeof realm>) {
  const keys = openKeyRing(join(dataDir, 'keys'), { mayCreate: server.operator === '' });
  const claims = { ...openClaims(join(dataDir, 'claims'), keys, nowMs) };
  const load = (): void => {
    server.starts += 1;
    server.operator = claims.operator;
    for (const name of names)
      server.accounts.set(identityOf(keys, name), name === 'SPOKES' ? (spokes?.token ?? claims.SPOKES) : claims[name]);
  };
  let spokes: SpokesClaims | undefined;
  if (server.operator !== claims.operator) load();
  const request = async (subject: string, body: Uint8Array): Promise<Uint8Array> => {
    const text = new TextDecoder().decode(body);
    const asked = names.find((name) => subject === claimsLookupSubject(identityOf(keys, name)));
    if (asked !== undefined) return new TextEncoder().encode(server.accounts.get(identityOf(keys, asked)) ?? '');
    expect(subject).toBe(claimsUpdateSubject);
    if (server.takes) server.accounts.set(payloadOf(text).sub, text);
    return new TextEncoder().encode(JSON.stringify({ data: { code: server.takes ? 200 : 500 } }));
  };
  const [clock, log, stop] = [new ManualClock(nowMs), new ListLog(), new AbortController()];
  const system = { request };
  spokes = new SpokesClaims({ claimsDir: join(dataDir, 'claims'), keys, token: claims.SPOKES, system, clock, log });
  const logins: string[] = [];
  const credentials = {
    hub: new HubCredentials({ keys, role: 'hub', clock, log }),
    sys: new HubCredentials({ keys, role: 'sys', clock, log }),
  };
  const busOf = (role: 'hub' | 'sys') => {
    const listeners = new Set<(state: 'connected' | 'disconnected') => void>();
    return {
      request,
      onConnection: (listener: (state: 'connected' | 'disconnected') => void) => {
        listeners.add(listener);
        listener('connected');
      },
      reconnect: async () => {
        logins.push(payloadOf(credentials[role].current().jwt).iss);
        for (const listener of listeners) listener('connected');
      },
    };
  };
  const nats = { restart: async () => load() };
  const rotations = new KeyRotations({
    ...{ dataDir, keys, claims, spokesClaims: spokes, mint: new SpokeMint(keys), nats, credentials },
    ...{ buses: { hub: busOf('hub'), sys: busOf('sys') }, clock, log, signal: stop.signal },
  });
  const running = Promise.all([spokes.run(stop.signal), rotations.run(stop.signal)]);
  const end = async (): Promise<void> => {
    stop.abort();
    await running;
  };
  ends.push(end);
  /** Lets the pauses between attempts pass. */
  const done = async (work: Promise<void>): Promise<void> => {
    let isDone = false;
    const ended = work.finally(() => (isDone = true));
    await expect.poll(() => (clock.advance(1_000), isDone)).toBe(true);
    await ended;
  };
  const trusted = (): readonly string[] => payloadOf(server.operator).nats.signing_keys;
  const signers = (name: AccountName): readonly string[] => payloadOf(server.accounts.get(identityOf(keys, name)) ?? '').nats.signing_keys;
  const issuers = (): readonly string[] => [...new Set([...server.accounts.values()].map((token) => payloadOf(token).iss))];
  const signedBy = (role: 'hub' | 'sys'): string => payloadOf(credentials[role].current().jwt).iss;
  return { keys, rotations, logins, done, trusted, signers, issuers, signedBy, server, end };
}

describe.each([
  ['HUB', 'hub', (hub: ReturnType<typeof start>): KeyRotation => hub.rotations.hubSigning],
  ['SYS', 'sys', (hub: ReturnType<typeof start>): KeyRotation => hub.rotations.sysSigning],
] as const)('the signing key of %s', (account, role, rotationOf) => {
  test('both count until the hub is logged in by the next one, and then only that', async () => {
    const hub = start(realm());
    const rotation = rotationOf(hub);
    const old = rotation.current;
    expect([hub.signers(account), hub.signedBy(role)]).toEqual([[old], old]);
    await hub.done(rotation.begin());
    const next = rotation.next ?? '';
    expect([hub.signers(account), hub.signedBy(role), hub.logins, rotation.current]).toEqual([[old, next], next, [next], old]);
    await hub.done(rotation.finish());
    expect([hub.signers(account), hub.signedBy(role), rotation.current, rotation.isBegun]).toEqual([[next], next, next, false]);
    expect(hub.server.starts).toBe(1);
  });

  test('a hub that died before the server knew the next key signs with the old one until it does', async () => {
    const at = realm();
    const first = start(at);
    at.server.takes = false;
    const lost = rotationOf(first)
      .begin()
      .catch(() => undefined);
    const { current: old, next = '' } = rotationOf(first);
    await first.end();
    await lost;
    const second = start(at);
    expect([second.signedBy(role), rotationOf(second).next]).toEqual([old, next]);
    at.server.takes = true;
    await second.done(second.rotations.resume());
    expect([second.signers(account), second.signedBy(role), second.logins]).toEqual([[old, next], next, [next]]);
  });

  test('a hub that died while it took the old key out has it out after its next start', async () => {
    const at = realm();
    const first = start(at);
    const rotation = rotationOf(first);
    await first.done(rotation.begin());
    const { next = '' } = rotation;
    at.server.takes = false;
    const lost = rotation.finish().catch(() => undefined);
    await expect.poll(() => rotation.isBegun).toBe(false);
    await first.end();
    await lost;
    at.server.takes = true;
    const second = start(at);
    expect(second.signedBy(role)).toBe(next);
    await second.done(rotationOf(second).finish());
    expect(second.signers(account)).toEqual([next]);
  });
});

describe('the keys of the operator', () => {
  test('the server is started with both before the next one signs an account, and with that alone when all are signed by it', async () => {
    const hub = start(realm());
    const { operator } = hub.rotations;
    const old = operator.current;
    const name = hub.keys.operator.publicKey;
    expect([hub.trusted(), hub.issuers(), hub.server.starts]).toEqual([[old], [old], 1]);
    await hub.done(operator.begin());
    const next = operator.next ?? '';
    expect([hub.trusted(), hub.issuers(), hub.server.starts]).toEqual([[old, next], [next], 2]);
    await hub.done(operator.finish());
    expect([hub.trusted(), hub.issuers(), hub.server.starts, operator.isBegun]).toEqual([[next], [next], 3, false]);
    expect(payloadOf(hub.server.operator).iss).toBe(hub.keys.operator.publicKey);
    expect(hub.keys.operator.publicKey).not.toBe(name);
  });

  test('begun twice at once there is one next key', async () => {
    const hub = start(realm());
    await hub.done(Promise.all([hub.rotations.operator.begin(), hub.rotations.operator.begin()]).then(() => undefined));
    expect([hub.trusted().length, hub.server.starts]).toEqual([2, 2]);
  });

  test('while the server takes nothing, the old key is not taken out', async () => {
    const at = realm();
    const first = start(at);
    await first.done(first.rotations.operator.begin());
    const { current: old, next = '' } = first.rotations.operator;
    // As if another had written what the hub had not: then it has something to push.
    for (const name of names) at.server.accounts.set(identityOf(first.keys, name), '');
    at.server.takes = false;
    const lost = first.rotations.operator.finish().catch(() => undefined);
    await first.end();
    await lost;
    expect(first.trusted()).toEqual([old, next]);
    expect(start(at).rotations.operator.current).toBe(old);
  });

  test('a realm is opened again in the middle, and when it is over', async () => {
    const at = realm();
    const first = start(at);
    await first.done(first.rotations.operator.begin());
    const second = start(at);
    expect([second.rotations.operator.isBegun, second.server.starts]).toEqual([true, 2]);
    await second.done(second.rotations.operator.finish());
    const third = start(at);
    expect([third.rotations.operator.isBegun, third.server.starts, third.issuers()]).toEqual([
      false,
      3,
      [third.keys.operatorSigning.publicKey],
    ]);
  });
});
