import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterIdOf } from '@accord/proto/ids';
import { createKeyPair } from '@accord/proto/keys';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterEach, expect, test } from 'vitest';
import { claimsFile, openAccount, openClaims } from './claims-files.ts';
import { claimsLookupSubject } from './hub-users.ts';
import { openKeyRing } from './key-ring.ts';
import { readPrivateFile } from './private-file.ts';
import { ScopeRotation } from './scope-rotation.ts';
import { SpokeMint } from './spoke-mint.ts';
import { SpokesClaims } from './spokes-claims.ts';
import { openToken } from './token.ts';

const nowMs = 1_795_440_000_000;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A data directory and the server that outlives hubs. */
function realm() {
  const dataDir = mkdtempSync(join(tmpdir(), 'accord-scope-'));
  const server = { token: '', takes: true };
  return { dataDir, server };
}

/** A hub that starts there. */
function start({ dataDir, server }: ReturnType<typeof realm>) {
  const [keysDir, claimsDir] = [join(dataDir, 'keys'), join(dataDir, 'claims')];
  const keys = openKeyRing(keysDir, { mayCreate: server.token === '' });
  const token = openClaims(claimsDir, keys, nowMs).SPOKES;
  if (server.token === '') server.token = token;
  const request = async (subject: string, body: Uint8Array): Promise<Uint8Array> => {
    if (subject === claimsLookupSubject(keys.spokes.publicKey)) return new TextEncoder().encode(server.token);
    if (server.takes) server.token = new TextDecoder().decode(body);
    return new TextEncoder().encode(JSON.stringify({ data: { code: server.takes ? 200 : 500 } }));
  };
  const clock = new ManualClock(nowMs);
  const claims = new SpokesClaims({ claimsDir, keys, token, system: { request }, clock, log: new ListLog() });
  const stop = new AbortController();
  const running = claims.run(stop.signal);
  const end = async (): Promise<void> => {
    stop.abort();
    await running;
  };
  ends.push(end);
  const mint = new SpokeMint(keys);
  const rotation = new ScopeRotation({ keysDir, keys, mint, claims });
  const user = createKeyPair('user').publicKey;
  const issuer = (): string => {
    const { jwt } = mint.mintSpokeToken({ id: clusterIdOf(new Uint8Array(16)), publicKey: user, labels: {}, sets: [], nowMs });
    return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).iss as string;
  };
  const known = (text = server.token): readonly string[] =>
    openAccount(text, keys, 'SPOKES').nats.signing_keys.map((scope) => (scope as { readonly key: string }).key);
  const inFile = (): readonly string[] => known(readPrivateFile(claimsFile(claimsDir, 'SPOKES')) ?? '');
  /** Lets the pauses between pushes pass. */
  const done = async (work: Promise<void>): Promise<void> => {
    let isDone = false;
    const ended = work.finally(() => (isDone = true));
    await expect.poll(() => (clock.advance(1_000), isDone)).toBe(true);
    await ended;
  };
  return { keys, claims, mint, rotation, issuer, known, inFile, done, clock, end };
}

test('the server knows both keys before the next one signs, and then only that', async () => {
  const hub = start(realm());
  const old = hub.rotation.current;
  expect([hub.issuer(), hub.known()]).toEqual([old, [old]]);
  await hub.done(hub.rotation.begin());
  const next = hub.rotation.next ?? '';
  expect([hub.issuer(), hub.known(), hub.rotation.current]).toEqual([next, [old, next], old]);
  await hub.done(hub.rotation.finish());
  expect([hub.issuer(), hub.known(), hub.rotation.current, hub.rotation.next]).toEqual([next, [next], next, undefined]);
  expect(hub.inFile()).toEqual([next]);
});

test('the old key signs as long as the server has not taken the next one', async () => {
  const at = realm();
  const hub = start(at);
  at.server.takes = false;
  const beginning = hub.rotation.begin();
  await expect.poll(() => hub.rotation.isBegun).toBe(true);
  for (let turn = 0; turn < 20; turn += 1) await (hub.clock.advance(100), new Promise((resolve) => setImmediate(resolve)));
  expect(hub.issuer()).toBe(hub.rotation.current);
  at.server.takes = true;
  await hub.done(beginning);
  expect(hub.issuer()).toBe(hub.rotation.next);
});

test('a second rotation does the same, and its key signs no earlier', async () => {
  const at = realm();
  const hub = start(at);
  await hub.done(hub.rotation.begin());
  await hub.done(hub.rotation.finish());
  const second = hub.rotation.current;
  at.server.takes = false;
  const beginning = hub.rotation.begin();
  expect([hub.issuer(), hub.rotation.next === second]).toEqual([second, false]);
  at.server.takes = true;
  await hub.done(beginning);
  expect(hub.known()).toEqual([second, hub.rotation.next]);
});

test('a hub that died after it had made the next key goes on with that', async () => {
  const at = realm();
  const first = start(at);
  at.server.takes = false;
  const lost = first.rotation.begin().catch(() => undefined);
  const { next } = first.rotation;
  await first.end();
  await lost;
  at.server.takes = true;
  const second = start(at);
  expect(second.rotation.next).toBe(next);
  await second.done(second.rotation.begin());
  expect([second.issuer(), second.known()]).toEqual([next, [second.rotation.current, next]]);
});

test('a hub that died while it took the old key out has it out at its next start', async () => {
  const at = realm();
  const first = start(at);
  await first.done(first.rotation.begin());
  const { next } = first.rotation;
  at.server.takes = false;
  const lost = first.rotation.finish().catch(() => undefined);
  await first.end();
  await lost;
  at.server.takes = true;
  const second = start(at);
  await second.done(second.claims.inForce());
  expect([second.rotation.current, second.rotation.isBegun, second.known(), second.issuer()]).toEqual([next, false, [next], next]);
});

test('revocations outlive the rotation', async () => {
  const at = realm();
  const hub = start(at);
  await hub.done(hub.claims.revoke({ U1: nowMs / 1_000 }));
  await hub.done(hub.rotation.begin());
  await hub.done(hub.rotation.finish());
  expect(openToken<{ revocations: object }>(at.server.token, hub.keys.operatorSigning).nats.revocations).toEqual({ U1: nowMs / 1_000 });
});
