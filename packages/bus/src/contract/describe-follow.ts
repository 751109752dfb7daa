import { expect, test } from 'vitest';
import type { Item } from '../bus.ts';
import { item, read, render, caughtUp, everything, type Context, type Use } from './contract-context.ts';

/** What is stored, in order, and then what comes. */
export function describeFollow(use: Use): void {
  const decide = async ({ hub }: Context): Promise<void> => {
    await hub.append([item('intent.policy.p', 'p1')], 'a');
    await hub.append([item('intent.cluster.c', 'c1')], 'b');
    await hub.append([item('intent.policy.p', 'p2')], 'c');
  };

  test('gives what is stored in order, says once that it has caught up, and then gives what comes', async () => {
    const context = use();
    await decide(context);
    const lines = await read(context, everything('INTENT'), (seen) => {
      if (caughtUp(seen)) void context.hub.append([item('intent.policy.q', 'q1')], 'd');
      return seen.length === 5;
    });
    expect(lines).toEqual([
      '1 intent.policy.p p1 a',
      '2 intent.cluster.c c1 b',
      '3 intent.policy.p p2 c',
      'caught-up',
      '4 intent.policy.q q1 d',
    ]);
  });

  test('an empty stream has caught up at once', async () => {
    expect(await read(use(), everything('REPORTS'), caughtUp)).toEqual(['caught-up']);
  });

  test('goes on after a sequence', async () => {
    const context = use();
    await decide(context);
    expect(await read(context, { stream: 'INTENT', filters: [], afterSeq: 2 }, caughtUp)).toEqual(['3 intent.policy.p p2 c', 'caught-up']);
    expect(await read(context, { stream: 'INTENT', filters: [], afterSeq: 3 }, caughtUp)).toEqual(['caught-up']);
  });

  test('gives only the subjects of its filters', async () => {
    const context = use();
    await decide(context);
    const filters = ['intent.cluster.*', 'intent.token.*'];
    expect(await read(context, { stream: 'INTENT', filters, afterSeq: 0 }, caughtUp)).toEqual(['2 intent.cluster.c c1 b', 'caught-up']);
  });

  test('gives only the last message of each subject when asked, and then everything that comes', async () => {
    const context = use();
    await decide(context);
    const lines = await read(context, { ...everything('INTENT'), lastPerSubject: true }, (seen) => {
      if (caughtUp(seen))
        void context.hub.append([item('intent.policy.p', 'p3')], 'd').then(() => context.hub.append([item('intent.policy.p', 'p4')], 'e'));
      return seen.length === 5;
    });
    expect(lines).toEqual([
      '2 intent.cluster.c c1 b',
      '3 intent.policy.p p2 c',
      'caught-up',
      '4 intent.policy.p p3 d',
      '5 intent.policy.p p4 e',
    ]);
  });

  test('gives thousands of messages without a gap', async () => {
    const context = use();
    const batch = (from: number): Item[] => Array.from({ length: 900 }, (_, at) => item(`desired.all.p${from + at}`, 'x'));
    for (const from of [0, 900, 1_800]) await context.hub.append(batch(from), 'a');
    const lines = await read(context, everything('FLEET'), caughtUp);
    expect(lines).toHaveLength(2_701);
    expect(lines.at(-2)).toBe('2700 desired.all.p2699 x a');
  });

  test('ends when its signal aborts', async () => {
    const { hub } = use();
    const stop = new AbortController();
    const lines: string[] = [];
    for await (const delivery of hub.follow(everything('INTENT'), stop.signal)) {
      lines.push(render(delivery));
      setImmediate(() => stop.abort());
    }
    expect(lines).toEqual(['caught-up']);
  });

  test('refuses to go on after a sequence that the stream has never reached', async () => {
    const context = use();
    await decide(context);
    await expect(read(context, { stream: 'INTENT', filters: [], afterSeq: 9 }, caughtUp)).rejects.toMatchObject({ code: 'gone' });
  });
}
