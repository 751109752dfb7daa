import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorToken, spokesClaims } from '@accord/hub/identity/account-claims';
import { signToken } from '@accord/hub/identity/token';
import type { KeyName, KeyRing } from '@accord/hub/identity/key-ring';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import { startRealm, type Member, type Realm } from './identity-realm.ts';
import { loginOf, RawNatsClient, type RawLogin } from './raw-nats-client.ts';

let realm: Realm;
let member: Member;
beforeAll(async () => {
  realm = await startRealm();
  member = realm.member({ labels: { env: 'prod' } });
});
afterAll(() => realm.stop());

const now = (): number => Math.floor(Date.now() / 1000);
const refused = ['Authorization Violation', 'closed'];

async function answerToLogin(login: RawLogin): Promise<readonly string[]> {
  const client = await RawNatsClient.login(realm.identity.nats.place, login);
  const errors = await client.settle();
  // The server writes the refusal and hangs up; the two may arrive apart.
  if (errors.length > 0) await client.until(() => client.isClosed, 'the end of the connection');
  const rest = errors.length > 0 ? await client.settle() : [];
  client.close();
  return [...errors, ...rest];
}

interface TokenChange {
  readonly issuer?: KeyPair;
  readonly exp?: number;
  readonly name?: string;
  readonly sub?: string;
  readonly nats?: object;
}

/** A token as the mint makes them, but for one thing. */
function tokenWith({
  issuer = realm.keys.spokesScope,
  exp = now() + 3_600,
  name = member.id,
  sub = member.key.publicKey,
  nats = {},
}: TokenChange): string {
  const standard = { type: 'user', version: 2, issuer_account: realm.keys.spokes.publicKey, tags: ['l:env.prod'] } as const;
  return signToken(issuer, { iat: now(), exp, sub, name, nats: { ...standard, ...nats } });
}

test('the token that all these attempts change is accepted unchanged', async () => {
  expect(await answerToLogin(loginOf(tokenWith({}), member.key))).toEqual([]);
  expect(await answerToLogin(loginOf(member.jwt, member.key))).toEqual([]);
});

describe('the server refuses a login', () => {
  const everything = { pub: { allow: ['>'] }, sub: { allow: ['>'] } };
  const attempts: [name: string, token: () => string][] = [
    ['with an expired token', () => tokenWith({ exp: now() - 1 })],
    ['with permissions of its own in a token of the scoped key', () => tokenWith({ nats: everything })],
    ['with limits of its own in a token of the scoped key', () => tokenWith({ nats: { subs: -1, data: -1, payload: -1 } })],
    [
      'with a token that the account identity key signed',
      () => tokenWith({ issuer: realm.keys.spokes, nats: { ...everything, subs: -1, data: -1, payload: -1 } }),
    ],
    ['with a token that another account signed', () => tokenWith({ issuer: realm.keys.hubSigning })],
    [
      'with a token for the account of the hub that the scoped key signed',
      () => tokenWith({ nats: { issuer_account: realm.keys.hub.publicKey } }),
    ],
    [
      'with a token for the system account that the scoped key signed',
      () => tokenWith({ nats: { issuer_account: realm.keys.sys.publicKey } }),
    ],
    ['with a token that it signed itself', () => tokenWith({ issuer: createKeyPair('account') })],
    ['with a bearer token', () => tokenWith({ nats: { bearer_token: true } })],
    ['with a token whose tags were changed', () => tampered(member.jwt)],
  ];
  test.each(attempts)('%s', async (_name, token) => {
    expect(await answerToLogin(loginOf(token(), member.key))).toEqual(refused);
  });

  test('with a stolen token and another key', async () => {
    const thief = createKeyPair('user');
    expect(await answerToLogin(loginOf(member.jwt, thief))).toEqual(refused);
    expect(await answerToLogin({ jwt: member.jwt, nkey: member.key.publicKey, sign: (nonce) => thief.sign(nonce) })).toEqual(refused);
  });

  test('with a stolen token and no signature', async () => {
    expect(await answerToLogin({ jwt: member.jwt, sign: undefined })).toEqual(refused);
    expect(await answerToLogin({ jwt: member.jwt, nkey: member.key.publicKey, sign: () => new Uint8Array(64) })).toEqual(refused);
  });

  test('with a stolen token and a signature over another nonce', async () => {
    const old = member.key.sign(new TextEncoder().encode('nonce of an earlier connection'));
    expect(await answerToLogin({ jwt: member.jwt, nkey: member.key.publicKey, sign: () => old })).toEqual(refused);
  });

  test('with the token of another operator, even when its account has our names', async () => {
    const foreign = foreignRing();
    const jwt = signToken(foreign.spokesScope, {
      iat: now(),
      exp: now() + 3_600,
      sub: member.key.publicKey,
      name: member.id,
      nats: { type: 'user', version: 2, issuer_account: foreign.spokes.publicKey, tags: ['l:env.prod'] },
    });
    expect(await answerToLogin(loginOf(jwt, member.key))).toEqual(refused);
  });

  test('with no token at all', async () => {
    expect(await answerToLogin({ jwt: '', sign: undefined })).toEqual(refused);
  });
});

