import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loginToken } from './fresh-token.ts';
import { forgetLogin, keepLogin, keptLogin } from './kept-login.ts';

let home = '';
let env: Record<string, string> = {};
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'accord-login-'));
  env = { HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
});
afterEach(() => rmSync(home, { recursive: true }));

const login = { server: { issuer: 'https://idp.example', clientId: 'c', scope: 'openid' }, token: 'tok', expiresAtMs: 100_000 };
const hub = 'https://hub.example:7420';

test('a login is for one hub, and readable by its user alone', () => {
  keepLogin(env, `${hub}/`, login);
  keepLogin(env, 'https://other.example', { ...login, token: 'other' });
  expect([keptLogin(env, hub)?.token, keptLogin(env, 'http://hub.example:7420'), keptLogin(env, 'https://hub.example')]).toEqual([
    'tok',
    undefined,
    undefined,
  ]);
  expect(statSync(join(home, 'config', 'accord', 'logins.json')).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, 'config', 'accord')).mode & 0o777).toBe(0o700);
});

test('what is forgotten is gone, and the others stay', () => {
  keepLogin(env, hub, login);
  keepLogin(env, 'https://other.example', login);
  expect([forgetLogin(env, hub), forgetLogin(env, hub)]).toEqual([true, false]);
  expect([keptLogin(env, hub), keptLogin(env, 'https://other.example')?.token]).toEqual([undefined, 'tok']);
});

test('a token is used as long as it holds, and then a login without a way to renew it is over', async () => {
  keepLogin(env, hub, login);
  expect(await loginToken(env, hub, () => 69_000)?.()).toBe('tok');
  await expect(loginToken(env, hub, () => 71_000)?.()).rejects.toMatchObject({
    code: 'unauthenticated',
    help: 'Log in again: accord login',
  });
  expect(loginToken(env, 'https://other.example', () => 0)).toBeUndefined();
});

test('a file that was broken says what to do', () => {
  keepLogin(env, hub, login);
  writeFileSync(join(home, 'config', 'accord', 'logins.json'), '{"x":');
  expect(() => keptLogin(env, hub)).toThrow(
    expect.objectContaining({ code: 'garbage', help: expect.stringContaining('log in again') as string }),
  );
});
