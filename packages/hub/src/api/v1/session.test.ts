import { ManualClock } from '@accord/runtime/clock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';
import { browserOf, cookieIn, own, tokenFor, type MemoryBrowser } from '../session/memory-browser.ts';

const startMs = Date.parse('2026-01-01T00:00:00Z');
const hourMs = 3_600_000;
let clock: ManualClock;
let hub: MemoryHub;
let browser: MemoryBrowser;
beforeEach(async () => {
  clock = new ManualClock(startMs);
  hub = await startMemoryHub({ clock });
  browser = browserOf(hub);
});
afterEach(() => hub.stop());

describe('a link', () => {
  test('carries its code where no browser sends it, under the name by which the hub was called', async () => {
    const { status, body } = await hub.call('POST', '/v1/console/links', { headers: { host: 'localhost:7420' } });
    expect([status, body.expiresAt]).toEqual([201, '2026-01-01T00:01:00.000Z']);
    expect(body.url).toMatch(/^http:\/\/localhost:7420\/#enter=[\w-]{43}$/);
  });

  test('lets a browser in as the caller who made it', async () => {
    const { status, body, setCookie } = await browser.enter(await browser.codeOf(await tokenFor(hub, 'viewer')));
    expect([status, body]).toEqual([
      201,
      { actor: 'token/viewer', role: 'viewer', bindings: [], sessionExpiresAt: '2026-01-01T12:00:00.000Z' },
    ]);
    expect(setCookie).toMatch(/^accord-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
  });

  test('works once', async () => {
    const code = await browser.codeOf();
    expect((await browser.enter(code)).status).toBe(201);
    const again = await browser.enter(code);
    expect([again.status, again.setCookie, again.body.help]).toEqual([401, '', 'Ask for another one: accord console']);
  });

  test('works for a minute', async () => {
    const [early, late] = [await browser.codeOf(), await browser.codeOf()];
    clock.advance(59_999);
    expect((await browser.enter(early)).status).toBe(201);
    clock.advance(1);
    expect((await browser.enter(late)).status).toBe(401);
  });

  test('is nothing after the token of who made it was revoked', async () => {
    const code = await browser.codeOf(await tokenFor(hub, 'viewer'));
    await hub.call('DELETE', '/v1/api-tokens/viewer');
    expect((await browser.enter(code)).status).toBe(401);
  });

  test('is guessed ten times, and then not for a while; a right one is let in all the same', async () => {
    const right = await browser.codeOf();
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) statuses.push((await browser.enter(`${'A'.repeat(42)}${guess % 10}`)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
    expect((await browser.enter(right)).status).toBe(201);
  });

  test('guesses of codes and of tokens count together', async () => {
    for (let guess = 0; guess < 10; guess += 1) await hub.call('GET', '/v1/fleet', { token: `guess-${guess}` });
    expect((await browser.enter('A'.repeat(43))).status).toBe(429);
  });

  test('is made with a token alone: a session that made the next one would never end', async () => {
    const cookie = await browser.signIn();
    const { status, body } = await browser.send('POST', '/v1/console/links', { headers: { ...own, ...cookie } });
    expect([status, body.detail]).toEqual([403, 'a link is made with a token, and this request came with a session']);
  });

  test('needs a token that is valid', async () => {
    expect((await browser.send('POST', '/v1/console/links')).status).toBe(401);
    expect((await hub.call('POST', '/v1/console/links', { token: 'guessed' })).status).toBe(401);
  });
});

describe('a bearer token', () => {
  test('opens a session as well', async () => {
    const { status, body, setCookie } = await browser.send('POST', '/v1/session', {
      headers: { ...own, authorization: `Bearer ${hub.adminToken}` },
      body: {},
    });
    expect([status, body.actor]).toEqual([201, 'admin']);
    expect(setCookie).toContain('accord-session=');
  });

  test.each([[{}], [{ authorization: 'Bearer guessed' }]])('that is missing or wrong opens none: %j', async (headers) => {
    const { status, setCookie } = await browser.send('POST', '/v1/session', { headers, body: {} });
    expect([status, setCookie]).toEqual([401, '']);
  });

  test('wins over the cookie', async () => {
    const cookie = await browser.signIn();
    const viewer = await tokenFor(hub, 'viewer');
    const { body } = await browser.send('GET', '/v1/whoami', { headers: { ...own, ...cookie, authorization: `Bearer ${viewer}` } });
    expect(body.actor).toBe('token/viewer');
    expect((await browser.send('GET', '/v1/whoami', { headers: { ...own, ...cookie, authorization: 'Bearer wrong' } })).status).toBe(401);
  });
});

describe('a session', () => {
  test('is its caller: his role, his bindings, and nothing more', async () => {
    const viewer = await browser.signIn(await tokenFor(hub, 'viewer'));
    expect([await browser.statusWith(viewer, '/v1/fleet'), await browser.statusWith(viewer, '/v1/audit')]).toEqual([200, 403]);
    const bound = await browser.signIn(await hub.tokenWith({ role: 'viewer', clusters: {}, policies: ['pay'] }));
    expect([await browser.statusWith(bound, '/v1/fleet'), await browser.statusWith(bound, '/metrics')]).toEqual([200, 403]);
    expect((await browser.send('GET', '/v1/whoami', { headers: { ...own, ...bound } })).body).toMatchObject({ actor: 'token/team' });
  });

  test('ends at once when its token is revoked', async () => {
    const cookie = await browser.signIn(await tokenFor(hub, 'viewer'));
    expect(await browser.statusWith(cookie)).toBe(200);
    await hub.call('DELETE', '/v1/api-tokens/viewer');
    expect(await browser.statusWith(cookie)).toBe(401);
    // A new token of the same name is another one.
    await tokenFor(hub, 'viewer');
    expect(await browser.statusWith(cookie)).toBe(401);
  });

  test('ends with its token, and after twelve hours at the latest', async () => {
    const short = await browser.signIn(await tokenFor(hub, 'viewer', '2h'));
    const long = await browser.signIn();
    clock.advance(2 * hourMs - 1);
    expect([await browser.statusWith(short), await browser.statusWith(long)]).toEqual([200, 200]);
    clock.advance(1);
    expect([await browser.statusWith(short), await browser.statusWith(long)]).toEqual([401, 200]);
    clock.advance(10 * hourMs);
    expect(await browser.statusWith(long)).toBe(401);
  });

  test('says that it is over, and how another one is opened', async () => {
    const { status, body } = await browser.send('GET', '/v1/whoami', { headers: { ...own, cookie: `accord-session=${'A'.repeat(43)}` } });
    expect([status, body.detail, body.help]).toEqual([401, 'the session is over', 'Open the console again: accord console']);
  });

  test('that is over is no guess: a browser that asks on does not keep others out', async () => {
    for (let i = 0; i < 12; i += 1) await browser.statusWith({ cookie: `accord-session=${'A'.repeat(43)}` });
    expect((await hub.call('GET', '/v1/whoami', { token: 'guessed' })).status).toBe(401);
  });

  test('is over after a restart of the hub', async () => {
    const cookie = await browser.signIn();
    hub = await hub.restart();
    browser = browserOf(hub);
    expect(await browser.statusWith(cookie)).toBe(401);
  });

  test('is found among other cookies', async () => {
    const { cookie } = await browser.signIn();
    expect(await browser.statusWith({ cookie: `a=1; ${cookie}; b=2` })).toBe(200);
    expect(await browser.statusWith({ cookie: `not-${cookie}` })).toBe(401);
  });

  test('is ended by its browser, whose cookie goes', async () => {
    const cookie = await browser.signIn();
    const { status, setCookie } = await browser.send('DELETE', '/v1/session', { headers: { ...own, ...cookie } });
    expect([status, setCookie]).toEqual([200, 'accord-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0']);
    expect(await browser.statusWith(cookie)).toBe(401);
  });

  test('gives way to the next one of the same browser', async () => {
    const first = await browser.signIn();
    const { setCookie } = await browser.enter(await browser.codeOf(), { ...own, ...first });
    expect([await browser.statusWith(first), await browser.statusWith({ cookie: cookieIn({ setCookie }) })]).toEqual([401, 200]);
  });

  test('is opened thirty times a minute by one caller, so that nobody writes the audit full', async () => {
    const token = await tokenFor(hub, 'viewer');
    const headers = { ...own, authorization: `Bearer ${token}` };
    const statuses: number[] = [];
    for (let i = 0; i < 31; i += 1) statuses.push((await browser.send('POST', '/v1/session', { headers, body: {} })).status);
    expect([statuses.filter((status) => status === 201).length, statuses.at(-1)]).toEqual([30, 429]);
    await browser.signIn();
  });

  test('stands in the audit when it begins and when it ends', async () => {
    const cookie = await browser.signIn(await tokenFor(hub, 'viewer'));
    await browser.send('DELETE', '/v1/session', { headers: { ...own, ...cookie } });
    const told = await vi.waitFor(async () => {
      clock.advance(20);
      const { body } = await hub.call('GET', '/v1/audit?actor=token%2Fviewer');
      expect(body.items).toHaveLength(3);
      return body.items as readonly Readonly<Record<string, string>>[];
    });
    expect(told.map(({ action, object, detail }) => `${action} ${object} ${detail}`)).toEqual([
      'SignedOut console from 127.0.0.1',
      'SignedIn console from 127.0.0.1, until 2026-01-01T12:00:00.000Z',
      'CallerSeen api from 127.0.0.1',
    ]);
    expect(JSON.stringify(told)).not.toContain(cookie.cookie.split('=')[1]);
  });
});
