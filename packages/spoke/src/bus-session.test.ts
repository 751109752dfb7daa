import type { Credential } from '@accord/proto/join-api';
import { createKeyPair } from '@accord/proto/keys';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { Login } from './bus-session.ts';

/** A login, and the token that is shown at the next one. */
function world() {
  const token = { iat: 5 };
  const credential = { jwt: 'j' } as Credential;
  const clock = new ManualClock(1_000);
  const login = new Login(clock);
  const show = (): unknown => login.show({ claims: () => ({ ...token, exp: 9, nats: {} }), credential, key: createKeyPair('user') });
  return { clock, token, login, show };
}

test('a login that is asked for again before there was a connection was refused', () => {
  const { login, show } = world();
  show();
  expect(login.isRefused(5)).toBe(false);
  show();
  expect(login.isRefused(5)).toBe(true);
});

test('a connection that ends is no refusal, and neither is the first login after it', () => {
  const { login, show } = world();
  for (let times = 0; times < 3; times += 1) {
    show();
    login.turned('connected');
    login.turned('disconnected');
  }
  show();
  expect(login.isRefused(5)).toBe(false);
});

test('what the server says counts at once, for that token alone, until it lets somebody in', () => {
  const { token, login, show } = world();
  show();
  login.refused();
  expect([login.isRefused(5), login.isRefused(6)]).toEqual([true, false]);
  token.iat = 6;
  show();
  login.turned('connected');
  expect([login.isRefused(5), login.usedIat]).toEqual([false, 6]);
});

test('a first login without an answer counts as refused after three seconds, and a later one does not', () => {
  const { clock, login, show } = world();
  show();
  clock.advance(3_000);
  expect(login.isRefused(5)).toBe(false);
  clock.advance(1);
  expect(login.isRefused(5)).toBe(true);
  login.turned('connected');
  login.turned('disconnected');
  show();
  clock.advance(60_000);
  expect(login.isRefused(5)).toBe(false);
});
