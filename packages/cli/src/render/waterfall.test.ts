import { describe, expect, test } from 'vitest';
import { plain } from '../terminal.ts';
import { changeOn, moments, seenOn, waitingOn } from './example-timeline.ts';
import { hopsOf, renderMs } from './hops.ts';
import { renderWaterfall } from './waterfall.ts';

const fast = seenOn('us-1', { appliedMs: 1035, reportedMs: 1036 }, 1040);
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `c-${String(n).padStart(3, '0')}`);

describe('renderWaterfall', () => {
  test('says where its trace is looked at, where the hub knows', () => {
    const traceUrl = 'https://jaeger.example.com/trace/4bf92f3577b34da6a3ce929d0e0e4736';
    const [title, trace] = renderWaterfall({ ...changeOn(seenOn('eu-1', {}, 1080)), traceUrl }, plain);
    expect([title?.startsWith('pay@2'), trace]).toEqual([true, `Trace: ${traceUrl}`]);
  });

  test('shows each hop in its place on one time line, the slowest hop and the slowest cluster marked', () => {
    const lines = renderWaterfall(changeOn(seenOn('eu-1', {}, 1080), fast), plain);
    expect(lines).toEqual([
      'pay@2   PolicyChanged by admin at 2026-11-24T15:00:00.000Z',
      '2 clusters: 2 Applied',
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

  test.each([40, 60, 80, 100, 200])('is no wider than %i columns, and draws every hop', (width) => {
    const lines = renderWaterfall(changeOn(seenOn('eu-1', {}, 1080)), plain, { width }).slice(2);
    expect(lines.slice(1).filter((line) => Array.from(line).length > width)).toEqual([]);
    expect(lines.slice(1).filter((line) => line.includes('█'))).toHaveLength(7);
  });

  test('where nothing was heard yet the sentence says what it waits for', () => {
    const lines = renderWaterfall(changeOn(waitingOn('eu-1', 'Pending', 'it is on its way')), plain);
    expect(lines.slice(1)).toEqual(['', 'Not applied (1)', '  Pending  pay@2 is held up on eu-1: it is on its way.']);
  });

  test('of many clusters the slowest are shown, and what others wait for once for each kind', () => {
    const applied = numbered(120).map((name, n) => seenOn(name, {}, 1080 + n));
    const refused = numbered(30).map((name) => waitingOn(`r${name}`, 'Failed', 'exceeded quota'));
    const change = { ...changeOn(...applied, ...refused, waitingOn('x', 'Blocked', 'no such kind')), notSelected: { total: 7, items: [] } };
    const lines = renderWaterfall(change, plain);
    expect(lines.slice(1, 9)).toEqual([
      '151 clusters: 120 Applied · 1 Blocked · 30 Failed   (7 not selected)',
      '',
      'Not applied (31)',
      '  30× Failed  pay@2 is held up on rc-000: exceeded quota.',
      '  1× Blocked  pay@2 is held up on x: no such kind.',
      '  Each of them: accord trace pay@2 --all',
      '',
      'The slowest 5 of 120 clusters; all of them: --all',
    ]);
    expect(lines.filter((line) => line.startsWith('c-')).map((line) => line.split(' ')[0])).toEqual([
      'c-119',
      'c-118',
      'c-117',
      'c-116',
      'c-115',
    ]);
    expect(lines.length).toBeLessThan(60);
    const all = renderWaterfall(change, plain, { isAll: true });
    expect(
      [all.filter((line) => line.startsWith('c-')), all.filter((line) => line.startsWith('  Failed'))].map(({ length }) => length),
    ).toEqual([120, 30]);
  });

  test('clocks that differ are corrected, and that is told', () => {
    const behind = { receivedMs: 990, verifiedMs: 991, compiledMs: 995, appliedMs: 1035, reportedMs: 1040 };
    const lines = renderWaterfall(changeOn({ ...seenOn('eu-1', {}, 1080), stamps: { ...moments, ...behind }, skewMs: -30 }), plain);
    expect(lines[4]).toContain('received       10.0 ms');
    expect(lines.at(-1)).toBe('Clocks differ: eu-1 30.0 ms behind. Times are on the clock of the hub; as each side read its own: --raw');
  });

  test('of many clocks those are named that differ most', () => {
    const skewed = numbered(7).map((name, n) => ({ ...seenOn(name, {}, 1080), skewMs: 100 * (n + 1) }));
    expect(renderWaterfall(changeOn(...skewed), plain).at(-1)).toMatch(
      /^Clocks differ: c-006 700\.0 ms ahead, .*, c-002 300\.0 ms ahead and 2 more\. /,
    );
  });

  test('what it waited for on the way is told in its order', () => {
    const step = { fromMs: 0, toMs: 0, count: 1, created: 0, changed: 0, removed: 0 };
    const steps = [
      { ...step, state: 'Retrying', reason: 'Unavailable', message: 'no answer', count: 3 },
      { ...step, state: 'Applied', reason: '', message: '', fromMs: 1_000 },
    ];
    const lines = renderWaterfall(changeOn({ ...seenOn('eu-1', {}, 1080), steps }), plain);
    expect(lines.slice(-2)).toEqual([
      '  1970-01-01T00:00:00.000Z  Retrying ×3  Unavailable: no answer',
      '  1970-01-01T00:00:01.000Z  Applied',
    ]);
  });

  test('over many clusters each hop has its percentiles', () => {
    const hops = [{ hop: 'applied', p50Ms: 1, p95Ms: 2, maxMs: 3, slowest: 'eu-1' }];
    const lines = renderWaterfall({ ...changeOn(...['a', 'b', 'c'].map((name) => seenOn(name, {}, 1080))), hops }, plain);
    expect(lines.slice(3, 5)).toEqual([
      'HOP              P50          P95          MAX   SLOWEST',
      'applied       1.0 ms       2.0 ms       3.0 ms   eu-1',
    ]);
  });

  test('a change that is no longer the last says which is', () => {
    expect(renderWaterfall({ ...changeOn(), supersededBy: 'pay@3' }, plain)[1]).toBe('Since then: pay@3   (accord trace pay@3)');
  });

  test('clocks that differ are shown as they are when that is asked for', () => {
    const behind = { receivedMs: 990, verifiedMs: 991, compiledMs: 995, appliedMs: 1035, reportedMs: 1040 };
    const lines = renderWaterfall(changeOn(seenOn('eu-1', behind, 1080)), plain, { clock: 'raw' });
    expect(lines.at(-1)).toBe(
      'A negative time means that the clocks of hub and spoke differed, here by at least 20.0 ms. Totals are measured by the hub alone.',
    );
    expect(lines[2]).toBe('eu-1   Applied   80.0 ms');
  });
});

describe('hopsOf', () => {
  test('a moment that was not seen is covered by the next hop', () => {
    const hops = hopsOf(seenOn('eu-1', { verifiedMs: 0, compiledMs: 0 }, 1080));
    expect(hops.map(({ hop, ms }) => `${hop} ${ms}`)).toEqual(['published 10', 'received 10', 'applied 45', 'reported 5', 'folded 10']);
  });
});

describe('renderMs', () => {
  test.each([
    [0.04, '0.0 ms'],
    [9_999, '9999.0 ms'],
    [12_340, '12.3 s'],
    [11_100_000, '3h5m'],
    [-30, '-30.0 ms'],
    [-11_100_000, '-3h5m'],
  ])('%d is %s', (ms, text) => expect(renderMs(ms)).toBe(text));
});
