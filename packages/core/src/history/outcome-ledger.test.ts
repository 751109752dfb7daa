import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burstBytesMax, bytesPerSecondMax, OutcomeLedger } from './outcome-ledger.ts';

const said = (ledger: OutcomeLedger, boot: number, n: number, bytes = 1_000, nowMs = 0): string => {
  const { isRecorded, gaps } = ledger.judge('c', { boot, n }, { bytes, nowMs });
  const words = gaps.map((gap) => `${gap.reason} ${gap.boot}.${gap.firstN}-${gap.lastN}`);
  return [isRecorded ? 'recorded' : 'left', ...words].join(' ');
};
const after = (boot: number, n: number): OutcomeLedger => new OutcomeLedger([['c', { boot, n }]], 0);

describe('OutcomeLedger', () => {
  const cases: [claim: string, ledger: OutcomeLedger, number: [number, number], verdict: string][] = [
    ['the next number is recorded', after(1, 4), [1, 5], 'recorded'],
    ['a number that was recorded is left', after(1, 4), [1, 4], 'left'],
    ['a number of an earlier start is left', after(2, 1), [1, 9], 'left'],
    ['what is missing is a gap with its size', after(1, 4), [1, 9], 'recorded Lost 1.5-8'],
    ['a new start begins at one', after(1, 4), [2, 1], 'recorded'],
    ['a new start that begins later has lost its first ones', after(1, 4), [2, 4], 'recorded Lost 2.1-3'],
    ['of a cluster that was never heard what came before is missing', new OutcomeLedger([], 0), [3, 3], 'recorded Lost 3.1-2'],
  ];
  test.each(cases)('%s', (_claim, ledger, [boot, n], verdict) => expect(said(ledger, boot, n)).toBe(verdict));

  test('what was missed and comes late is recorded, once', () => {
    const ledger = after(1, 4);
    expect([said(ledger, 1, 9), said(ledger, 1, 6), said(ledger, 1, 6), said(ledger, 1, 9)]).toEqual([
      'recorded Lost 1.5-8',
      'recorded',
      'left',
      'left',
    ]);
  });

  test('a cluster that floods is cut off, and heard again after a while: all that was refused is one gap', () => {
    const ledger = after(1, 0);
    expect(said(ledger, 1, 1, burstBytesMax)).toBe('recorded');
    for (let n = 2; n <= 500; n += 2) expect(said(ledger, 1, n)).toBe('left');
    expect(said(ledger, 1, 501, bytesPerSecondMax, 1_000)).toBe('recorded RateLimited 1.2-500');
    expect(said(ledger, 1, 502, 1_000, 2_000)).toBe('recorded');
  });

  test('what was refused of an earlier start is a gap as well', () => {
    const ledger = after(1, 0);
    expect([said(ledger, 1, 1, burstBytesMax), said(ledger, 1, 2), said(ledger, 2, 1)]).toEqual(['recorded', 'left', 'left']);
    expect(said(ledger, 2, 2, 1_000, 1_000)).toBe('recorded RateLimited 1.2-2 RateLimited 2.1-1');
  });

  test('one that floods costs no other anything', () => {
    const ledger = after(1, 0);
    said(ledger, 1, 1, burstBytesMax);
    expect(ledger.judge('d', { boot: 1, n: 1 }, { bytes: 1_000, nowMs: 0 }).isRecorded).toBe(true);
  });

  test('property: whatever order and repetition, each number is recorded at most once, and what is not is in a gap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }), (numbers) => {
        const ledger = after(1, 0);
        const recorded: number[] = [];
        const missing = new Set<number>();
        for (const n of numbers) {
          const { isRecorded, gaps } = ledger.judge('c', { boot: 1, n }, { bytes: 1, nowMs: 0 });
          for (const { firstN, lastN } of gaps) for (let gap = firstN; gap <= lastN; gap += 1) missing.add(gap);
          if (isRecorded) recorded.push(n);
        }
        expect(new Set(recorded)).toEqual(new Set(numbers));
        expect(recorded).toHaveLength(new Set(numbers).size);
        for (let n = 1; n <= Math.max(0, ...numbers); n += 1) expect(recorded.includes(n) || missing.has(n)).toBe(true);
      }),
    );
  });
});
