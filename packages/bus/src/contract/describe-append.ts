import { expect, test, vi } from 'vitest';
import type { Item } from '../bus.ts';
import { text, item, readText, type Use } from './contract-context.ts';

/** All or nothing, and only what was expected. */
export function describeAppend(use: Use): void {
  test('of two appends that expect the same sequence, exactly one wins', async () => {
    const { hub } = use();
    const results = await Promise.allSettled([hub.append([item('index.all', '1', 0)], 'a'), hub.append([item('index.all', '2', 0)], 'b')]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  });

  const sizes: [name: string, items: (expectSeq: number) => Item[]][] = [
    ['one message', (expectSeq) => [item('index.all', 'i', expectSeq)]],
    ['a document and its index', (expectSeq) => [item('desired.all.p', 'p'), item('index.all', 'i', expectSeq)]],
    ['a batch', (expectSeq) => [item('desired.all.p', 'p'), item('desired.all.q', 'q'), item('index.all', 'i', expectSeq)]],
  ];
  test.each(sizes)('%s: the answer is the sequence of the last item, which the next writer must expect', async (_name, items) => {
    const { hub } = use();
    const { seq } = await hub.append(items(0), 'a');
    expect(await hub.last('index.all')).toMatchObject({ seq, tx: 'a' });
    await expect(hub.append(items(0), 'b')).rejects.toMatchObject({ code: 'conflict' });
    const next = await hub.append(items(seq), 'c');
    expect(next.seq).toBeGreaterThan(seq);
  });

  test.each(sizes)('%s: a refused append stores nothing and shows nothing live', async (_name, items) => {
    const { hub, spoke, signal } = use();
    await hub.append([item('index.all', 'other')], 'a');
    const live: string[] = [];
    await spoke.subscribe('live.desired.all.>', ({ subject }) => live.push(subject), signal);
    await expect(hub.append(items(0), 'b')).rejects.toMatchObject({ code: 'conflict' });
    expect(await hub.last('desired.all.p')).toBeUndefined();
    expect(await readText(hub, 'index.all')).toBe('other');
    await hub.append([item('desired.all.z', 'z')], 'c');
    await vi.waitFor(() => expect(live).toEqual(['live.desired.all.z']));
  });

  test('shows documents live in the order of the batch, and indexes never', async () => {
    const { hub, spoke, signal } = use();
    const live: string[] = [];
    await spoke.subscribe('live.desired.all.>', ({ subject, body }) => live.push(`${subject} ${text(body)}`), signal);
    await hub.append([item('desired.all.c', '1'), item('desired.all.a', '2'), item('desired.all.b', '3'), item('index.all', 'i', 0)], 'a');
    await hub.append([item('desired.all.last', '4')], 'b');
    await vi.waitFor(() => expect(live.at(-1)).toBe('live.desired.all.last 4'));
    expect(live).toEqual(['live.desired.all.c 1', 'live.desired.all.a 2', 'live.desired.all.b 3', 'live.desired.all.last 4']);
  });

  test('stores 1,000 items at once', async () => {
    const { hub, spoke, signal } = use();
    let live = 0;
    await spoke.subscribe('live.desired.all.>', () => (live += 1), signal);
    const documents = Array.from({ length: 999 }, (_, at) => item(`desired.all.p${at}`, 'x'.repeat(500)));
    await hub.append([...documents, item('index.all', 'i', 0)], 'a');
    expect(await readText(hub, 'desired.all.p998')).toHaveLength(500);
    await vi.waitFor(() => expect(live).toBe(999), 5_000);
  });

  test('stores nothing of a batch with one item that is too large', async () => {
    const { hub } = use();
    const tooLarge = { subject: 'desired.all.q', body: new Uint8Array(2 * 1024 * 1024) };
    await expect(hub.append([item('desired.all.p', 'p'), tooLarge, item('index.all', 'i', 0)], 'a')).rejects.toMatchObject({
      code: 'too-large',
    });
    expect(await hub.last('desired.all.p')).toBeUndefined();
    expect(await hub.last('index.all')).toBeUndefined();
  });

  test('stores the largest body that it takes', async () => {
    const { hub } = use();
    const body = new Uint8Array(2 * 1024 * 1024 - 1024).fill(7);
    await hub.append([{ subject: 'desired.all.p', body }], 'a');
    expect((await hub.last('desired.all.p'))?.body).toEqual(body);
  });

  test('refuses one subject twice as a bug of the caller', async () => {
    const { hub } = use();
    await expect(hub.append([item('desired.all.p', '1'), item('desired.all.p', '2')], 'a')).rejects.toThrow('one subject twice');
  });

  test('what has a time to live goes away, and then 0 is the right expectation again', async () => {
    const { hub, elapse } = use();
    const lease = { ...item('control.lease.planner', 'hub-1', 0), ttlSeconds: 1 };
    await hub.append([lease], 'a');
    await expect(hub.append([lease], 'b')).rejects.toMatchObject({ code: 'conflict' });
    elapse(1_000);
    await vi.waitFor(async () => expect(await hub.last('control.lease.planner')).toBeUndefined(), 5_000);
    await hub.append([lease], 'c');
  });
}
