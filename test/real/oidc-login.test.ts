/** People of a real OpenID Connect server, at a real hub, with the real command line. The browser is played by plain requests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HubProgram } from '../chaos/hub-program.ts';
import { runProgram, type Ended } from '../chaos/run-program.ts';
import { freePort } from '../free-port.ts';
import { until } from './fleet-fixture.ts';

const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const serverMain = fileURLToPath(new URL('oidc-server.ts', import.meta.url));
const client = 'accord-cli';
const home = mkdtempSync(join(tmpdir(), 'accord-oidc-'));
const keyFile = join(home, 'issuer-key.json');

let hub: HubProgram;
let server: ChildProcess;
let issuer = '';
let port = 0;

beforeAll(async () => {
  port = await freePort();
  issuer = `http://127.0.0.1:${port}`;
  await startServer();
  const access = join(home, 'access.yaml');
  writeFileSync(access, accessFile());
  hub = await HubProgram.at(join(home, 'hub'), ['--access', access]);
  await hub.start();
  await until('the hub is ready', async () => (await hub.readiness()) === 'ok');
});
afterAll(async () => {
  await hub.stop();
  await stopServer();
  rmSync(home, { recursive: true, force: true });
});

const accessFile = (): string => `
labels:
  env: {required: true, values: [dev, prod], protected: true}
oidc:
  issuer: ${issuer}
  audience: ${client}
  username: email
  grants:
  - {claim: groups, value: platform, role: admin}
  - claim: groups
    value: team-pay
    bindings:
    - {role: operator, clusters: {matchLabels: {env: dev}}, policies: [pay-*], namespaces: [pay-*], parts: [namespaces, quota]}
`;

async function startServer(env: Readonly<Record<string, string>> = {}): Promise<void> {
  server = spawn(process.execPath, [serverMain, String(port), client, keyFile], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  if (server.stdout === null) throw new TypeError('no standard output');
  await once(server.stdout, 'data');
}

async function stopServer(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
}

const environment = (user: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: join(home, user),
  ACCORD_URL: hub.url,
});
const accord = (user: string, ...words: readonly string[]): Promise<Ended> =>
  runProgram(process.execPath, [cli, ...words], environment(user));

/** `accord login`, and what a person does in his browser. */
async function logIn(
  user: string,
  account: string,
  behave: (address: string) => Promise<unknown> = (address) => browse(address, account),
): Promise<Ended> {
  const child = spawn(process.execPath, [cli, 'login'], { env: environment(user), stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const closed = once(child, 'close');
  const address = (): string | undefined => /^ {2}(http\S+)$/m.exec(said.err)?.[1];
  await until('the address is told', async () => address() !== undefined || child.exitCode !== null);
  await behave(address() ?? '');
  const [code] = (await closed) as [number | null];
  return { code, ...said };
}

/** Follows redirects, keeps cookies, and fills in the forms of the server. */
async function browse(address: string, account: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = address;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20; step += 1) {
    const isServer = next.startsWith(issuer);
    const response = await fetch(next, {
      redirect: 'manual',
      headers: isServer ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {},
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    form = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      next = new URL(location, next).href;
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined) return page;
    next = new URL(action, next).href;
    form = new URLSearchParams(
      page.includes('name="login"') ? { prompt: 'login', login: account, password: 'any' } : { prompt: 'consent' },
    );
  }
  throw new Error(`no end: ${next}`);
}

interface Kept {
  readonly token: string;
  readonly expiresAtMs: number;
  readonly refreshToken: string;
}
const fileOf = (user: string): string => join(home, user, '.config', 'accord', 'logins.json');
const keptBy = (user: string): Kept => (JSON.parse(readFileSync(fileOf(user), 'utf8')) as Record<string, Kept>)[hub.url] as Kept;

async function ask(
  token: string,
  method = 'GET',
  path = '/v1/whoami',
  body?: unknown,
): Promise<{ status: number; body: { detail?: string; message?: string; actor?: string } }> {
  const response = await fetch(`${hub.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as { detail?: string } };
}

describe('accord login', () => {
  test('brings a person in with what his groups give, and keeps the token for him alone', async () => {
    const { code, out } = await logIn('ann', 'ann.team-pay');
    expect([code, out]).toEqual([0, `oidc/ann@example.org at ${hub.url}\n`]);
    expect(statSync(fileOf('ann')).mode & 0o777).toBe(0o600);
    expect(keptBy('ann').refreshToken).toMatch(/.{20}/);
    const { out: said, err } = await accord('ann', 'whoami');
    expect(said).toBe(
      'oidc/ann@example.org\noperator on env=dev: policies pay-*, namespaces pay-*, parts namespaces,quota, priority up to 100\n',
    );
    expect(err).toMatch(/^until 20/);
  });

  test('gives the rights of the binding and no others, and the audit names the person', async () => {
    const { token } = keptBy('ann');
    const put = (name: string, selector: object): ReturnType<typeof ask> =>
      ask(token, 'PUT', `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`, {
        apiVersion: 'accord.dev/v1alpha1',
        kind: 'ClusterPolicy',
        metadata: { name },
        spec: { clusterSelector: selector, namespaces: [{ name: 'pay-a' }] },
      });
    expect((await put('pay-a', { matchLabels: { env: 'dev' } })).status).toBe(201);
    expect(await put('pay-a', {})).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('oidc/ann@example.org may not do this') as string },
    });
    expect((await put('base', { matchLabels: { env: 'dev' } })).status).toBe(403);
    const { items } = (await (await fetch(`${hub.url}/v1/audit`, { headers: { authorization: `Bearer ${hub.token}` } })).json()) as {
      items: { actor: string; result: string; action: string }[];
    };
    expect(items.filter(({ actor }) => actor === 'oidc/ann@example.org').map(({ action, result }) => `${action} ${result}`)).toEqual([
      'PUT refused',
      'PUT refused',
      'PolicyCreated stored',
    ]);
  });

  test('gives a role for the whole fleet where a group has one', async () => {
    expect((await logIn('root', 'root.platform')).code).toBe(0);
    expect((await accord('root', 'whoami')).out).toBe('oidc/root@example.org\nadmin of the whole fleet\n');
    expect((await accord('root', 'token', 'list')).code).toBe(0);
  });

  test('lets somebody whose claims give nothing in, and to nothing', async () => {
    const { code } = await logIn('eve', 'eve.strangers');
    expect(code).toBe(0);
    const { err } = await accord('eve', 'get', 'policies');
    expect(err).toContain('needs role viewer, and oidc/eve@example.org has no role');
  });

  test('is over after logout', async () => {
    expect((await accord('eve', 'logout')).out).toBe(`logged out of ${hub.url}\n`);
    expect((await accord('eve', 'whoami')).err).toContain('accord login');
    expect(await accord('eve', 'logout')).toMatchObject({ code: 1, err: expect.stringContaining('there is no login') as string });
  });

  test('does not listen to a browser that comes with another state', async () => {
    const { code } = await logIn('ann', 'ann.team-pay', async (address) => {
      const callback = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
      const forged = await fetch(`${callback.href}?code=stolen&state=forged&iss=${encodeURIComponent(issuer)}`);
      expect(forged.status).toBe(404);
      await browse(address, 'ann.team-pay');
    });
    expect(code).toBe(0);
  });

  test('asks with PKCE, state and nonce', async () => {
    let asked = new URLSearchParams();
    await logIn('ann', 'ann.team-pay', async (address) => {
      asked = new URL(address).searchParams;
      await browse(address, 'ann.team-pay');
    });
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length, name).toBeGreaterThan(20);
    expect(asked.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });
});

test('a token that is about to end is made anew without a browser', async () => {
  const before = keptBy('ann');
  const logins = JSON.parse(readFileSync(fileOf('ann'), 'utf8')) as Record<string, Kept>;
  writeFileSync(fileOf('ann'), JSON.stringify({ ...logins, [hub.url]: { ...before, expiresAtMs: 1 } }));
  expect(await accord('ann', 'whoami')).toMatchObject({ code: 0, out: expect.stringContaining('oidc/ann@example.org') as string });
  const after = keptBy('ann');
  expect(after.token).not.toBe(before.token);
  expect(after.expiresAtMs).toBeGreaterThan(Date.now());
  expect(statSync(fileOf('ann')).mode & 0o777).toBe(0o600);
});

describe('a token that is not what it says', () => {
  const seconds = (): number => Math.floor(Date.now() / 1000);
  const claims = (): JWTPayload => ({
    iss: issuer,
    aud: client,
    sub: 'mallory',
    email: 'mallory@example.org',
    groups: ['platform'],
    iat: seconds(),
    exp: seconds() + 600,
  });
  let key: JWK;
  beforeEach(() => {
    key = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK;
  });
  const signed = async (payload: JWTPayload, header: object = {}): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: key.kid ?? '', ...header }).sign(await importJWK(key, 'RS256'));
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('as this one is: signed by the key of the server, for this hub', async () => {
    expect(await ask(await signed(claims()))).toMatchObject({ status: 200, body: { actor: 'oidc/mallory@example.org' } });
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
          await exportSPKI((await importJWK({ ...open, ext: true } as JWK, 'RS256')) as Parameters<typeof exportSPKI>[0]),
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
    const { status, body } = await ask(await make());
    expect([status, body.detail]).toEqual([401, expect.stringContaining(said)]);
  });

  test('and after ten of them the address is told to wait, while who is right is let in', async () => {
    expect((await ask(await signed({ ...claims(), aud: 'another' }))).status).toBe(429);
    expect((await ask(await signed(claims()))).status).toBe(200);
  });

  test('a clock that is half a minute behind is borne', async () => {
    expect((await ask(await signed({ ...claims(), exp: seconds() - 30 }))).status).toBe(200);
  });

  test('a claim that gives nothing gives nothing', async () => {
    const { status, body } = await ask(await signed({ ...claims(), groups: ['platforms', 'xplatform', ''] }), 'GET', '/v1/fleet');
    expect([status, body.detail]).toEqual([403, expect.stringContaining('has no role')]);
    expect((await ask(await signed({ ...claims(), groups: { platform: true } }), 'GET', '/v1/fleet')).status).toBe(403);
  });
});

test('a server that has changed its key is believed with the new one, and no longer with the old one', async () => {
  const old = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK;
  await stopServer();
  await startServer();
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: client, sub: 'x', groups: ['platform'], exp: seconds + 600 };
  const sign = async (key: JWK): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid ?? '' }).sign(await importJWK(key, 'RS256'));
  const fresh = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK;
  // A key that is not known is looked for once in ten seconds.
  await until('the new key is known', async () => (await ask(await sign(fresh))).status === 200);
  expect((await ask(await sign(old))).status).toBeGreaterThanOrEqual(401);
});

test('while the server is away tokens of the hub work, and so do those whose key is known', async () => {
  const fresh = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK;
  const claims = { iss: issuer, aud: client, sub: 'x', groups: ['platform'], exp: Math.floor(Date.now() / 1000) + 600 };
  const sign = async (kid: string): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(await importJWK(fresh, 'RS256'));
  await stopServer();
  const statuses = [hub.token, await sign(fresh.kid ?? ''), await sign('unknown')].map(async (token) => (await ask(token)).status);
  expect(await Promise.all(statuses)).toEqual([200, 200, expect.toSatisfy((status: number) => status === 401 || status === 503)]);
  await startServer();
});

describe('accord-hub --access', () => {
  test.each([
    ['labels: {env: {value: [dev]}}', 'labels.env: there is no field value, did you mean values?'],
    ['labels: {"a b": {}}', 'labels.a b: name must be'],
    [
      'oidc: {issuer: "http://idp.example", audience: a, grants: [{claim: g, value: v, role: viewer}]}',
      'oidc.issuer: must be an https address',
    ],
    ['oidc: {issuer: "https://idp.example", audience: a, grants: [{claim: g, value: v}]}', 'oidc.grants[0]: needs a role or bindings'],
    ['oidc: {issuer: "https://idp.example", audience: a, grants: []}', 'oidc.grants'],
    [
      'oidc: {issuer: "https://idp.example", audience: a, grants: [{claim: g, value: v, bindings: [{role: viewer, clusters: {matchLabels: {"a b": x}}}]}]}',
      'oidc.grants[0].bindings[0].clusters.matchLabels',
    ],
    ['oidc: [', 'Flow sequence'],
  ])('%s stops the start and says why', async (text, said) => {
    const file = join(home, 'wrong.yaml');
    writeFileSync(file, text);
    const { code, err } = await startHub(file);
    expect([code, err]).toEqual([1, expect.stringContaining(said)]);
  });

  test('a file that is not there stops the start', async () => {
    const { code, err } = await startHub('/nonexistent.yaml');
    expect([code, err]).toEqual([1, expect.stringContaining('--access /nonexistent.yaml cannot be read')]);
  });

  function startHub(file: string): Promise<Ended> {
    const main = fileURLToPath(new URL('../../packages/hub/src/main.ts', import.meta.url));
    return runProgram(process.execPath, [main, '--data', join(home, 'other'), '--access', file], { PATH: process.env['PATH'] ?? '' });
  }
});