describe('the server takes no account claims', () => {
  test.each([
    ['of another operator', (foreign: KeyRing) => foreign.operatorSigning],
    ['that the operator signed itself', () => realm.keys.operator],
    ['that the account signed itself', () => realm.keys.spokes],
  ])('%s', async (_name, issuerOf) => {
    const nats = spokesClaims(realm.keys, { [member.key.publicKey]: now() + 60 });
    const token = signToken(issuerOf(foreignRing()), { iat: now() + 60, sub: realm.keys.spokes.publicKey, name: 'SPOKES', nats });
    await realm.sys.request('$SYS.REQ.CLAIMS.UPDATE', new TextEncoder().encode(token), { timeoutMs: 5_000 }).catch(() => undefined);
    expect(await answerToLogin(loginOf(member.jwt, member.key))).toEqual([]);
  });
});

describe('a revoked key', () => {
  test('is cut, cannot come back, and leaves others alone', async () => {
    const [gone, other] = [realm.member(), realm.member()];
    const [goneRaw, otherRaw] = [await realm.login(gone), await realm.login(other)];
    expect([await goneRaw.settle(), await otherRaw.settle()]).toEqual([[], []]);
    const start = performance.now();
    await realm.claims.revoke({ [gone.key.publicKey]: gone.iat });
    await goneRaw.until(() => goneRaw.isClosed, 'the cut');
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(await answerToLogin(loginOf(gone.jwt, gone.key))).toEqual(refused);
    expect(await otherRaw.settle()).toEqual([]);
  });

  test('with the revocation one second before its new token lives on with the new rights alone', async () => {
    const spoke = realm.member({ labels: { env: 'prod' } });
    const { mint } = realm.identity;
    const input = { id: spoke.id, publicKey: spoke.key.publicKey, labels: { env: 'dev' }, sets: [], nowMs: Date.now() };
    const next = mint.mintSpokeToken(input);
    expect(next.iat).toBeGreaterThan(spoke.iat);
    const old = await realm.login(spoke);
    expect(await old.settle()).toEqual([]);
    await realm.claims.revoke({ [spoke.key.publicKey]: next.iat - 1 });
    await old.until(() => old.isClosed, 'the cut');
    expect(await answerToLogin(loginOf(spoke.jwt, spoke.key))).toEqual(refused);
    const renewed = await realm.login({ jwt: next.jwt, key: spoke.key });
    renewed.subscribe('live.desired.l.env.dev.>');
    expect(await renewed.settle()).toEqual([]);
    renewed.subscribe('live.desired.l.env.prod.>');
    expect(await renewed.settle()).toEqual(['Permissions Violation for Subscription to "live.desired.l.env.prod.>"']);
  });

  test('is cut when its token expires, even without a revocation', async () => {
    const key = createKeyPair('user');
    const { id } = realm.member();
    const token = realm.identity.mint.mintSpokeToken({
      id,
      publicKey: key.publicKey,
      labels: {},
      sets: [],
      nowMs: Date.now(),
      lifeMs: 2_000,
    });
    const raw = await realm.login({ jwt: token.jwt, key });
    expect(await raw.settle()).toEqual([]);
    await raw.until(() => raw.isClosed, 'the cut');
    expect(await raw.settle()).toEqual(['User Authentication Expired', 'closed']);
  });
});

function tampered(jwt: string): string {
  const [head = '', payload = '', signature = ''] = jwt.split('.');
  const text = Buffer.from(payload, 'base64url').toString().replace('l:env.prod', 'l:env.dev');
  return [head, Buffer.from(text).toString('base64url'), signature].join('.');
}

/** Keys of somebody who runs the same program for himself. */
function foreignRing(): KeyRing {
  const types = Object.entries(realm.keys).map(([name, { type }]) => [name, createKeyPair(type)]);
  const ring = Object.fromEntries(types) as Record<KeyName, KeyPair>;
  expect(operatorToken(ring, now())).not.toBe('');
  return ring;
}
