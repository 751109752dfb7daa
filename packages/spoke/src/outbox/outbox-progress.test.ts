import type { PolicyName } from '@accord/proto/ids';
import type { PolicyOutcome } from '@accord/proto/messages';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { outboxWorld, outcome, report, slowed } from './example-outbox.ts';
import type { Outbox } from './outbox.ts';

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

const world = (options = {}) => outboxWorld(stop.signal, options);
/** On the second revision. */
const progress = (policy: string, state = 'Applying'): PolicyOutcome => outcome(policy, state, [], 2);

describe('progress', () => {
  const stateOf = (outbox: Outbox): readonly string[] => [...outbox.reports()].map(({ policy, state }) => `${policy}=${state}`);

  test('is told when nothing else waits, once, and in the summary stands in the place of what was reported', async () => {
    const { outbox, stored, summary, run, clock } = world();
    void run();
    outbox.record([outcome('p'), outcome('q')], []);
    await vi.waitFor(async () => expect(await summary()).toBe('4.1: p=Applied q=Applied'));
    outbox.tellProgress([progress('q'), progress('r', 'Received')]);
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    outbox.markSummary();
    clock.advance(2_000);
    await vi.waitFor(async () => expect(await summary()).toBe('4.2: p=Applied q=Applying r=Received'));
    expect(await stored()).toEqual(['4.1: p q', '4.2: q r']);
    expect([outbox.reportOf('q' as PolicyName)?.state, outbox.toldOf('q' as PolicyName)?.state]).toEqual(['Applied', 'Applying']);
  });

  test('that is overtaken by its outcome while the bus is slow is not told', async () => {
    const { outbox, stored, bus } = world();
    const { slow, open } = slowed(bus);
    outbox.record([outcome('p')], []);
    void outbox.run(slow, stop.signal);
    outbox.tellProgress([progress('q'), progress('r')]);
    outbox.tellProgress([progress('r')]);
    outbox.record([outcome('q', 'Applied', [], 2)], []);
    open();
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    expect(await stored()).toEqual(['4.1: p', '4.2: q', '4.3: r']);
    expect(stateOf(outbox)).toEqual(['p=Applied', 'q=Applied', 'r=Applying']);
  });

  test('stays where an outcome is of the revision before, and goes with what leaves', () => {
    const { outbox } = world();
    outbox.tellProgress([progress('p'), progress('q')]);
    outbox.record([outcome('p')], []);
    expect(stateOf(outbox)).toEqual(['p=Applying', 'q=Applying']);
    const removed = outcome('q', 'Removed');
    outbox.record([{ ...removed, report: { ...report('q', 'Removed'), leaving: true } }], []);
    expect(stateOf(outbox)).toEqual(['p=Applying']);
  });

  test('of more policies than one message takes is told in several', async () => {
    const { outbox, stored, run } = world();
    outbox.tellProgress(Array.from({ length: 30 }, (_, at) => progress(`p${at}`)));
    void run();
    await vi.waitFor(() => expect(outbox.waiting).toBe(0));
    expect((await stored()).map((line) => line.split(' ').length - 1)).toEqual([24, 6]);
  });
});
