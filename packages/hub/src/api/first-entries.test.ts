import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FirstEntries } from './first-entries.ts';

describe('property: the first entries', () => {
  test('are those of the sorted list, with the key after which others follow', () => {
    const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 60 });
    fc.assert(
      fc.property(keys, fc.string({ maxLength: 2 }), fc.integer({ min: 1, max: 20 }), (all, after, max) => {
        const first = new FirstEntries<string>(after, max);
        for (const key of all) first.add(key, key);
        const rest = all.filter((key) => key > after).toSorted((a, b) => (a < b ? -1 : 1));
        const page = rest.slice(0, max);
        expect(first.page()).toEqual({ entries: page, next: rest.length > max ? page.at(-1) : undefined });
      }),
      { seed: 1 },
    );
  });
});
