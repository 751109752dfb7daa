import type { MemoryBus } from '@accord/bus/memory-bus';
import { CodedError, type ErrorCode } from '@accord/proto/coded-error';
import type { PolicyName } from '@accord/proto/ids';
import type { Heal, Problem } from '@accord/proto/messages';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { outboxWorld, outcome, slowed } from './example-outbox.ts';
import type { Outbox } from './outbox.ts';

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

const world = (options = {}) => outboxWorld(stop.signal, options);
const problem = (text: string): Problem => ({
  ...{ object: `/ConfigMap/n/${text.slice(0, 8)}`, state: 'Failed', reason: 'Invalid', message: text, drift: null },
});
const heal = (object: string): Heal => ({
  ...{ object, policy: 'p', manager: '', operation: '', cause: 'Gone', writtenMs: 0, seenMs: 1, healedMs: 2, fields: [] },
});
const text = (seed: number): string =>
  Array.from({ length: 1_000 }, (_, at) => String.fromCharCode(33 + ((seed * 7_919 + at * at * 31 + at * seed) % 90))).join('');

/** As many outcomes as one message takes, so many times: each message is full. */
function recordFull(outbox: Outbox, messages: number): void {
  for (let n = 1; n <= messages; n += 1)
    outbox.record(
      Array.from({ length: 24 }, (_, at) => outcome(`p${n}-${at}`)),
      [],
    );
}

