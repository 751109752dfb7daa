import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import type { Revocations } from './account-claims.ts';
import { claimsFile, openAccount, openClaims, signSpokes } from './claims-files.ts';
import { claimsLookupSubject } from './hub-users.ts';
import { openKeyRing, type KeyRing } from './key-ring.ts';
import { SpokesClaims } from './spokes-claims.ts';

const nowMs = 1_795_440_000_000;
const now = nowMs / 1000;

/** What a server does with claims: it stores whatever is pushed last. */
function create(
  options: { readonly revocations?: Revocations; readonly atServer?: (keys: KeyRing) => string; readonly connected?: () => number } = {},
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'accord-spokes-'));
  const keys = openKeyRing(join(dataDir, 'keys'), { mayCreate: true });
  const claimsDir = join(dataDir, 'claims');
  const made = openClaims(claimsDir, keys, nowMs - 100_000).SPOKES;
  const token = options.revocations === undefined ? made : signSpokes(keys, options.revocations, { nowMs: nowMs - 50_000, after: 0 });
  const server = { token: options.atServer?.(keys) ?? token, pushes: [] as string[], failures: [] as CodedError[], inFile: '' };
  const clock = new ManualClock(nowMs);
  const revoked = (text: string): Revocations => openAccount(text, keys, 'SPOKES').nats.revocations ?? {};
  const file = (): string => readFileSync(claimsFile(claimsDir, 'SPOKES'), 'utf8');
  const request = async (subject: string, body: Uint8Array): Promise<Uint8Array> => {
    if (subject === claimsLookupSubject(keys.spokes.publicKey)) return new TextEncoder().encode(server.token);
    expect(subject).toBe('$SYS.REQ.CLAIMS.UPDATE');
    const failure = server.failures.shift();
    if (failure !== undefined) throw failure;
    server.token = new TextDecoder().decode(body);
    server.inFile = file();
    server.pushes.push(server.token);
    return new TextEncoder().encode(JSON.stringify({ server: {}, data: { code: 200 } }));
  };
  const log = new ListLog();
  const { connected } = options;
  const claims = new SpokesClaims({ claimsDir, keys, token, system: { request }, clock, log, ...(connected && { connected }) });
  const stop = new AbortController();
  const running = claims.run(stop.signal);
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  const end = async (): Promise<void> => {
    stop.abort();
    await running;
  };
  return { keys, server, claims, clock, log, pass, end, revoked, file };
}

test('a server that has our claims already is left alone', async () => {
  const { claims, server, end } = create();
  await claims.inForce();
  expect(server.pushes).toEqual([]);
  await end();
});

test('claims are in the file before they are pushed', async () => {
  const { claims, server, end, revoked } = create();
  await claims.revoke({ U1: now });
  expect(revoked(server.token)).toEqual({ U1: now });
  expect(server.inFile).toBe(server.token);
  expect(claims.token).toBe(server.token);
  await end();
});

test('what is revoked within a second after a push goes with the next push', async () => {
  const { claims, server, pass, end, revoked } = create();
  await claims.revoke({ U1: now });
  const rest = Promise.all([claims.revoke({ U2: now }), claims.revoke({ U3: now })]);
  await pass(999);
  expect(server.pushes).toHaveLength(1);
  await pass(1);
  await rest;
  expect(server.pushes.map(revoked)).toEqual([{ U1: now }, { U1: now, U2: now, U3: now }]);
  await end();
});

test.each([
  ['a tenth of a second with few clients', 5, 100],
  ['a millisecond for each client', 400, 400],
  ['a second at most, however many there are', 20_000, 1_000],
])('after a push the next one waits %s', async (_claim, clients, pauseMs) => {
  const { claims, server, pass, end } = create({ connected: () => clients });
  await claims.revoke({ U1: now });
  const next = claims.revoke({ U2: now });
  await pass(pauseMs - 1);
  expect(server.pushes).toHaveLength(1);
  await pass(1);
  await next;
  expect([server.pushes.length, claims.count]).toEqual([2, 2]);
  await end();
});

test('a revocation never goes back to an earlier time', async () => {
  const { claims, server, end, revoked } = create({ revocations: { U1: now } });
  await claims.revoke({ U1: now - 100 });
  expect(server.pushes).toEqual([]);
  expect(revoked(claims.token)).toEqual({ U1: now });
  await end();
});

test('a push that fails is tried again until it is acknowledged', async () => {
  const { claims, server, pass, end, revoked } = create();
  server.failures.push(new CodedError('timeout', 'no answer'), new CodedError('unavailable', 'away'));
  let isDone = false;
  const done = claims.revoke({ U1: now }).then(() => (isDone = true));
  await pass(0);
  expect(isDone).toBe(false);
  for (let second = 0; second < 5; second += 1) await pass(1_000);
  await done;
  expect(revoked(server.token)).toEqual({ U1: now });
  await end();
});

test('an entry is dropped after 25 hours, and one that is as old is not even taken', async () => {
  const hours25 = 25 * 3_600;
  const { claims, server, end, revoked } = create({ revocations: { U1: now - hours25, U2: now - hours25 + 1 } });
  await claims.revoke({ U3: now - hours25 });
  expect(revoked(server.token)).toEqual({ U2: now - hours25 + 1 });
  await end();
});

test('newer claims at the server are joined with ours', async () => {
  const atServer = (ring: KeyRing): string => signSpokes(ring, { U2: now }, { nowMs, after: now + 60 });
  const { keys, claims, server, end, revoked } = create({ revocations: { U1: now }, atServer });
  await claims.inForce();
  expect(revoked(server.token)).toEqual({ U1: now, U2: now });
  expect(openAccount(server.token, keys, 'SPOKES').iat).toBe(now + 62);
  await end();
});

test('older claims at the server are replaced by ours as they are in the file', async () => {
  const atServer = (ring: KeyRing): string => signSpokes(ring, {}, { nowMs: nowMs - 90_000, after: 0 });
  const { claims, server, end } = create({ revocations: { U1: now }, atServer });
  await claims.inForce();
  expect(server.pushes).toEqual([claims.token]);
  await end();
});

test('foreign claims at the server are reported and replaced', async () => {
  const foreign = create();
  const { claims, server, log, end, revoked } = create({ atServer: () => foreign.server.token });
  await claims.revoke({ U1: now });
  expect(revoked(server.token)).toEqual({ U1: now });
  expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toContain(
    'error the server holds claims that are not ours; they are replaced',
  );
  await Promise.all([end(), foreign.end()]);
});

test('who waits is told when the hub stops', async () => {
  const { claims, server, pass, end } = create();
  server.failures.push(new CodedError('unavailable', 'away'));
  const waiting = expect(claims.revoke({ U1: now })).rejects.toMatchObject({ code: 'unavailable' });
  await pass(0);
  await end();
  await waiting;
});
