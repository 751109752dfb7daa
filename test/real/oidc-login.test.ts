/** People of a real OpenID Connect server who log in at a real hub with the real command line. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runProgram, type Ended } from '../chaos/run-program.ts';
import { OidcWorld, type Kept, type Said } from './oidc-world.ts';

let world: OidcWorld;
beforeAll(async () => {
  world = await OidcWorld.start();
});
afterAll(() => world.stop());

/** What somebody did, the newest first; that he was there is written when it pleases the hub. */
async function auditOf(who: string): Promise<readonly string[]> {
  const answer = await fetch(`${world.hub.url}/v1/audit`, { headers: { authorization: `Bearer ${world.hub.token}` } });
  const { items } = (await answer.json()) as { readonly items: readonly { actor: string; result: string; action: string }[] };
  return items.filter(({ actor, action }) => actor === who && action !== 'CallerSeen').map(({ action, result }) => `${action} ${result}`);
}

describe('accord login', () => {
  test('brings a person in with what his groups give, and keeps the token for him alone', async () => {
    const { code, out } = await world.logIn('ann', 'ann.team-pay');
    expect([code, out]).toEqual([0, `oidc/ann@example.org at ${world.hub.url}\n`]);
    expect(statSync(world.fileOf('ann')).mode & 0o777).toBe(0o600);
    expect(world.keptBy('ann').refreshToken).toMatch(/.{20}/);
    const { out: said, err } = await world.accord('ann', 'whoami');
    expect(said).toBe(
      'oidc/ann@example.org\noperator on env=dev: policies pay-*, namespaces pay-*, parts namespaces,quota, priority up to 100\n',
    );
    expect(err).toMatch(/^until 20/);
  });

  test('gives the rights of the binding and no others, and the audit names the person', async () => {
    const { token } = world.keptBy('ann');
    const put = (name: string, selector: object): Promise<Said> =>
      world.ask(token, 'PUT', `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`, {
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
    // Refusals are written a moment later, many at once.
    await vi.waitFor(async () =>
      expect(await auditOf('oidc/ann@example.org')).toEqual(['PUT refused', 'PUT refused', 'PolicyCreated stored']),
    );
  });

  test('gives a role for the whole fleet where a group has one', async () => {
    expect((await world.logIn('root', 'root.platform')).code).toBe(0);
    expect((await world.accord('root', 'whoami')).out).toBe('oidc/root@example.org\nadmin of the whole fleet\n');
    expect((await world.accord('root', 'token', 'list')).code).toBe(0);
  });

  test('lets somebody whose claims give nothing in, and to nothing', async () => {
    const { code } = await world.logIn('eve', 'eve.strangers');
    expect(code).toBe(0);
    const { err } = await world.accord('eve', 'get', 'policies');
    expect(err).toContain('needs role viewer, and oidc/eve@example.org has no role');
  });

  test('is over after logout', async () => {
    expect((await world.accord('eve', 'logout')).out).toBe(`logged out of ${world.hub.url}\n`);
    expect((await world.accord('eve', 'whoami')).err).toContain('accord login');
    expect(await world.accord('eve', 'logout')).toMatchObject({ code: 1, err: expect.stringContaining('there is no login') as string });
  });

  test('does not listen to a browser that comes with another state', async () => {
    const { code } = await world.logIn('ann', 'ann.team-pay', async (address) => {
      const callback = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
      const forged = await fetch(`${callback.href}?code=stolen&state=forged&iss=${encodeURIComponent(world.issuer)}`);
      expect(forged.status).toBe(404);
      await world.browse(address, 'ann.team-pay');
    });
    expect(code).toBe(0);
  });

  test('asks with PKCE, state and nonce', async () => {
    let asked = new URLSearchParams();
    await world.logIn('ann', 'ann.team-pay', async (address) => {
      asked = new URL(address).searchParams;
      await world.browse(address, 'ann.team-pay');
    });
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length, name).toBeGreaterThan(20);
    expect(asked.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });
});

test('a token that is about to end is made anew without a browser', async () => {
  const before = world.keptBy('ann');
  const logins = JSON.parse(readFileSync(world.fileOf('ann'), 'utf8')) as Record<string, Kept>;
  writeFileSync(world.fileOf('ann'), JSON.stringify({ ...logins, [world.hub.url]: { ...before, expiresAtMs: 1 } }));
  expect(await world.accord('ann', 'whoami')).toMatchObject({ code: 0, out: expect.stringContaining('oidc/ann@example.org') as string });
  const after = world.keptBy('ann');
  expect(after.expiresAtMs).toBeGreaterThan(Date.now());
  expect(statSync(world.fileOf('ann')).mode & 0o777).toBe(0o600);
});

test('a hub whose file of --access is wrong does not start, and says why', async () => {
  const file = join(world.home, 'wrong.yaml');
  writeFileSync(file, 'oidc: {issuer: "http://idp.example"}');
  const main = fileURLToPath(new URL('../../packages/hub/src/main.ts', import.meta.url));
  const start = (path: string): Promise<Ended> =>
    runProgram(process.execPath, [main, '--data', join(world.home, 'other'), '--access', path], { PATH: process.env['PATH'] ?? '' });
  expect(await start(file)).toMatchObject({ code: 1, err: expect.stringContaining('oidc.issuer: must be an https address') as string });
  expect(await start('/nonexistent')).toMatchObject({
    code: 1,
    err: expect.stringContaining('--access /nonexistent cannot be read') as string,
  });
});
