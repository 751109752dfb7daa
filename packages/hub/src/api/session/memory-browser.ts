/** A browser in front of a memory hub, for tests of sessions: what it sends comes from the page of the console unless a test says otherwise. */
import type { MemoryHub } from '../memory-hub.ts';

export type Headers = Readonly<Record<string, string>>;
/** What a browser says of requests that the page itself sends. */
export const own = { 'sec-fetch-site': 'same-origin' };

export interface Browsed {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  /** Empty where none came. */
  readonly setCookie: string;
}

export interface MemoryBrowser {
  /** One request with these headers and no others: no token comes by itself. */
  readonly send: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    asked?: { headers?: Headers; body?: unknown },
  ) => Promise<Browsed>;
  /** Of a new link of whoever has this token, the admin by default. */
  readonly codeOf: (token?: string) => Promise<string>;
  readonly enter: (code: string, headers?: Headers) => Promise<Browsed>;
  /** The cookie of a new session, as it is sent back. */
  readonly signIn: (token?: string) => Promise<{ readonly cookie: string }>;
  /** With which a read with this cookie is answered. */
  readonly statusWith: (cookie: Headers, url?: string) => Promise<number>;
}

export function browserOf(hub: MemoryHub): MemoryBrowser {
  const send: MemoryBrowser['send'] = async (method, url, { headers = {}, body } = {}) => {
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    const response = await hub.app.inject({ method, url, headers: { 'content-type': 'application/json', ...headers }, ...payload });
    const isJson = /json/.test(String(response.headers['content-type']));
    const setCookie = String(response.headers['set-cookie'] ?? '');
    return { status: response.statusCode, body: isJson ? response.json() : undefined, setCookie };
  };
  const codeOf: MemoryBrowser['codeOf'] = async (token = hub.adminToken) => {
    const { body } = await hub.call('POST', '/v1/console/links', { token });
    return new URL(body.url).hash.slice('#enter='.length);
  };
  const enter: MemoryBrowser['enter'] = (code, headers = own) => send('POST', '/v1/session', { headers, body: { code } });
  return {
    send,
    codeOf,
    enter,
    signIn: async (token) => ({ cookie: cookieIn(await enter(await codeOf(token))) }),
    statusWith: async (cookie, url = '/v1/whoami') => (await send('GET', url, { headers: { ...own, ...cookie } })).status,
  };
}

/** `name=value`, without what the browser keeps to itself. */
export function cookieIn({ setCookie }: Pick<Browsed, 'setCookie'>): string {
  return setCookie.split(';')[0] ?? '';
}

/** A token of the whole fleet, called like its role. */
export async function tokenFor(hub: MemoryHub, role: string, expiresIn?: string): Promise<string> {
  const { body } = await hub.call('POST', '/v1/api-tokens', { body: { name: role, role, ...(expiresIn !== undefined && { expiresIn }) } });
  return body.token;
}
