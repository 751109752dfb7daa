import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createServingCertificate } from '../../identity/self-signed.ts';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';
import { browserOf, own, tokenFor, type Headers, type MemoryBrowser } from './memory-browser.ts';

let hub: MemoryHub;
let browser: MemoryBrowser;
beforeEach(async () => {
  hub = await startMemoryHub();
  browser = browserOf(hub);
});
afterEach(() => hub.stop());

describe('a foreign page', () => {
  const write = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'p' }, spec: {} };
  const put = async (headers: Headers) =>
    (
      await browser.send('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/p', {
        headers: { ...(await browser.signIn()), ...headers },
        body: write,
      })
    ).status;
  const get = async (headers: Headers) =>
    (await browser.send('GET', '/v1/fleet', { headers: { ...(await browser.signIn()), ...headers } })).status;
  const host = { host: 'localhost:7420' };

  test.each([
    ['the console itself', own, 201],
    ['the console, where the browser says its origin alone', { ...host, origin: 'http://localhost:7420' }, 201],
    ['the console behind a proxy that ends TLS', { host: 'localhost', origin: 'https://localhost' }, 201],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a page of another port, which is the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another port, where the browser says its origin alone', { ...host, origin: 'http://localhost:9999' }, 403],
    ['another name of this machine', { ...host, origin: 'http://127.0.0.1:7420' }, 403],
    ['another site, which says its origin alone', { ...host, origin: 'https://evil.example' }, 403],
    ['no origin', { ...host, origin: 'null' }, 403],
    ['nobody says which page', {}, 403],
    ['the address bar', { 'sec-fetch-site': 'none' }, 403],
    ['another site that adds an origin', { ...host, 'sec-fetch-site': 'cross-site', origin: 'http://localhost:7420' }, 403],
  ])('a write with a cookie by %s', async (_whose, headers, status) => {
    expect(await put(headers)).toBe(status);
  });

  test.each([
    ['the console', own, 200],
    ['the address bar', { 'sec-fetch-site': 'none' }, 200],
    ['a browser that says nothing', {}, 200],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }, 403],
  ])('a read with a cookie by %s', async (_whose, headers, status) => {
    expect(await get(headers)).toBe(status);
  });

  test('is told what is wrong, and reads no answer', async () => {
    const { status, body } = await browser.send('POST', '/v1/preview', {
      headers: { ...(await browser.signIn()), 'sec-fetch-site': 'cross-site' },
      body: {},
    });
    expect([status, body.code, body.detail]).toEqual([
      ...[403, 'forbidden', 'a session counts for the console alone, and this request was sent by a page of another origin'],
    ]);
    const { headers } = await hub.app.inject({ url: '/v1/whoami', headers: { ...own, ...(await browser.signIn()) } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  test('signs nobody in as somebody else, and nobody out', async () => {
    for (const foreign of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { ...host, origin: 'http://localhost:9999' },
    ]) {
      const code = await browser.codeOf();
      expect((await browser.enter(code, foreign)).status).toBe(403);
      // The code was not used up by that.
      expect((await browser.enter(code)).status).toBe(201);
      const cookie = await browser.signIn();
      expect((await browser.send('DELETE', '/v1/session', { headers: { ...foreign, ...cookie } })).status).toBe(403);
      expect(await browser.statusWith(cookie)).toBe(200);
    }
  });

  test('a token needs no page: no browser sends it by itself', async () => {
    expect((await hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/p', { body: write })).status).toBe(201);
  });
});

describe('over a connection', () => {
  test('events come with the session, and end when it ends', async () => {
    const url = await hub.app.listen({ host: '127.0.0.1', port: 0 });
    const token = await tokenFor(hub, 'viewer');
    const ends = [
      (headers: Headers) => browser.send('DELETE', '/v1/session', { headers }),
      () => hub.call('DELETE', '/v1/api-tokens/viewer'),
    ];
    for (const end of ends) {
      const headers = { ...own, ...(await browser.signIn(token)) };
      const response = await fetch(`${url}/v1/events`, { headers });
      expect(response.status).toBe(200);
      await end(headers);
      expect(await response.text()).toContain(': connected');
    }
  });

  test('that is encrypted, the cookie is sent back over such alone', async () => {
    await hub.stop();
    const certificate = await createServingCertificate(Date.now());
    hub = await startMemoryHub({ certificate });
    const { port } = new URL(await hub.app.listen({ host: '127.0.0.1', port: 0 }));
    const ask = async (path: string, body: string): Promise<IncomingMessage> => {
      const headers = { authorization: `Bearer ${hub.adminToken}`, 'content-type': 'application/json' };
      const asked = secureRequest({ host: '127.0.0.1', port, path, method: 'POST', headers, ca: certificate.cert });
      asked.end(body);
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      return response;
    };
    const { headers, statusCode } = await ask('/v1/session', '{}');
    expect([statusCode, headers['set-cookie']?.[0]]).toEqual([201, expect.stringMatching(/; Secure$/)]);
    const link = JSON.parse((await (await ask('/v1/console/links', '')).toArray()).join('')) as { readonly url: string };
    expect(link.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/#enter=/);
  });

  test('whose encryption a proxy has ended, the cookie is sent back over such alone', async () => {
    const { setCookie } = await browser.enter(await browser.codeOf(), { host: 'localhost', origin: 'https://localhost' });
    expect(setCookie).toMatch(/; Secure$/);
  });
});
