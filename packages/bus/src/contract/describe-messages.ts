import { CodedError } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import { expect, test, vi } from 'vitest';
import { bytes, text, withinASecond, type Use } from './contract-context.ts';

/** Requests with one answer, and messages that may be lost. */
export function describeMessages(use: Use): void {
  const renew = (id: ClusterId): string => `rpc.${id}.renew`;

  test('a request is answered by who serves it', async () => {
    const { hub, spoke, id, signal } = use();
    await hub.serve('rpc.*.renew', async ({ subject, body }) => bytes(`${subject}: ${text(body)}`), signal);
    expect(text(await spoke.request(renew(id), bytes('please'), withinASecond))).toBe(`${renew(id)}: please`);
  });

  test('a handler that rejects is answered with its code, its message and what to do', async () => {
    const { hub, spoke, id, signal } = use();
    const refuse = (): Promise<Uint8Array> => Promise.reject(new CodedError('busy', 'come back\nlater', { help: 'Wait\na minute.' }));
    await hub.serve('rpc.*.renew', refuse, signal);
    await expect(spoke.request(renew(id), bytes(''), withinASecond)).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('come back'),
      help: expect.stringMatching(/^Wait\sa minute\.$/),
    });
  });

  test('a request that nobody serves is unavailable, before and after', async () => {
    const { hub, spoke, id } = use();
    await expect(spoke.request(renew(id), bytes(''), withinASecond)).rejects.toMatchObject({ code: 'unavailable' });
    const stop = new AbortController();
    await hub.serve('rpc.*.renew', async () => bytes('yes'), stop.signal);
    expect(text(await spoke.request(renew(id), bytes(''), withinASecond))).toBe('yes');
    stop.abort();
    // A request that crosses the end of the service on its way is lost.
    const again = (): Promise<Uint8Array> => spoke.request(renew(id), bytes(''), { timeoutMs: 200 });
    await vi.waitFor(() => expect(again()).rejects.toMatchObject({ code: 'unavailable' }), 5_000);
  });

  test('a request without an answer ends with a timeout', async () => {
    const { hub, spoke, id, signal, elapse } = use();
    await hub.serve('rpc.*.renew', () => new Promise(() => undefined), signal);
    const answer = spoke.request(renew(id), bytes(''), { timeoutMs: 50 });
    elapse(50);
    await expect(answer).rejects.toMatchObject({ code: 'timeout' });
  });

  test('beats go up and ticks go down', async () => {
    const { hub, spoke, id, signal } = use();
    const heard: string[] = [];
    await hub.subscribe('beat.*', ({ subject, body }) => heard.push(`${subject} ${text(body)}`), signal);
    await spoke.subscribe('live.tick', ({ subject, body }) => heard.push(`${subject} ${text(body)}`), signal);
    spoke.publish(`beat.${id}`, bytes('1'));
    await vi.waitFor(() => expect(heard).toEqual([`beat.${id} 1`]));
    hub.publish('live.tick', bytes('2'));
    await vi.waitFor(() => expect(heard).toEqual([`beat.${id} 1`, 'live.tick 2']));
  });

  test('nothing arrives after the signal of a subscription aborts', async () => {
    const { hub, spoke, signal } = use();
    const heard: string[] = [];
    const first = new AbortController();
    await spoke.subscribe('live.tick', () => heard.push('first'), first.signal);
    await spoke.subscribe('live.tick', () => heard.push('second'), signal);
    hub.publish('live.tick', bytes('1'));
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['first', 'second']));
    first.abort();
    hub.publish('live.tick', bytes('2'));
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(heard.at(-1)).toBe('second');
  });

  test('says at once whether the connection is there', () => {
    const { hub, spoke, signal } = use();
    const states: string[] = [];
    hub.onConnection((state) => states.push(state), signal);
    spoke.onConnection((state) => states.push(state), signal);
    expect(states).toEqual(['connected', 'connected']);
  });
}