describe('Outbox', () => {
  test('what a full disk or a credential that is being replaced refuses is told later, the summary as well', async () => {
    const { clock, bus, outbox, stored, summary } = world();
    const codes: ErrorCode[] = ['disk-full', 'forbidden', 'forbidden', 'disk-full'];
    const request = async (...args: Parameters<MemoryBus['request']>): Promise<Uint8Array> => {
      const code = codes.shift();
      if (code !== undefined) throw new CodedError(code, 'refused');
      return bus.request(...args);
    };
    void outbox.run(Object.assign(Object.create(bus) as MemoryBus, { request }), stop.signal);
    outbox.record([outcome('p')], []);
    for (let turn = 0; turn < 10; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(2_000);
    }
    await vi.waitFor(async () => expect([await stored(), await summary()]).toEqual([['4.1: p'], '4.1: p=Applied']));
  });

  test('outcomes go in order, numbered without a gap, each once', async () => {
    const { outbox, stored, run } = world();
    void run();
    for (const policy of ['p', 'q', 'r']) {
      outbox.record([outcome(policy)], []);
      await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    }
    expect(await stored()).toEqual(['4.1: p', '4.2: q', '4.3: r']);
  });

  test('what comes while one outcome is on its way goes together with the next, in order', async () => {
    const { outbox, stored, bus } = world();
    const { slow, open } = slowed(bus);
    outbox.record([outcome('p')], []);
    void outbox.run(slow, stop.signal);
    outbox.record([outcome('q', 'Retrying')], []);
    outbox.record([outcome('r')], [heal('o')]);
    outbox.record([outcome('q')], []);
    open();
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    expect(await stored()).toEqual(['4.1: p', '4.2: q r q heal o']);
  });

  test('says nothing of what holds before the first pass, and then everything', async () => {
    const { outbox, summary, run, clock } = world({ isFirstPassDone: false });
    void run();
    clock.advance(60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await summary()).toBeUndefined();
    outbox.record([outcome('p')], []);
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    expect(await summary()).toBeUndefined();
    outbox.record([outcome('q', 'Failed')], []);
    outbox.toldAll();
    await vi.waitFor(async () => expect(await summary()).toBe('4.2: p=Applied q=Failed'));
  });

  test('a policy that left is told once, and is no longer in the summary', async () => {
    const { outbox, summary, stored, run, clock } = world();
    void run();
    outbox.record([outcome('p'), outcome('q')], []);
    await vi.waitFor(async () => expect(await summary()).toBe('4.1: p=Applied q=Applied'));
    outbox.record([outcome('p', 'Removed')], []);
    await vi.waitFor(async () => {
      clock.advance(2_000);
      expect(await summary()).toBe('4.2: q=Applied');
    });
    expect([await stored(), outbox.reportOf('p' as PolicyName)]).toEqual([['4.1: p q', '4.2: p'], undefined]);
  });

  test('a summary every two seconds at most, with the last word', async () => {
    const { outbox, summary, run, clock } = world();
    void run();
    outbox.record([outcome('p', 'Retrying')], []);
    await vi.waitFor(async () => expect(await summary()).toBe('4.1: p=Retrying'));
    outbox.record([outcome('p')], []);
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    expect(await summary()).toBe('4.1: p=Retrying');
    clock.advance(2_000);
    await vi.waitFor(async () => expect(await summary()).toBe('4.2: p=Applied'));
  });

  test('what happens while a summary is on its way is in the next one', async () => {
    const { outbox, summary, clock, bus } = world();
    let isFirst = true;
    const busy = Object.assign(Object.create(bus) as MemoryBus, {
      request: async (...args: Parameters<MemoryBus['request']>) => {
        const answer = await bus.request(...args);
        if (isFirst && args[0].endsWith('summary')) {
          isFirst = false;
          outbox.record([outcome('p')], []);
        }
        return answer;
      },
    });
    outbox.record([outcome('p', 'Retrying')], []);
    void outbox.run(busy, stop.signal);
    await vi.waitFor(() => expect([isFirst, outbox.waiting]).toEqual([false, 0]));
    await vi.waitFor(async () => {
      clock.advance(2_000);
      expect(await summary()).toBe('4.2: p=Applied');
    });
  });

  test('while the bus is away outcomes wait, and go in order when it is back', async () => {
    const { outbox, stored, run, clock, broker, bus } = world();
    broker.disconnect(bus);
    void run();
    outbox.record([outcome('p')], []);
    await new Promise((resolve) => setImmediate(resolve));
    outbox.record([outcome('q')], []);
    clock.advance(10_000);
    expect(outbox.waiting).toBe(2);
    broker.connect(bus);
    await vi.waitFor(() => {
      clock.advance(1_000);
      expect(outbox.waiting).toBe(0);
    });
    expect(await stored()).toEqual(['4.1: p', '4.2: q']);
  });

  test('an outcome whose answer was lost is sent again and stored once', async () => {
    const { outbox, stored, run, clock, broker, bus } = world();
    broker.loseNextAnswer(bus);
    outbox.record([outcome('p')], []);
    void run();
    outbox.record([outcome('q')], []);
    await vi.waitFor(() => {
      clock.advance(1_000);
      expect(outbox.waiting).toBe(0);
    });
    expect(await stored()).toEqual(['4.1: p', '4.2: q']);
  });

  test('of more than 256 the oldest are dropped, and the numbers show the gap', async () => {
    const { outbox, stored, run } = world();
    recordFull(outbox, 300);
    // Of those that are numbered; the last one is still open.
    expect(outbox.waiting).toBe(256 + 1);
    void run();
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    const lines = await stored();
    expect([lines.length, lines[0]?.slice(0, 11), lines.at(-1)?.slice(0, 13)]).toEqual([256, '4.45: p45-0', '4.300: p300-0']);
  });

  test('a pass with many results is split, and nothing is lost', async () => {
    const { outbox, stored, run } = world();
    const policies = Array.from({ length: 60 }, (_, at) => `p${at}`);
    const heals = Array.from({ length: 70 }, (_, at) => heal(`o${at}`));
    outbox.record(
      policies.map((policy) => outcome(policy)),
      heals,
    );
    void run();
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    const words = (await stored()).flatMap((line) => line.replace(/^[^ ]+ /, '').split(/ (?!o)/));
    expect(words.toSorted()).toEqual([...policies, ...heals.map(({ object }) => `heal ${object}`)].toSorted());
  });

  test('a pass full of long refusals is told too', async () => {
    const { outbox, stored, run, log } = world();
    const policies = Array.from({ length: 24 }, (_, at) =>
      outcome(
        `p${at}`,
        'Failed',
        Array.from({ length: 50 }, (__, of) => problem(text(at * 50 + of))),
      ),
    );
    outbox.record(policies, []);
    void run();
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    expect(log.lines).toEqual([]);
    const told: readonly string[] = (await stored()).flatMap((line) => line.replace(/^[^ ]+ /, '').split(' '));
    expect(told.toSorted()).toEqual(policies.map(({ report: one }) => one?.policy ?? '').toSorted());
  });

  test('a summary with more than fits keeps every state and lets problems go', async () => {
    const { outbox, summary, run, log } = world();
    const names = Array.from({ length: 40 }, (_, at) => `p${at}`);
    outbox.record(
      names.map((name, seed) =>
        outcome(
          name,
          'Failed',
          Array.from({ length: 50 }, (_, of) => problem(text(seed * 50 + of))),
        ),
      ),
      [],
    );
    void run();
    await vi.waitFor(async () => expect(await summary()).toContain(names.map((name) => `${name}=Failed`).join(' ')));
    expect(log.lines).toEqual([]);
  });

  test('an outcome that was dropped while it was on its way takes no other along', async () => {
    const { outbox, stored, bus } = world();
    const { slow, open } = slowed(bus);
    outbox.record([outcome('first')], []);
    void outbox.run(slow, stop.signal);
    recordFull(outbox, 300);
    open();
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    const lines = await stored();
    expect([lines.at(-2)?.slice(0, 13), lines.at(-1)?.slice(0, 13)]).toEqual(['4.300: p299-0', '4.301: p300-0']);
  });
});
