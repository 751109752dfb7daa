import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '@accord/runtime/clock';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAccessFile } from './access-file.ts';
import { People } from './people.ts';

/** What the server answers; a test changes it. */
let configuration: Record<string, unknown> = {};
let keys: JWK[] = [];
let server: Server;
let issuer = '';
let sign: (claims: JWTPayload) => Promise<string>;
const clock = new ManualClock();
clock.advance(1_000_000_000);

beforeEach(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys } : configuration));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  configuration = { issuer, jwks_uri: `${issuer}/keys` };
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  keys = [{ ...(await exportJWK(publicKey)), kid: 'k' }];
  sign = (claims) =>
    new SignJWT({ iss: issuer, aud: 'a', sub: 'ann', exp: clock.now() / 1000 + 60, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .sign(privateKey);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function people(grants: string): People {
  const { oidc } = parseAccessFile(`oidc: {issuer: "${issuer}", audience: a, username: name, grants: [${grants}]}`, 'FILE');
  if (oidc === undefined) throw new TypeError('no oidc');
  return new People(oidc, clock);
}

describe('what claims give', () => {
  const grants = `
    {claim: groups, value: readers, role: viewer}, {claim: groups, value: writers, role: operator},
    {claim: team, value: pay, bindings: [{role: operator, clusters: {}, policies: [pay]}]},
    {claim: groups, value: pay, bindings: [{role: viewer, clusters: {}, policies: [more]}]}`;
  test.each<[JWTPayload, string]>([
    [{}, 'none '],
    [{ groups: ['readers'] }, 'viewer '],
    [{ groups: 'readers' }, 'viewer '],
    [{ groups: ['writers', 'readers'] }, 'operator '],
    [{ groups: ['reader', 'READERS'] }, 'none '],
    [{ team: 'pay' }, 'none pay'],
    [{ team: ['pay'], groups: ['pay', 'readers'] }, 'viewer pay,more'],
    [{ groups: { readers: true } }, 'none '],
    [{ groups: [['readers']] }, 'none '],
  ])('%j: %s', async (claims, given) => {
    const { access } = (await people(grants).identify(await sign(claims))) ?? {};
    expect(`${access?.whole ?? 'none'} ${access?.bindings.flatMap(({ policies }) => policies).join()}`).toBe(given);
  });
});

test.each<[JWTPayload, string]>([
  [{}, 'oidc/ann'],
  [{ name: 'Ann Example' }, 'oidc/Ann?Example'],
  [{ name: 'x\n\u001b[31m' }, 'oidc/x??[31m'],
  [{ name: 7 }, 'oidc/ann'],
  [{ name: 'x'.repeat(300) }, `oidc/${'x'.repeat(128)}`],
])('%j is called %s', async (claims, actor) => {
  const caller = await people('{claim: g, value: v, role: viewer}').identify(await sign(claims));
  expect(caller?.actor).toBe(actor);
});

test('somebody is known until his token is over', async () => {
  const caller = await people('{claim: g, value: v, role: viewer}').identify(await sign({}));
  expect(caller?.isStillKnown()).toBe(true);
  clock.advance(121_000);
  expect(caller?.isStillKnown()).toBe(false);
});

test('what is no JWT is nothing of this server', async () => {
  for (const token of ['acc_abc', 'a.b', 'a.b.c.d', 'a b.c.d', ''])
    expect(await people('{claim: g, value: v, role: viewer}').identify(token)).toBeUndefined();
});

test.each<[string, () => void]>([
  ['names another issuer', () => (configuration = { ...configuration, issuer: 'http://127.0.0.1:1' })],
  [
    'has its keys where somebody on the way could change them',
    () => (configuration = { ...configuration, jwks_uri: 'http://evil.example/keys' }),
  ],
  ['names no keys', () => (configuration = { issuer })],
  ['is no configuration', () => (configuration = [] as never)],
  ['has keys that are none', () => (keys = 'nothing' as never)],
  ['does not answer', () => server.close()],
])('a server that %s lets nobody in, and is asked again', async (_what, breakIt) => {
  const whole = people('{claim: g, value: v, role: viewer}');
  const [rightConfiguration, rightKeys] = [configuration, keys];
  breakIt();
  await expect(whole.identify(await sign({}))).rejects.toMatchObject({ code: 'unavailable' });
  if (!server.listening) return;
  [configuration, keys] = [rightConfiguration, rightKeys];
  expect((await whole.identify(await sign({})))?.actor).toBe('oidc/ann');
});
