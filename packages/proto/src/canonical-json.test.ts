import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeCanonically } from './canonical-json.ts';

/** What each of them makes of a value, or that it takes none. */
function written(write: (value: unknown) => string | undefined, value: unknown): string | undefined {
  try {
    return write(value);
  } catch {
    return 'refused';
  }
}

/** Names that an object keeps in an order of its own, names with a meaning of their own, and halves of surrogate pairs. */
const name = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('2', '10', '01', '-1', '__proto__', 'toJSON', 'constructor', '\ud800', '\udfff', '\u20ac', '😀', '\ufb33', ''),
);
const leaf = fc.oneof(name, fc.double(), fc.integer(), fc.constantFrom(null, undefined, true, -0, Number.NaN, Infinity, 1e21, 1e-7));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 5, withCrossShrink: true }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  object: fc.array(fc.tuple(name, tie('tree')), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
}));

test('property: it writes what the library writes, and refuses what that refuses', () => {
  fc.assert(
    fc.property(tree, (value) => {
      expect(written(writeCanonically, value)).toEqual(written(canonicalize, value));
    }),
    { numRuns: 2_000 },
  );
});

test.each<[what: string, value: unknown]>([
  ['names that look like numbers', { b: 1, '10': 2, '2': 3 }],
  ['a name that would be a prototype', JSON.parse('{"b":1,"__proto__":{"z":1,"a":2},"a":3}')],
  ['half a surrogate pair, and its escape written out', [String.raw`\ud800`, { b: '\u{1f600}', a: String.raw`\\ud83d` }]],
  ['what writes itself', { b: new Date(0), a: { toJSON: () => 'x' } }],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { b: 1, a: 2 })],
  ['numbers as an engine may write them', [1e21, 1e-7, 5e-324, 0.1, -0, 333_333_333.333_333_3, 1e23]],
  ['nothing where something may be', { b: undefined, a: { d: [], c: {} } }],
])('as the library does: %s', (_what, value) => expect(written(writeCanonically, value)).toBe(written(canonicalize, value)));

test('deep values are written too', () => {
  const nest = (depth: number): unknown => Array.from({ length: depth }).reduce((inner) => ({ b: inner, a: [inner === undefined] }), 1);
  expect(writeCanonically(nest(12))).toBe(canonicalize(nest(12)));
  let list: unknown = { b: 1, a: 2 };
  for (let depth = 0; depth < 500; depth += 1) list = [list];
  expect(writeCanonically(list)).toBe(canonicalize(list));
});

test('a value is left as it was', () => {
  const value = { b: { d: 1, c: [{ f: 1, e: 2 }] }, a: 1 };
  expect(writeCanonically(value)).toBe('{"a":1,"b":{"c":[{"e":2,"f":1}],"d":1}}');
  expect(JSON.stringify(value)).toBe('{"b":{"d":1,"c":[{"f":1,"e":2}]},"a":1}');
});
