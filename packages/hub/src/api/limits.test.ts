import { ManualClock } from '@accord/runtime/clock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';

const clusters = '/apis/accord.dev/v1alpha1/clusters';
let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
});
afterEach(() => hub.stop());

describe('limits', () => {
  test('more requests a minute than allowed are answered 429 with the time to wait, for each caller by himself', async () => {
    const clock = new ManualClock();
    const small = await startMemoryHub({ requestsPerMinute: 6, clock });
    const { body } = await small.call('POST', '/v1/api-tokens', { body: { name: 'ci', role: 'viewer' } });
    const ask = async (remoteAddress: string): Promise<string> => {
      const { statusCode, headers } = await small.app.inject({
        url: '/v1/whoami',
        remoteAddress,
        headers: { authorization: `Bearer ${body.token}` },
      });
      return `${statusCode} ${headers['retry-after'] ?? ''}`.trim();
    };
    const answers: string[] = [];
    for (let count = 0; count < 7; count += 1) answers.push(await ask('10.0.0.1'));
    expect(answers).toEqual([...Array<string>(6).fill('200'), '429 10']);
    expect(await ask('10.0.0.2'), 'the token is the same').toBe('429 10');
    clock.advance(10_000);
    expect(await ask('10.0.0.2')).toBe('200');
    await small.stop();
  });

  test('ten wrong tokens from one address are answered 429, and a right one from there is let in', async () => {
    const ask = async (token: string, remoteAddress = '10.0.0.1'): Promise<number> =>
      (await hub.app.inject({ url: '/v1/whoami', remoteAddress, headers: { authorization: `Bearer ${token}` } })).statusCode;
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push(await ask(`guess-${count}`));
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
    expect([await ask(hub.adminToken), await ask('guess', '10.0.0.2')]).toEqual([200, 401]);
  });

  test('one caller has fifty watches of a kind', async () => {
    const server = await hub.app.listen({ host: '127.0.0.1', port: 0 });
    const ended = new AbortController();
    const watch = (): Promise<Response> =>
      fetch(`${server}${clusters}?watch=true`, { headers: { authorization: `Bearer ${hub.adminToken}` }, signal: ended.signal });
    const open = await Promise.all(Array.from({ length: 50 }, watch));
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await watch()).status).toBe(429);
    ended.abort();
    await expect
      .poll(
        async () =>
          (await fetch(`${server}${clusters}?watch=true&timeoutSeconds=1`, { headers: { authorization: `Bearer ${hub.adminToken}` } }))
            .status,
      )
      .toBe(200);
  });
});
