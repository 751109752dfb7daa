/** Tokens that claim to be of a real OpenID Connect server, at a real hub: what is wrong with each is seen. */
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from './fleet-fixture.ts';
import { OidcWorld } from './oidc-world.ts';

let world: OidcWorld;
beforeAll(async () => {
  world = await OidcWorld.start();
});
afterAll(() => world.stop());

describe('a token that is not what it says', () => {
  const seconds = (): number => Math.floor(Date.now() / 1000);
  const claims = (): JWTPayload => ({
    iss: world.issuer,
    aud: world.client,
    sub: 'mallory',
    email: 'mallory@example.org',
    groups: ['platform'],
    iat: seconds(),
    exp: seconds() + 600,
  });
  let key: JWK;
  beforeEach(() => {
    key = world.key;
  });
  const signed = async (payload: JWTPayload, header: object = {}): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: key.kid ?? '', ...header }).sign(await importJWK(key, 'RS256'));
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('as this one is: signed by the key of the server, for this hub', async () => {
    expect(await world.ask(await signed(claims()))).toMatchObject({ status: 200, body: { actor: 'oidc/mallory@example.org' } });
  });

  // Each row changes one thing about the token above. They come from one address, so there are no more than ten.
  test.each<[string, () => Promise<string>, string]>([
    ['expired', () => signed({ ...claims(), exp: seconds() - 120 }), '"exp" claim timestamp check failed'],
    ['without an end', () => signed({ ...claims(), exp: undefined } as unknown as JWTPayload), 'missing required "exp" claim'],
    ['not valid yet', () => signed({ ...claims(), nbf: seconds() + 600 }), '"nbf" claim timestamp check failed'],
    ['for somebody else', () => signed({ ...claims(), aud: 'another' }), 'unexpected "aud" claim value'],
    ['of another issuer', () => signed({ ...claims(), iss: 'http://evil.example' }), 'unexpected "iss" claim value'],
    [
      'signed by another key of the same name',
      async () =>
        new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: key.kid ?? '' }).sign((await generateKeyPair('RS256')).privateKey),
      'signature verification failed',
    ],
    ['not signed', async () => `${encoded({ alg: 'none' })}.${encoded(claims())}.`, '"alg" (Algorithm) Header Parameter value not allowed'],
    [
      'signed with the public key as a shared secret',
      async () => {
        const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = key;
        const secret = new TextEncoder().encode(
          await exportSPKI((await importJWK({ ...open, ext: true }, 'RS256')) as Parameters<typeof exportSPKI>[0]),
        );
        return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: key.kid ?? '' }).sign(secret);
      },
      '"alg" (Algorithm) Header Parameter value not allowed',
    ],
    [
      'that brings its own key along',
      async () => {
        const pair = await generateKeyPair('RS256', { extractable: true });
        return new SignJWT(claims())
          .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(pair.publicKey), kid: 'mine' })
          .sign(pair.privateKey);
      },
      'no applicable key found',
    ],
    ['that was cut', async () => (await signed(claims())).slice(0, -20), 'signature verification failed'],
  ])('%s is refused', async (_what, make, said) => {
    const { status, body } = await world.ask(await make());
    expect([status, body.detail]).toEqual([401, expect.stringContaining(said)]);
  });

  test('and after ten of them the address is told to wait, while who is right is let in', async () => {
    expect((await world.ask(await signed({ ...claims(), aud: 'another' }))).status).toBe(429);
    expect((await world.ask(await signed(claims()))).status).toBe(200);
  });

  test('a clock that is half a minute behind is borne', async () => {
    expect((await world.ask(await signed({ ...claims(), exp: seconds() - 30 }))).status).toBe(200);
  });

  test('a claim that gives nothing gives nothing', async () => {
    const { status, body } = await world.ask(await signed({ ...claims(), groups: ['platforms', 'xplatform', ''] }), 'GET', '/v1/fleet');
    expect([status, body.detail]).toEqual([403, expect.stringContaining('has no role')]);
    expect((await world.ask(await signed({ ...claims(), groups: { platform: true } }), 'GET', '/v1/fleet')).status).toBe(403);
  });
});

test('a server that has changed its key is believed with the new one, and no longer with the old one', async () => {
  const old = world.key;
  await world.stopServer();
  await world.startServer();
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { iss: world.issuer, aud: world.client, sub: 'x', groups: ['platform'], exp: seconds + 600 };
  const sign = async (key: JWK): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid ?? '' }).sign(await importJWK(key, 'RS256'));
  const fresh = world.key;
  // A key that is not known is looked for once in ten seconds.
  await until('the new key is known', async () => (await world.ask(await sign(fresh))).status === 200);
  expect((await world.ask(await sign(old))).status).toBeGreaterThanOrEqual(401);
});

test('while the server is away tokens of the hub work, and so do those whose key is known', async () => {
  const fresh = world.key;
  const claims = { iss: world.issuer, aud: world.client, sub: 'x', groups: ['platform'], exp: Math.floor(Date.now() / 1000) + 600 };
  const sign = async (kid: string): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(await importJWK(fresh, 'RS256'));
  await world.stopServer();
  const statuses = [world.hub.token, await sign(fresh.kid ?? '')].map(async (token) => (await world.ask(token)).status);
  expect(await Promise.all(statuses)).toEqual([200, 200]);
  await world.startServer();
});
