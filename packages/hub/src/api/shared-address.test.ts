/** Many callers behind one address, as behind a proxy that ends TLS: none of them is refused for what another does. */
import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { afterEach, describe, expect, test } from 'vitest';
import type { JoinPort } from './deps.ts';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

const good = { statement: '', signature: '', publicKey: '' };
/** Lets in whoever says so, and knows nobody else. */
const judge = async ({ nonce }: { readonly nonce: string }): Promise<typeof good> => {
  if (nonce.startsWith('right')) return good;
  throw new CodedError('unauthenticated', 'the proof does not match', { help: 'accord cluster add NAME' });
};
const port: JoinPort = { join: (_token, request) => judge(request), renew: judge };

let hub: MemoryHub;
afterEach(() => hub.stop());

const proxy = '10.0.7.1';
const from = (forwarded: string | undefined) => ({
  remoteAddress: proxy,
  ...(forwarded !== undefined && { headers: { 'x-forwarded-for': forwarded } }),
});

async function join(token: string, proof: 'right' | 'wrong', forwarded?: string): Promise<number> {
  const asked = { publicKey: 'U', facts: { kubernetesVersion: '', spokeVersion: '', kubeSystemUID: '', platform: '' }, tsMs: 1, proof: '' };
  const { headers = {}, remoteAddress } = from(forwarded);
  const { statusCode } = await hub.app.inject({
    ...{ method: 'POST', url: '/v1/join', remoteAddress, payload: JSON.stringify({ ...asked, nonce: `${proof}-0123456789abcdef` }) },
    headers: { 'content-type': 'application/json', authorization: `Join ${token}`, ...headers },
  });
  return statusCode;
}

async function renew(cluster: string, proof: 'right' | 'wrong'): Promise<number> {
  const payload = JSON.stringify({ cluster, publicKey: 'U', tsMs: 1, nonce: `${proof}-0123456789abcdef`, proof: '' });
  const headers = { 'content-type': 'application/json' };
  return (await hub.app.inject({ method: 'POST', url: '/v1/renew', remoteAddress: proxy, payload, headers })).statusCode;
}

const invite = async (cluster: string): Promise<string> => (await hub.call('POST', '/v1/join-tokens', { body: { cluster } })).body.token;
const times = async (count: number, ask: () => Promise<number>): Promise<string> => {
  const counted = new Map<number, number>();
  for (let asked = 0; asked < count; asked += 1) {
    const status = await ask();
    counted.set(status, (counted.get(status) ?? 0) + 1);
  }
  return [...counted].map(([status, often]) => `${often} × ${status}`).join(', ');
};

describe('joins and renewals from one address', () => {
  test('a cluster that fails is told to wait, and others have failures of their own', async () => {
    hub = await startMemoryHub({ join: port });
    const [bad, other] = [await hub.addCluster('bad', {}), await hub.addCluster('other', {})];
    expect(await times(12, () => renew(bad, 'wrong'))).toBe('10 × 401, 2 × 429');
    expect(await times(2, () => renew(other, 'wrong'))).toBe('2 × 401');
  });

  test('what is right is let in, however many fail beside it and under its own name', async () => {
    hub = await startMemoryHub({ join: port });
    const [cluster, token] = [await hub.addCluster('bad', {}), await invite('new')];
    await times(12, () => renew(cluster, 'wrong'));
    await times(12, () => join(token, 'wrong'));
    await times(12, () => join('guessed', 'wrong'));
    expect([await renew(cluster, 'right'), await join(token, 'right')]).toEqual([200, 200]);
  });

  test('tokens that nobody made are counted together, and ten of them are looked at', async () => {
    hub = await startMemoryHub({ join: port });
    let guess = 0;
    expect(await times(12, () => join(`guess-${(guess += 1)}`, 'wrong'))).toBe('10 × 401, 2 × 429');
  });
});

test('requests beyond the limit of an address are refused where nobody says who he is, and nobody else is', async () => {
  hub = await startMemoryHub({ join: port, requestsPerMinute: 5, clock: new ManualClock(1_000_000) });
  const cluster = await hub.addCluster('eu-1', {});
  const ask = async (url: string, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
    (await hub.app.inject({ url, remoteAddress: proxy, headers })).statusCode;
  expect(await times(7, () => ask('/healthz'))).toBe('5 × 200, 2 × 429');
  expect(await ask('/v1/whoami', { authorization: 'Bearer wrong' })).toBe(429);
  expect([await ask('/v1/whoami', { authorization: `Bearer ${hub.adminToken}` }), await renew(cluster, 'right')]).toEqual([200, 200]);
});

describe('X-Forwarded-For', () => {
  const tenFrom = (forwarded: string): Promise<string> => times(10, () => join('guessed', 'wrong', forwarded));

  test('of a trusted proxy tells callers apart, by the last address that is no proxy', async () => {
    hub = await startMemoryHub({ join: port, trustedProxies: ['10.0.7.0/28'] });
    await tenFrom('192.0.2.1');
    expect(await join('guessed', 'wrong', '192.0.2.1, 10.0.7.2')).toBe(429);
    expect(await join('guessed', 'wrong', '192.0.2.1, 192.0.2.2')).toBe(401);
  });

  test.each([
    ['where none is trusted', []],
    ['where another is', ['10.0.8.0/28']],
  ])('says nothing %s', async (_where, trustedProxies) => {
    hub = await startMemoryHub({ join: port, trustedProxies });
    await tenFrom('192.0.2.1');
    expect(await join('guessed', 'wrong', '192.0.2.2')).toBe(429);
  });
});
