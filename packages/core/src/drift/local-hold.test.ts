import { describe, expect, test } from 'vitest';
import { isHeld, readHold, type LocalHold } from './local-hold.ts';

const noon = Date.parse('2026-12-24T12:00:00Z');
const hour = 3_600_000;
const read = (until: string | undefined, before?: LocalHold, nowMs = noon): LocalHold | undefined =>
  readHold(until, 'INC-1', { nowMs, longestMs: 8 * hour, before });

describe('a local hold', () => {
  test.each([
    ['nothing', undefined],
    ['no time', 'tomorrow'],
    ['an empty text', ''],
  ])('is none for %s', (_claim, until) => expect(read(until)).toBeUndefined());

  test('ends when it says', () => {
    const hold = read('2026-12-24T15:00:00+01:00');
    expect([isHeld(hold, noon + 2 * hour - 1), isHeld(hold, noon + 2 * hour), hold?.reason]).toEqual([true, false, 'INC-1']);
  });

  test('that is over holds nothing', () => expect(isHeld(read('2026-12-24T11:59:59Z'), noon)).toBe(false));

  test('ends after the longest time that the owner allows, and the same text does not begin anew', () => {
    const first = read('2099-01-01T00:00:00Z');
    expect(first?.endMs).toBe(noon + 8 * hour);
    expect(read('2099-01-01T00:00:00Z', first, noon + 9 * hour)?.endMs).toBe(noon + 8 * hour);
    expect(read('2098-01-01T00:00:00Z', first, noon + 9 * hour)?.endMs).toBe(noon + 17 * hour);
  });
});
