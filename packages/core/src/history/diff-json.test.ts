import type { Json } from '@accord/proto/canonical';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffJson } from './diff-json.ts';

const lines = (from: Json, to: Json): readonly string[] =>
  diffJson(from, to).map((one) => `${one.path} ${JSON.stringify(one.from) ?? '-'} ${JSON.stringify(one.to) ?? '-'}`);

describe('diffJson', () => {
  test.each<[string, Json, Json, string[]]>([
    ['a value', { a: 1 }, { a: 2 }, ['.a 1 2']],
    ['what is new, and what is gone', { a: 1 }, { b: null }, ['.a 1 -', '.b - null']],
    ['an element by its name', { l: [{ name: 'x', v: 1 }, { name: 'y' }] }, { l: [{ name: 'y' }, { name: 'x', v: 2 }] }, ['.l[x].v 1 2']],
    ['an element by its place', { l: [1, 2] }, { l: [1, 3, 4] }, ['.l[1] 2 3', '.l[2] - 4']],
    [
      'the order of elements with names',
      [{ name: 'x' }, { name: 'y' }],
      [{ name: 'y' }, { name: 'x' }],
      [' [{"name":"x"},{"name":"y"}] [{"name":"y"},{"name":"x"}]'],
    ],
  ])('tells %s', (_claim, from, to, expected) => expect(lines(from, to)).toEqual(expected));

  test('property: it is empty exactly for equal values', () => {
    const json = fc
      .json({ maxDepth: 3 })
      .map((text) => JSON.parse(text) as Json)
      // What has been through JSON has no negative zero.
      .map((value) => JSON.parse(JSON.stringify(value)) as Json);
    fc.assert(
      fc.property(json, json, (from, to) => {
        expect(diffJson(from, from)).toEqual([]);
        const isEqual = JSON.stringify(sorted(from)) === JSON.stringify(sorted(to));
        expect(diffJson(from, to).length === 0).toBe(isEqual);
      }),
    );
  });
});

function sorted(value: Json): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // An object without members is no list without elements.
  return { entries: entries.map(([name, of]) => [name, sorted(of)]) };
}
