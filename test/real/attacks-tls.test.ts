import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createSecureServer, request } from 'node:https';
import { connect as connectPlain, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type { BusPlace } from '@accord/bus/bus';
import { createAuthority, createServingCertificate } from '@accord/hub/identity/self-signed';
import { createKeyPair } from '@accord/proto/keys';
import { ListLog } from '@accord/runtime/log';
import { HubClient } from '@accord/spoke/join/hub-client';
import { connectSpokeBus } from '@accord/spoke/connect-spoke-bus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canLogIn, until } from './fleet-fixture.ts';
import { startRealm, type Member, type Realm } from './identity-realm.ts';
import { JoinStage } from './join-stage.ts';
import { RunningSpoke } from './running-spoke.ts';
import { connectLine, loginOf } from './raw-nats-client.ts';

let realm: Realm;
let member: Member;
const ends: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  realm = await startRealm();
  member = realm.member();
});
afterAll(async () => {
  for (const end of ends.splice(0)) await end();
  await realm?.stop();
});

const portOf = ({ servers: [url = ''] }: BusPlace): number => Number(new URL(url).port);

/** Dials as a spoke does, for as long as it takes to say something. */
async function complaintOf(place: BusPlace): Promise<unknown> {
  const log = new ListLog();
  const stop = new AbortController();
  let isLetIn = false;
  const { id, jwt, key } = member;
  const asked = { place: () => place, id, credential: () => ({ jwt, key }), onRefused: () => undefined, log };
  const dialling = connectSpokeBus(asked, stop.signal);
  void dialling.then(
    () => (isLetIn = true),
    () => undefined,
  );
  await until('it says what is wrong', async () => log.lines.length > 0 || isLetIn, 60_000);
  stop.abort();
  expect(isLetIn).toBe(false);
  return log.lines[0];
}

test('who speaks in clear text is told nothing, not even what listens there', async () => {
  const socket = connectPlain(portOf(realm.identity.nats.place), '127.0.0.1');
  // It may end by a reset, which `once` would take for a failure.
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  let heard = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => (heard = Buffer.concat([heard, chunk])));
  await once(socket, 'connect');
  socket.write(`${connectLine('', loginOf(member.jwt, member.key))}PING\r\n`);
  await closed;
  expect(heard.toString('latin1')).not.toMatch(/INFO|PONG|-ERR/);
});

test('an older TLS is refused', async () => {
  const socket = connect({ port: portOf(realm.identity.nats.place), host: '127.0.0.1', maxVersion: 'TLSv1.2', rejectUnauthorized: false });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
});

test('a spoke that trusts another authority is not let in, and says what to do', async () => {
  const stranger = await createAuthority(Date.now());
  expect(await complaintOf({ ...realm.identity.nats.advertised, ca: stranger.cert })).toMatchObject({
    level: 'error',
    message: 'the bus is not what it should be',
    fields: {
      because: expect.stringContaining('an authority has signed which is not trusted here') as string,
      help: expect.stringContaining('The next renewal over HTTPS brings the authority of the hub') as string,
    },
  });
});

test('whoever stands in front of the bus with a certificate of his own hears no word of a spoke', async () => {
  let heard = 0;
  let dialled = 0;
  const thief = createServer(await createServingCertificate(Date.now(), [], await createAuthority(Date.now())), (socket) => {
    socket.write(
      `INFO ${JSON.stringify({ server_id: 'thief', version: '2.15.1', headers: true, nonce: 'n', max_payload: 1_000_000 })}\r\n`,
    );
    socket.on('data', ({ length }: Buffer) => (heard += length));
    socket.on('error', () => undefined);
  });
  thief.on('connection', () => (dialled += 1));
  thief.listen(0, '127.0.0.1');
  await once(thief, 'listening');
  ends.push(() => void thief.close());
  const { port } = thief.address() as AddressInfo;
  const { ca } = realm.identity.nats.advertised;
  expect(await complaintOf({ servers: [`tls://127.0.0.1:${port}`], ca })).toMatchObject({ fields: { code: 'unavailable' } });
  expect([heard, dialled > 0]).toEqual([0, true]);
});

describe('a join over HTTPS', () => {
  let stage: JoinStage;
  beforeAll(async () => {
    stage = await JoinStage.start();
    ends.unshift(() => stage.stop());
  });
  const secure = (url: string): string => url.replace('http:', 'https:');

  test('trusts the authority that the invitation brings, and nobody else where it is missing', async () => {
    const invited = await stage.invite('secure');
    const spoke = new RunningSpoke(secure(stage.hub.url), invited);
    ends.unshift(() => spoke.stop());
    spoke.start();
    await until('it is in', async () => (await stage.clusters()).includes('secure'));
    const { token, ...rest } = await stage.invite('without');
    const body = stage.request({ token, ...rest });
    const signal = AbortSignal.timeout(10_000);
    await expect(new HubClient(secure(stage.hub.url)).join(token, body, signal)).rejects.toMatchObject({
      code: 'unavailable',
      help: expect.stringContaining('ACCORD_HUB_CA in Secret accord-spoke-join') as string,
    });
    expect(await stage.clusters()).not.toContain('without');
    // A renewal gives nothing away and is believed by its signature, so it reaches the hub and is judged there.
    const renewal = { cluster: 'x', publicKey: body.publicKey, tsMs: body.tsMs, nonce: body.nonce, proof: body.proof };
    await expect(new HubClient(secure(stage.hub.url)).renew(renewal, signal)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('gives the token to nobody who stands in front of the hub', async () => {
    const invited = await stage.invite('robbed');
    let asked = 0;
    const own = await createServingCertificate(Date.now(), [], await createAuthority(Date.now()));
    const thief = createSecureServer(own, (_request, response) => {
      asked += 1;
      response.end('{}');
    });
    let dialled = 0;
    thief.on('connection', (_socket: TLSSocket) => (dialled += 1));
    thief.listen(0, '127.0.0.1');
    await once(thief, 'listening');
    ends.push(() => void thief.close());
    const { port } = thief.address() as AddressInfo;
    const hub = new HubClient(`https://127.0.0.1:${port}`, Buffer.from(invited.caBundle ?? '', 'base64').toString());
    await expect(hub.join(invited.token, stage.request(invited), AbortSignal.timeout(10_000))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect([asked, dialled]).toEqual([0, 1]);
  });
});

test('a certificate of the owner’s serves clusters and people, and its authority comes with the credential', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'accord-own-'));
  ends.push(() => rmSync(dir, { recursive: true }));
  const authority = await createAuthority(Date.now());
  const { cert, key } = await createServingCertificate(Date.now(), [], authority);
  const files = { cert, key, ca: authority.cert };
  const options = Object.entries(files).flatMap(([name, text]) => {
    writeFileSync(join(dir, name), text, { mode: 0o600 });
    return [`--tls-${name}`, join(dir, name)];
  });
  const stage = await JoinStage.start(options);
  ends.unshift(() => stage.stop());
  const pair = createKeyPair('user');
  const credential = await stage.joined(await stage.invite('own'), { key: pair });
  expect(credential.ca).toBe(authority.cert);
  expect(await canLogIn({ seed: pair.seed, ...credential })).toBe(true);
  expect(await canLogIn({ seed: pair.seed, ...credential, ca: realm.identity.nats.advertised.ca })).toBe(false);
  const asked = request(new URL('/healthz', stage.hub.url.replace('http:', 'https:')), { ca: authority.cert });
  asked.end();
  const [{ statusCode }] = (await once(asked, 'response')) as [{ readonly statusCode: number }];
  expect(statusCode).toBe(200);
});
