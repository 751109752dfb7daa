import type { ChangeTimeline } from '@accord/proto/api-history';
import { describe, expect, test } from 'vitest';
import { plain } from '../terminal.ts';
import { hopsOf, renderWaterfall } from './waterfall.ts';

type OnCluster = ChangeTimeline['clusters'][number];
const times = {
  acceptedMs: 1000,
  publishedMs: 1010,
  receivedMs: 1020,
  verifiedMs: 1021,
  compiledMs: 1025,
  appliedMs: 1065,
  reportedMs: 1070,
};
const seen = (cluster: string, at: Partial<OnCluster['stamps']>, foldedMs: number): OnCluster => ({
  cluster,
  state: 'Applied',
  sentence: `pay@2 is applied on ${cluster}.`,
  because: 'its labels match',
  stamps: { ...times, ...at },
  corrected: { ...times, ...at },
  skewMs: 0,
  foldedMs,
  steps: [],
});
const change = (...clusters: readonly OnCluster[]): ChangeTimeline => ({
  id: 'pay@2',
  object: 'policy/pay',
  revision: 2,
  actor: 'admin',
  reason: '',
  source: '',
  type: 'PolicyChanged',
  acceptedAt: '2026-11-24T15:00:00.000Z',
  traceparent: '',
  clusters: [...clusters],
  hops: [],
  notSelected: { total: 0, items: [] },
});

describe('renderWaterfall', () => {
  test('says where its trace is looked at, where the hub knows', () => {
    const traceUrl = 'https://jaeger.example.com/trace/4bf92f3577b34da6a3ce929d0e0e4736';
    const [title, trace] = renderWaterfall({ ...change(seen('eu-1', {}, 1080)), traceUrl }, plain);
    expect([title?.startsWith('pay@2'), trace]).toEqual([true, `Trace: ${traceUrl}`]);
  });

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
      corrected: { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 },
    };
    expect(renderWaterfall(change(silent), plain).slice(2)).toEqual(['eu-1   Pending', '  pay@2 is on its way.']);
  });

  test('clocks that differ are corrected, and that is told', () => {
    const behind = { receivedMs: 990, verifiedMs: 991, compiledMs: 995, appliedMs: 1035, reportedMs: 1040 };
    const lines = renderWaterfall(change({ ...seen('eu-1', {}, 1080), stamps: { ...times, ...behind }, skewMs: -30 }), plain);
    expect(lines[4]).toContain('received       10.0 ms');
    expect(lines.at(-1)).toBe('Clocks differ: eu-1 30.0 ms behind. Times are on the clock of the hub; as each side read its own: --raw');
  });

  test('what it waited for on the way is told in its order', () => {
    const step = { fromMs: 0, toMs: 0, count: 1, created: 0, changed: 0, removed: 0 };
    const steps = [
      { ...step, state: 'Retrying', reason: 'Unavailable', message: 'no answer', count: 3 },
      { ...step, state: 'Applied', reason: '', message: '', fromMs: 1_000 },
    ];
    const lines = renderWaterfall(change({ ...seen('eu-1', {}, 1080), steps }), plain);
    expect(lines.slice(-2)).toEqual([
      '  1970-01-01T00:00:00.000Z  Retrying ×3  Unavailable: no answer',
      '  1970-01-01T00:00:01.000Z  Applied',
    ]);
  });

  test('over many clusters each hop has its percentiles', () => {
    const hops = [{ hop: 'applied', p50Ms: 1, p95Ms: 2, maxMs: 3, slowest: 'eu-1' }];
    const lines = renderWaterfall({ ...change(...['a', 'b', 'c'].map((name) => seen(name, {}, 1080))), hops }, plain);
    expect(lines.slice(2, 4)).toEqual([
      'HOP              P50          P95          MAX   SLOWEST',
      'applied       1.0 ms       2.0 ms       3.0 ms   eu-1',
    ]);
  });

  test('a change that is no longer the last says which is', () => {
    expect(renderWaterfall({ ...change(), supersededBy: 'pay@3' }, plain)[1]).toBe('Since then: pay@3');
  });

  test('clocks that differ are shown as they are when that is asked for', () => {
    const lines = renderWaterfall(
      change(seen('eu-1', { receivedMs: 990, verifiedMs: 991, compiledMs: 995, appliedMs: 1035, reportedMs: 1040 }, 1080)),
      plain,
      'raw',
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
