import type { ClusterId } from '@accord/proto/ids';
import type { Stamps } from '@accord/proto/messages';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correctedStamps, skewOf } from './clock-skew.ts';
import { publishedFor, timelineOf, type OutcomeSeen } from './timeline.ts';

const stamps = (over: Partial<Stamps> = {}): Stamps => ({
  ...{ acceptedMs: 100, publishedMs: 110, receivedMs: 120, verifiedMs: 121, compiledMs: 125, appliedMs: 150, reportedMs: 155 },
  ...over,
});
const outcome = (boot: number, n: number, state: string, over: Partial<OutcomeSeen> = {}): OutcomeSeen => ({
  ...{ cluster: 'a' as ClusterId, number: { boot, n }, atMs: 160 + n, skewMs: 0, revision: 1, state, reason: '', message: '' },
  ...{ created: 0, changed: 0, removed: 0, stamps: stamps(), stages: [] },
  ...over,
});
const steps = (outcomes: readonly OutcomeSeen[]): string =>
  (timelineOf(outcomes)[0]?.steps ?? []).map(({ state, count }) => `${state}×${count}`).join(' ');

describe('timelineOf', () => {
  test('waits, retries and refusals are steps in the order of the numbers', () => {
    const told = [outcome(1, 2, 'Retrying'), outcome(1, 1, 'Applying'), outcome(1, 4, 'Applied'), outcome(1, 3, 'Retrying')];
    expect(steps(told)).toBe('Applying×1 Retrying×2 Applied×1');
  });

  test('a later start comes after an earlier one, whatever its numbers', () => {
    expect(steps([outcome(2, 1, 'Applied'), outcome(1, 9, 'Failed')])).toBe('Failed×1 Applied×1');
  });

  test('the first that says Applied tells the times; the last word is the state', () => {
    const told = [
      outcome(1, 1, 'Applied', { stamps: stamps({ appliedMs: 140 }) }),
      outcome(1, 2, 'Failed', { reason: 'Forbidden', stamps: stamps({ appliedMs: 999 }) }),
    ];
    expect(timelineOf(told)[0]).toMatchObject({ state: 'Failed', reason: 'Forbidden', isApplied: true, stamps: { appliedMs: 140 } });
  });

  test('property: any order, repetition and split gives the same', () => {
    const told = fc.record({
      cluster: fc.constantFrom('a', 'b') as fc.Arbitrary<ClusterId>,
      boot: fc.integer({ min: 1, max: 2 }),
      n: fc.integer({ min: 1, max: 5 }),
    });
    const states = ['Applying', 'Retrying', 'Failed', 'Applied', 'Stopped'];
    fc.assert(
      fc.property(fc.array(told, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 24 }), (numbers, picks) => {
        const outcomes = numbers.map(({ cluster, boot, n }) => outcome(boot, n, states[(boot * 7 + n) % 5] ?? '', { cluster }));
        const again = [...outcomes, ...picks.flatMap((pick) => outcomes[pick % Math.max(1, outcomes.length)] ?? [])];
        const shuffled = again.toSorted((a, b) => ((a.number.n * 31 + picks.length) % 7) - ((b.number.n * 17 + picks.length) % 5));
        expect(timelineOf(shuffled)).toEqual(timelineOf(outcomes));
        expect(timelineOf(shuffled.toReversed())).toEqual(timelineOf(outcomes));
      }),
    );
  });
});

test('a change is published for a cluster when the first of its anchors has it', () => {
  const published = [
    { anchor: 'all', epoch: 1, version: 1, atMs: 30 },
    { anchor: 'l.env.prod', epoch: 1, version: 1, atMs: 20 },
    { anchor: 'l.env.dev', epoch: 1, version: 1, atMs: 10 },
  ];
  expect(publishedFor(published, new Set(['all', 'l.env.prod']))).toBe(20);
  expect(publishedFor(published, new Set(['c.x']))).toBeUndefined();
});

describe('skewOf', () => {
  const cases: [claim: string, stamps: Stamps, foldedMs: number, hintMs: number, skewMs: number][] = [
    ['nothing speaks against clocks that agree', stamps(), 160, 0, 0],
    ['what was received before it was published shows a clock that is behind', stamps({ receivedMs: 60, reportedMs: 95 }), 160, 0, -50],
    ['what was reported after it was read shows one that is ahead', stamps({ receivedMs: 1_120, reportedMs: 1_155 }), 160, 0, 995],
    ['a beat says it better than a report that was long on its way', stamps({ receivedMs: 1_120, reportedMs: 1_155 }), 160, 1_000, 1_000],
    ['a beat that was long on its way shows no clock that is behind', stamps(), 160, -40, 0],
    ['where nothing was seen the beat is all there is', stamps({ receivedMs: 0, reportedMs: 0 }), 160, 7, 7],
  ];
  test.each(cases)('%s', (_claim, seen, foldedMs, hintMs, skewMs) => expect(skewOf(seen, foldedMs, hintMs)).toBe(skewMs));

  test('property: corrected moments stand between publication and folding, in the order in which they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.nat(1_000), (ahead, late) => {
        const of = (ms: number): number => ms + ahead;
        const seen = stamps({ receivedMs: of(120), verifiedMs: of(121), compiledMs: of(125), appliedMs: of(150), reportedMs: of(155) });
        const moved = correctedStamps(seen, skewOf(seen, 160, ahead - late));
        expect(moved.receivedMs).toBeGreaterThanOrEqual(moved.publishedMs);
        expect(moved.reportedMs).toBeLessThanOrEqual(160);
        expect(moved.appliedMs - moved.receivedMs).toBe(30);
      }),
    );
  });
});
