import { expect, test, vi } from 'vitest';
import type { Item } from '../bus.ts';
import { text, item, readText, type Use } from './contract-context.ts';

/** The same change sent again, because its answer was lost. */
export function describeRepetition(use: Use): void {
  const changes: [name: string, subject: string, items: Item[]][] = [
    ['one document', 'index.all', [item('index.all', 'i', 0)]],
    ['an intent', 'intent.policy.p', [item('intent.policy.p', 'i', 0)]],
    ['an intent without expectation', 'intent.policy.p', [item('intent.policy.p', 'i')]],
    ['a document and its index', 'index.all', [item('desired.all.p', 'p'), item('index.all', 'i', 0)]],
    ['a batch', 'index.all', [item('desired.all.p', 'p'), item('desired.all.q', 'q'), item('index.all', 'i', 0)]],
  ];
  test.each(changes)('%s: answers like the first attempt, and stores nothing again', async (_name, subject, items) => {
    const { hub } = use();
    const first = await hub.append(items, 'a');
    expect(await hub.append(items, 'a')).toEqual(first);
    expect(await hub.last(subject)).toMatchObject({ seq: first.seq });
  });

  const index = item('index.all', 'i2', 1);
  const pair = [item('desired.all.p', 'p2'), index];

  test('a writer that died between index and document is finished by its next attempt', async () => {
    const { hub, spoke, signal } = use();
    await hub.append([item('index.all', 'i1', 0)], 'a');
    const live: string[] = [];
    await spoke.subscribe('live.desired.all.>', ({ body }) => live.push(text(body) ?? ''), signal);
    // The index alone is what such a writer leaves: it names a document that is not there.
    const { seq } = await hub.append([index], 'b');
    expect(await hub.last('desired.all.p')).toBeUndefined();
    expect(await hub.append(pair, 'b')).toEqual({ seq });
    expect(await readText(hub, 'desired.all.p')).toBe('p2');
    await vi.waitFor(() => expect(live).toEqual(['p2']));
    expect(await hub.append(pair, 'b')).toEqual({ seq });
  });

  test('a writer that died between index and document holds up nobody who has read its index', async () => {
    const { hub } = use();
    await hub.append([item('index.all', 'i1', 0)], 'a');
    const { seq } = await hub.append([index], 'b');
    await expect(hub.append(pair, 'c')).rejects.toMatchObject({ code: 'conflict' });
    await hub.append([item('desired.all.p', 'p3'), item('index.all', 'i3', seq)], 'c');
    expect(await readText(hub, 'desired.all.p')).toBe('p3');
    await expect(hub.append(pair, 'b')).rejects.toMatchObject({ code: 'conflict' });
    expect(await readText(hub, 'desired.all.p')).toBe('p3');
  });

  test('a transaction that was used for another intent is a conflict, never a silent success', async () => {
    const { hub } = use();
    await hub.append([item('intent.policy.p', 'p', 0)], 'a');
    await expect(hub.append([item('intent.policy.q', 'q', 0)], 'a')).rejects.toMatchObject({ code: 'conflict' });
    expect(await hub.last('intent.policy.q')).toBeUndefined();
  });
}
