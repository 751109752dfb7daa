import {
  clusterAnchor,
  desiredFilter,
  desiredSubject,
  indexSubject,
  outcomeSubject,
  reportsFilter,
  reportSubject,
  type Doc,
} from '@accord/proto/subjects';
import { expect, test, vi } from 'vitest';
import { bytes, text, item, readText, withinASecond, read, caughtUp, everything, type Use } from './contract-context.ts';

/** A spoke's writes, and its reads. */
export function describeReports(use: Use): void {
  test('a report replaces its predecessor', async () => {
    const { hub, spoke, id } = use();
    const subject = reportSubject(id, 'summary');
    expect(await spoke.request(subject, bytes('1'), withinASecond)).toEqual(new Uint8Array());
    await spoke.request(subject, bytes('2'), withinASecond);
    expect(await read(use(), everything('REPORTS'), caughtUp)).toEqual([`2 ${subject} 2 `, 'caught-up']);
    expect(await readText(hub, subject)).toBe('2');
  });

  test('an outcome that is sent again with its id is stored once', async () => {
    const { spoke, id } = use();
    const subject = outcomeSubject(id);
    for (const body of ['1', '1', '2']) await spoke.request(subject, bytes(body), { ...withinASecond, msgId: `id-${body}` });
    expect(await read(use(), everything('OUTCOMES'), caughtUp)).toEqual([`1 ${subject} 1 `, `2 ${subject} 2 `, 'caught-up']);
  });

  test('keeps the last 256 outcomes of a cluster', async () => {
    const { spoke, id } = use();
    await Promise.all(Array.from({ length: 260 }, (_, at) => spoke.request(outcomeSubject(id), bytes(String(at)), { timeoutMs: 5_000 })));
    const lines = await read(use(), everything('OUTCOMES'), caughtUp);
    expect(lines).toHaveLength(257);
    expect(lines[0]).toMatch(/^5 /);
  });

  test('an outcome reaches who listens for outcomes', async () => {
    const { hub, spoke, id, signal } = use();
    const heard: string[] = [];
    await hub.subscribe('outcome.*', ({ subject, body }) => heard.push(`${subject} ${text(body)}`), signal);
    await spoke.request(outcomeSubject(id), bytes('1'), withinASecond);
    await vi.waitFor(() => expect(heard).toEqual([`${outcomeSubject(id)} 1`]));
  });

  test('a report that is too large is refused, and the next one is not', async () => {
    const { spoke, id } = use();
    const subject = reportSubject(id, 'drift');
    await expect(spoke.request(subject, new Uint8Array(128 * 1024), withinASecond)).rejects.toMatchObject({ code: 'too-large' });
    await spoke.request(subject, bytes('1'), withinASecond);
  });

  test('what is purged is gone, the rest stays, and sequences go on', async () => {
    const { hub, spoke, id } = use();
    for (const kind of ['summary', 'drift'] as const) await spoke.request(reportSubject(id, kind), bytes('1'), withinASecond);
    const anchor = clusterAnchor(id);
    const { seq } = await hub.append([item(desiredSubject(anchor, '_member' as Doc), 'member'), item(indexSubject(anchor), 'i', 0)], 'a');
    await hub.purge(reportsFilter(id));
    await hub.purge(desiredFilter(anchor));
    expect(await read(use(), everything('REPORTS'), caughtUp)).toEqual(['caught-up']);
    expect(await read(use(), everything('FLEET'), caughtUp)).toEqual([`${seq} ${indexSubject(anchor)} i a`, 'caught-up']);
    await hub.purge(indexSubject(anchor));
    // As if it had never been there: who writes it next expects nothing.
    expect((await hub.append([item(indexSubject(anchor), 'again', 0)], 'b')).seq).toBeGreaterThan(seq);
    // What matches nothing is no failure.
    await hub.purge(outcomeSubject(id));
  });

  test('a spoke reads what is stored for it, and nothing where nothing is', async () => {
    const { hub, spoke, id } = use();
    const anchor = clusterAnchor(id);
    const { seq } = await hub.append([item(desiredSubject(anchor, '_member' as Doc), 'member'), item(indexSubject(anchor), 'i', 0)], 'a');
    const stored = await spoke.get(indexSubject(anchor));
    expect(stored).toMatchObject({ subject: indexSubject(anchor), seq, tx: 'a' });
    expect(text((await spoke.get(desiredSubject(anchor, '_member' as Doc)))?.body)).toBe('member');
    expect(await spoke.get('index.all')).toBeUndefined();
  });
}
