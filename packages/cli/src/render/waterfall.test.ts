import type { ChangeTimeline } from '@accord/proto/api';
import { describe, expect, test } from 'vitest';
import { plain } from '../terminal.ts';
import { hopsOf, renderWaterfall } from './waterfall.ts';

type OnCluster = ChangeTimeline['clusters'][number];
const seen = (cluster: string, at: Partial<OnCluster['stamps']>, foldedMs: number): OnCluster => ({
  cluster,
  state: 'Applied',
  sentence: `pay@2 is applied on ${cluster}.`,
  stamps: {
    acceptedMs: 1000,
    publishedMs: 1010,
    receivedMs: 1020,
    verifiedMs: 1021,
    compiledMs: 1025,
    appliedMs: 1065,
    reportedMs: 1070,
    ...at,
  },
  foldedMs,
});
const change = (...clusters: readonly OnCluster[]): ChangeTimeline => ({
  id: 'pay@2',
  actor: 'admin',
  reason: '',
  type: 'PolicyChanged',
  acceptedAt: '2026-11-24T15:00:00.000Z',
  traceparent: '',
  clusters: [...clusters],
});

describe('renderWaterfall', () => {
  test('shows each hop in its place on one time line, the slowest hop and the slowest cluster marked', () => {
    const lines = renderWaterfall(change(seen('eu-1', {}, 1080), seen('us-1', { appliedMs: 1035, reportedMs: 1036 }, 1040)), plain);
    expect(lines).toEqual([
      'pay@2   PolicyChanged by admin at 2026-11-24T15:00:00.000Z',
      '',
      'eu-1   Applied   80.0 ms   ◀ slowest cluster',
      '  published      10.0 ms    13 %   ████',
      '  received       10.0 ms    13 %      ████',
      '  verified        1.0 ms     1 %          █',
      '  compiled        4.0 ms     5 %          ██',
      '  applied        40.0 ms    50 %            ███████████████       ◀ slowest hop',
      '  reported        5.0 ms     6 %                           ██',
      '  folded         10.0 ms    13 %                             ████',
      '',
      'us-1   Applied   40.0 ms',
      '  published      10.0 ms    25 %   ████                           ◀ slowest hop',
      '  received       10.0 ms    25 %      ████                        ◀ slowest hop',
      '  verified        1.0 ms     3 %          █',
      '  compiled        4.0 ms    10 %          ██',
      '  applied        10.0 ms    25 %            ████                  ◀ slowest hop',
      '  reported        1.0 ms     3 %                █',
      '  folded          4.0 ms    10 %                ██',
    ]);
  });

  test('where nothing was heard yet the sentence says what it waits for', () => {
    const silent: OnCluster = {
      ...seen('eu-1', {}, 0),
      state: 'Pending',
      sentence: 'pay@2 is on its way.',
      stamps: { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 },
    };
    expect(renderWaterfall(change(silent), plain).slice(2)).toEqual(['eu-1   Pending', '  pay@2 is on its way.']);
  });

  test('clocks that differ are told, not hidden', () => {
    const lines = renderWaterfall(
      change(seen('eu-1', { receivedMs: 990, verifiedMs: 991, compiledMs: 995, appliedMs: 1035, reportedMs: 1040 }, 1080)),
      plain,
    );
    expect(lines.at(-1)).toBe(
      'A negative time means that the clocks of hub and spoke differ, here by at least 20.0 ms. Totals are measured by the hub alone.',
    );
    expect(lines[2]).toBe('eu-1   Applied   80.0 ms');
  });
});

describe('hopsOf', () => {
  test('a moment that was not seen is covered by the next hop', () => {
    const hops = hopsOf(seen('eu-1', { verifiedMs: 0, compiledMs: 0 }, 1080));
    expect(hops.map(({ name, ms }) => `${name} ${ms}`)).toEqual(['published 10', 'received 10', 'applied 45', 'reported 5', 'folded 10']);
  });
});
